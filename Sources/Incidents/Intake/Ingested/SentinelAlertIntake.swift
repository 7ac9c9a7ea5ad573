import Alerts
import Columnar
import DetectionRules
import GRDB
import OperationalStore

/// Takes alerts of SecurityAlert in within a transaction.
struct SentinelAlertIntake {
  let writer: IncidentWriter
  let tenant: String
  private(set) var outcome = TableIntake.Outcome()

  init(_ writer: IncidentWriter, tenant: String) {
    self.writer = writer
    self.tenant = tenant
  }

  /// - Parameter rows: the rows of one `SystemAlertId`, the latest last.
  mutating func take(_ rows: [IngestedRow]) throws {
    guard let row = rows.last, let id = row.key("SystemAlertId") else { return }
    do throws(IncidentFailure) {
      if id.hasNUL { throw .idWithNUL("a SystemAlertId", id) }
      if id.utf8.count > 256 {
        throw IncidentFailure("the SystemAlertId '\(id.prefix(40))…' has more than 256 bytes")
      }
      let alert = ImportedAlert(sentinel: row, id: id, at: writer.now)
      try writing { try take(alert, row) }
    } catch {
      outcome.refused.append(error.description)
    }
  }

  private mutating func take(_ alert: ImportedAlert, _ row: IngestedRow) throws {
    let vendor = row.text("VendorOriginalId")
    let known =
      try writer.alert(alert.id, tenant)
      ?? (vendor.flatMap { try writer.alert($0, tenant) })
    guard let known else {
      let key = try writer.insert(alert, tenant)
      try writer.keep(row, of: key, .securityAlert, tenant, at: 0)
      if let vendor { try writer.keep(alias: vendor, of: key, tenant) }
      outcome.new += 1
      count(row)
      return
    }
    // The other product's id leads to the alert that is known by its own.
    if known.id != alert.id { try writer.keep(alias: alert.id, of: known.key, tenant) }
    guard let stored = try writer.ingestedRows(of: known.key, .securityAlert)[0],
      stored != row.stored
    else {
      outcome.unchanged += 1
      return
    }
    try writer.keep(row, of: known.key, .securityAlert, tenant, at: 0)
    if try !writer.update(known, with: alert) {
      try writer.send("alertUpdated", known.key, tenant)
    }
    outcome.updated += 1
  }

  private mutating func count(_ row: IngestedRow) {
    let severity = row.text("AlertSeverity").flatMap { Severity(reading: $0) }
    if severity == nil { outcome.unknownSeverities += 1 }
    if !ImportedAlert.tactics(of: row).allSatisfy({ Tactic(reading: $0) != nil }) {
      outcome.unknownCategories += 1
    }
  }

  private func writing(_ body: () throws -> Void) throws(IncidentFailure) {
    do {
      try body()
    } catch {
      throw IncidentFailure("an alert was not written: \(error)")
    }
  }
}

extension ImportedAlert {
  /// Reads a row of SecurityAlert.
  init(sentinel row: IngestedRow, id: String, at now: DateTime) {
    let created = row.time("TimeGenerated", "Timestamp", "ProcessingEndTime") ?? now
    let first = row.time("StartTime") ?? created
    let tactics = Self.tactics(of: row)
    let evidence = SentinelEntities(row.document("Entities")).evidence
    let family = MalwareName.family(among: evidence) ?? ""
    self.init(
      id: id,
      title: row.text("DisplayName") ?? row.text("AlertName") ?? id,
      description: row.text("Description") ?? "",
      recommendedActions: row.text("RemediationSteps"),
      severity: row.text("AlertSeverity").flatMap { Severity(reading: $0) } ?? .medium,
      status: Self.status(row.text("Status") ?? ""),
      category: tactics.first.map(TableAlert.category) ?? "",
      tactics: tactics.map(TableAlert.category),
      techniques: row.list("Techniques"),
      source: AlertOrigin(
        service: row.text("ProductName") ?? row.text("ProviderName") ?? "unknown",
        detection: row.text("ProductComponentName") ?? "unknown"
      ),
      product: row.text("ProductName") ?? "",
      threat: family,
      threatFamily: family,
      assignedTo: nil,
      classification: .unknown,
      investigationState: nil,
      created: created,
      firstTime: first,
      lastTime: max(first, row.time("EndTime") ?? first),
      evidence: evidence
    )
  }

  /// The tactics of a row, which have commas between them.
  static func tactics(of row: IngestedRow) -> [String] {
    (row.text("Tactics") ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
  }

  private static func status(_ text: String) -> AlertStatus {
    switch text.lowercased() {
    case "resolved", "dismissed": .resolved
    case "inprogress": .inProgress
    default: .new
    }
  }
}
