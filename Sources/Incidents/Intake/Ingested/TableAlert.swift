import Alerts
import Columnar
import DetectionRules

/// An alert as rows of AlertInfo and AlertEvidence tell it.
struct TableAlert {
  let id: String
  /// The latest row of AlertInfo; nil where none came yet.
  let info: IngestedRow?
  /// Different rows of AlertEvidence, in the order in which they came.
  let evidence: [IngestedRow]

  init(_ id: String, info: [IngestedRow], evidence: [IngestedRow]) {
    self.id = id
    self.info = info.max { Self.ticks($0) <= Self.ticks($1) }
    var seen: Set<String> = []
    self.evidence = evidence.filter { seen.insert($0.stored).inserted }
  }

  /// What the rows say, in words that the pipeline may not know.
  var severity: Severity? { info?.text("Severity").flatMap { Severity(reading: $0) } }
  var category: String { Self.category(info?.text("Category") ?? "") }
  var isKnownCategory: Bool { category.isEmpty || Tactic(reading: category) != nil }

  /// A category in the letters of the pipeline; one that it does not know stays as it is.
  static func category(_ text: String) -> String { Tactic(reading: text)?.rawValue ?? text }

  /// The id of a technique that is written with its name, as in `PowerShell (T1059.001)`.
  private static func technique(_ text: String) -> String {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return text }
    return String(text[text.index(after: open)...].dropLast())
  }

  private static func ticks(_ row: IngestedRow) -> Int64 {
    row.time("Timestamp", "TimeGenerated")?.ticks ?? 0
  }

  /// The alert with the evidence of some rows.
  ///
  /// - Throws: what is missing.
  func imported(
    _ rows: [IngestedRow],
    at now: DateTime
  ) throws(IncidentFailure) -> ImportedAlert {
    guard let info else { throw IncidentFailure("the alert '\(id)' has no row in AlertInfo") }
    if id.utf8.count > 256 {
      throw IncidentFailure("the id of the alert '\(id.prefix(40))…' has more than 256 bytes")
    }
    let created = info.time("Timestamp", "TimeGenerated") ?? now
    let times = rows.compactMap { $0.time("Timestamp", "TimeGenerated") } + [created]
    let family = rows.lazy.compactMap { $0.text("ThreatFamily") }.first ?? ""
    return ImportedAlert(
      id: id,
      title: info.text("Title") ?? id,
      description: "",
      recommendedActions: nil,
      severity: severity ?? .medium,
      status: .new,
      category: category,
      techniques: info.list("AttackTechniques").map(Self.technique),
      source: AlertOrigin(
        service: info.text("ServiceSource") ?? "unknown",
        detection: info.text("DetectionSource") ?? "unknown"
      ),
      product: "",
      threat: family,
      threatFamily: family,
      assignedTo: nil,
      classification: .unknown,
      investigationState: nil,
      created: created,
      firstTime: times.min() ?? created,
      lastTime: times.max() ?? created,
      evidence: rows.map { EvidenceRow($0).evidence }
    )
  }
}
