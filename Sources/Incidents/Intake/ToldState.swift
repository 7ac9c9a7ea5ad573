import Alerts
import Columnar
import DetectionRules
import GRDB
import OperationalStore

/// How far an alert was dealt with where its product said so last.
///
/// People change the same here; what the product says again is no change, so that it is told from
/// what it says now.
struct ToldState: Equatable {
  private(set) var status: AlertStatus
  let owner: String?
  let classification: Classification
  /// In Graph's words.
  let investigation: String?

  init(_ alert: ImportedAlert) {
    status = alert.status
    owner = alert.assignedTo
    classification = alert.classification
    investigation = alert.investigationState
  }

  /// What the database has where that is not known: of alerts that came before it was kept.
  static let unknown = ""

  /// What was said before, where that is not known: the same, but for one that is resolved now.
  fileprivate init(before new: ToldState, of known: IncidentAlert) {
    self = new
    if new.status == .resolved { status = known.status }
  }

  /// - Parameter text: ``stored``; nil is an alert with which nothing was done.
  init(stored text: String?) {
    let members = Dictionary(StoredJSON.members(text ?? "{}")) { first, _ in first }
    func word(_ name: String) -> String? { members[name].flatMap { $0.isEmpty ? nil : $0 } }
    status = word("status").flatMap(AlertStatus.init(rawValue:)) ?? .new
    owner = word("assignedTo")
    classification =
      word("classification").flatMap { try? Classification($0, word("determination")) }
      ?? .unknown
    investigation = word("investigationState")
  }

  /// What the database keeps; nil where nothing was done with the alert.
  var stored: String? {
    if self == ToldState(stored: nil) { return nil }
    return StoredJSON.mapping([
      ("status", status.rawValue), ("assignedTo", owner ?? ""),
      ("classification", classification.classification),
      ("determination", classification.determination), ("investigationState", investigation ?? ""),
    ])
  }
}

extension IncidentWriter {
  /// Takes what the product of an alert says otherwise than the last time of how far it is dealt
  /// with; what was changed here alone stays.
  ///
  /// - Returns: whether it says anything otherwise.
  func takeState(of known: IncidentAlert, told alert: ImportedAlert) throws -> Bool {
    let new = ToldState(alert)
    let told = try rows("SELECT told FROM alerts WHERE id = ?", [known.key]) { $0[0] as String? }
    let isKnown = told.first != ToldState.unknown
    let old =
      isKnown ? ToldState(stored: told.first ?? nil) : ToldState(before: new, of: known)
    if isKnown, new == old { return false }
    try run("UPDATE alerts SET told = ? WHERE id = ?", [new.stored, known.key])
    if new == old { return false }
    if let state = new.investigation, state != old.investigation {
      try run("UPDATE alerts SET investigation_state = ? WHERE id = ?", [state, known.key])
    }
    if new.owner != old.owner, new.owner != known.assignedTo {
      try assign(known, to: new.owner, by: .source)
    }
    if new.classification != old.classification, new.classification != known.classification {
      try classify(known, new.classification, by: .source)
    }
    if new.status != old.status {
      try setStatus(new.status, of: known, by: .source, at: alert.resolved)
    }
    return true
  }

  /// Takes what only the product of an alert says: what it is called, how bad it is, what it is
  /// about. What the product leaves out stays.
  ///
  /// - Returns: whether it says anything otherwise.
  func redescribe(_ known: IncidentAlert, as alert: ImportedAlert) throws -> Bool {
    let new = alert.description(beside: known)
    // What one of ours is called is its rule's matter.
    if !known.rule.isEmpty || new == AlertDescription(known) { return false }
    try run(
      """
      UPDATE alerts SET title = ?, description = ?, severity = ?, category = ?, tactics = ?,
        techniques = ?, service_source = ?, detection_source = ?, product = ?, updated = ?
      WHERE id = ?
      """,
      [
        new.title, new.text, new.severity.rawValue, new.category,
        StoredJSON.list(new.tactics), StoredJSON.list(new.techniques), new.service, new.detection,
        new.product, now.ticks, known.key,
      ]
    )
    let changes = [
      ("alert renamed", known.title, new.title),
      ("alert severity", known.severity.rawValue, new.severity.rawValue),
      ("alert description", known.description, new.text),
      ("alert category", known.category, new.category),
    ]
    for (action, old, new) in changes where old != new {
      try note(action, of: known, by: .source, old: old, new: new)
    }
    return true
  }
}

/// What only the product of an alert says of it.
struct AlertDescription: Equatable {
  let title: String
  let text: String
  let severity: Severity
  let category: String
  let tactics: [String]
  let techniques: [String]
  let service: String
  let detection: String
  let product: String
}

extension AlertDescription {
  init(_ alert: IncidentAlert) {
    title = alert.title
    text = alert.description
    severity = alert.severity
    category = alert.category
    tactics = alert.tactics
    techniques = alert.techniques
    service = alert.serviceSource
    detection = alert.detectionSource
    product = alert.product
  }
}

extension ImportedAlert {
  /// What it says, and where it says nothing what is known.
  fileprivate func description(beside known: IncidentAlert) -> AlertDescription {
    AlertDescription(
      title: title,
      text: description.isEmpty ? known.description : description,
      severity: isOfUnknownSeverity ? known.severity : severity,
      category: category.isEmpty ? known.category : category,
      tactics: allTactics.isEmpty ? known.tactics : allTactics,
      techniques: techniques.isEmpty ? known.techniques : techniques,
      service: source.service == AlertOrigin.unknown ? known.serviceSource : source.service,
      detection: source.detection == AlertOrigin.unknown
        ? known.detectionSource : source.detection,
      product: product.isEmpty ? known.product : product
    )
  }
}
