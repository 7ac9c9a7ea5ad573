import Columnar
import DetectionRules
import GRDB
import OperationalStore

/// Takes alerts of AlertInfo and AlertEvidence in within a transaction.
struct TableAlertIntake {
  let writer: IncidentWriter
  let tenant: String
  private(set) var outcome = TableIntake.Outcome()

  /// How long an alert waits for its evidence before it is taken without any.
  static let patience = TimeSpan.ticksPerHour

  init(_ writer: IncidentWriter, tenant: String) {
    self.writer = writer
    self.tenant = tenant
  }

  mutating func take(_ alert: TableAlert) throws {
    if alert.id.hasNUL {
      outcome.refused.append(IncidentFailure.idWithNUL("an AlertId", alert.id).description)
      return
    }
    if let known = try writer.alert(alert.id, tenant) {
      try waitNoMore(alert.id)
      try update(known, alert)
      return
    }
    if alert.info == nil {
      outcome.evidenceOnly += 1
      return
    }
    if alert.evidence.isEmpty, try waits(alert.id) {
      outcome.waiting += 1
      return
    }
    try insert(alert)
  }

  /// Whether an alert without evidence is still to wait for some.
  private func waits(_ id: String) throws -> Bool {
    try writer.run(
      "INSERT OR IGNORE INTO waiting_alerts (tenant, id, since) VALUES (?, ?, ?)",
      [tenant, id, writer.now.ticks]
    )
    let since: Int64? = try writer.rows(
      "SELECT since FROM waiting_alerts WHERE tenant = ? AND id = ?",
      [tenant, id]
    )
    .first?["since"]
    return writer.now.ticks - (since ?? 0) < Self.patience
  }

  private func waitNoMore(_ id: String) throws {
    try writer.run("DELETE FROM waiting_alerts WHERE tenant = ? AND id = ?", [tenant, id])
  }

  private mutating func insert(_ alert: TableAlert) throws {
    do throws(IncidentFailure) {
      let imported = try alert.imported(alert.evidence, at: writer.now)
      try writing { writer in
        let key = try writer.insert(imported, tenant)
        try keep(alert.info, of: key)
        try keep(alert.evidence, of: key, from: 0)
        try waitNoMore(alert.id)
      }
      outcome.new += 1
      count(alert)
    } catch {
      outcome.refused.append(error.description)
    }
  }

  /// Adds what is new of an alert that rows told before; those of others are known otherwise, such
  /// as our own that were exported and come back.
  private mutating func update(_ known: IncidentAlert, _ alert: TableAlert) throws {
    let info = try writer.ingestedRows(of: known.key, .alertInfo)
    guard let stored = info[0] else {
      outcome.unchanged += 1
      return
    }
    let old = Set(try writer.ingestedRows(of: known.key, .alertEvidence).values)
    let new = alert.evidence.filter { !old.contains($0.stored) }
    let isChanged = alert.info.map { $0.stored != stored } ?? false
    if new.isEmpty, !isChanged {
      outcome.unchanged += 1
      return
    }
    do throws(IncidentFailure) {
      let row = alert.info ?? IngestedRow(stored: stored)
      let whole = TableAlert(alert.id, info: [row], evidence: [])
      let imported = try whole.imported(new, at: writer.now)
      try writing { writer in
        if isChanged {
          _ = try writer.redescribe(known, as: imported)
          try keep(alert.info, of: known.key)
        }
        let position = try writer.nextPosition(ofEvidenceOf: known.key)
        try writer.insert(imported.evidence, of: known.key, from: position)
        try keep(new, of: known.key, from: position)
        _ = try writer.nameThreats(of: known, as: imported)
        try writer.widen(known, to: imported)
        try writer.send("alertUpdated", known.key, tenant)
      }
      outcome.updated += 1
    } catch {
      outcome.refused.append(error.description)
    }
  }

  private func writing(_ body: (IncidentWriter) throws -> Void) throws(IncidentFailure) {
    do {
      try body(writer)
    } catch {
      throw IncidentFailure("an alert was not written: \(error)")
    }
  }

  private func keep(_ info: IngestedRow?, of key: String) throws {
    guard let info else { return }
    try writer.keep(info, of: key, .alertInfo, tenant, at: 0)
  }

  private func keep(_ evidence: [IngestedRow], of key: String, from start: Int) throws {
    for (offset, row) in evidence.enumerated() {
      try writer.keep(row, of: key, .alertEvidence, tenant, at: start + offset)
    }
  }

  private mutating func count(_ alert: TableAlert) {
    if alert.severity == nil { outcome.unknownSeverities += 1 }
    if !alert.isKnownCategory { outcome.unknownCategories += 1 }
  }
}

extension IncidentWriter {
  /// Lets an alert reach over the time of what is new of it.
  func widen(_ known: IncidentAlert, to alert: ImportedAlert) throws {
    let first = min(known.firstTime, alert.firstTime)
    let last = max(known.lastTime, alert.lastTime)
    try run(
      "UPDATE alerts SET first_time = ?, last_time = ?, updated = ? WHERE id = ?",
      [first.ticks, last.ticks, now.ticks, known.key]
    )
  }

  /// The position behind the last evidence of an alert.
  package func nextPosition(ofEvidenceOf key: String) throws -> Int {
    try rows(
      "SELECT coalesce(max(position) + 1, 0) AS next FROM alert_entities WHERE alert = ?",
      [key]
    )
    .first?["next"] ?? 0
  }
}
