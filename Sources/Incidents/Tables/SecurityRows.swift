import Alerts
import Columnar
import DetectionRules
import Hunting
import StructuredText

/// Incidents as rows of Sentinel's SecurityIncident.
enum SecurityRows: RowListing {
  /// By which incidents are known to be ours.
  static let provider = "Harrier"

  /// What Sentinel said last of an incident that is its own.
  struct Mirrored {
    let cells: [String: Scalar]
    /// When that was taken in.
    let taken: DateTime
  }

  /// - Parameter row: what Sentinel said of an incident that is its own; what names it there stays,
  ///   and when it was changed last until it is changed here.
  static func incident(
    _ record: IncidentRecord,
    as row: Mirrored?,
    _ maker: CellMaker<IncidentRecord>
  ) -> [String: Scalar] {
    var cells = maker.cells(of: record)
    guard let row else { return cells }
    cells.merge(row.cells.filter { keptOfIncidents.contains($0.key) }) { $1 }
    // There it is new until somebody says otherwise, also where it has an owner.
    if record.incident.status == .active { cells["Status"] = text("New") }
    let isChangedHere = record.history.contains { $0.at > row.taken && !$0.followsSentinel }
    if !isChangedHere, let modified = row.cells["LastModifiedTime"] {
      cells["LastModifiedTime"] = modified
    }
    return cells
  }

  /// By what Sentinel knows an incident of its own, and what Harrier knows nothing of.
  private static let keptOfIncidents: Set<String> = [
    "IncidentName", "ProviderName", "ProviderIncidentId", "IncidentUrl", "CreatedTime",
    "FirstModifiedTime", "SourceSystem", "BookmarkIds", "Tasks", "RelatedAnalyticRuleIds",
  ]

  /// The columns of SecurityIncident; a number that does not fit there is null.
  static let incident: [MadeColumn<IncidentRecord>] =
    [
      MadeColumn("TimeGenerated") { .datetime($0.incident.updated) },
      MadeColumn("Timestamp") { .datetime($0.incident.updated) },
      MadeColumn("IncidentName") { text("\($0.incident.reference)") },
      MadeColumn("IncidentNumber") { record in
        Int32(exactly: record.incident.reference.number).map { .int($0) } ?? .null(.int)
      },
      MadeColumn("Title") { text($0.incident.name) },
      MadeColumn("Description") { text($0.description) },
      MadeColumn("Severity") { text($0.incident.severity.title) },
      MadeColumn("Status") { text(status($0)) },
      MadeColumn("Classification") { text(classification($0.incident.classification)) },
      MadeColumn("ClassificationComment") { text($0.resolvingComment) },
      MadeColumn("ClassificationReason") { text(reason($0.incident.classification)) },
      MadeColumn("ProviderName") { _ in text(provider) },
      MadeColumn("ProviderIncidentId") { text("\($0.incident.reference.number)") },
      MadeColumn("ModifiedBy") { text($0.history.last?.actor ?? "") },
      MadeColumn("Type") { _ in text("SecurityIncident") },
      MadeColumn("SourceSystem") { _ in text("Harrier") },
    ] + times + documents

  private static let times: [MadeColumn<IncidentRecord>] = [
    MadeColumn("FirstActivityTime") { .datetime($0.incident.firstActivity) },
    MadeColumn("LastActivityTime") { .datetime($0.incident.lastActivity) },
    MadeColumn("CreatedTime") { .datetime($0.incident.created) },
    MadeColumn("LastModifiedTime") { .datetime($0.incident.updated) },
    MadeColumn("FirstModifiedTime") { .datetime(firstModified($0)) },
    MadeColumn("ClosedTime") { time($0.closed) },
  ]

  /// The columns that hold JSON.
  private static let documents: [MadeColumn<IncidentRecord>] = [
    MadeColumn("Owner") { AlertRows.dynamic(owner($0)) },
    MadeColumn("AlertIds") { record in
      AlertRows.dynamic(StoredJSON.list(record.alerts.map(\.id) + record.missingAlerts))
    },
    MadeColumn("RelatedAnalyticRuleIds") { record in
      let rules = Set(record.alerts.map(\.rule)).filter { !$0.isEmpty }
      return AlertRows.dynamic(StoredJSON.list(rules.sorted()))
    },
    MadeColumn("BookmarkIds") { _ in AlertRows.dynamic("[]") },
    MadeColumn("Tasks") { _ in AlertRows.dynamic("[]") },
    MadeColumn("Comments") { AlertRows.dynamic(comments($0)) },
    MadeColumn("Labels") { AlertRows.dynamic(labels($0)) },
    MadeColumn("AdditionalData") { AlertRows.dynamic(additional($0)) },
  ]

  /// What is to be read for the columns that are wanted, where Sentinel says nothing of it.
  static func parts(for wanted: WantedRows) -> IncidentRecord.Parts {
    partsOfColumns.reduce(into: []) { parts, entry in
      if wanted.has(entry.key) { parts.formUnion(entry.value) }
    }
  }

  /// Other columns need the row of the incident alone.
  private static let partsOfColumns: [String: IncidentRecord.Parts] = [
    "Description": .texts, "ClassificationComment": .texts, "Status": .history,
    "ModifiedBy": .history, "FirstModifiedTime": .history, "ClosedTime": .history,
    "Comments": .history, "AlertIds": .alerts, "RelatedAnalyticRuleIds": .alerts, "Labels": .tags,
    "AdditionalData": [.alerts, .history, .tags, .redirection],
  ]

  private static func owner(_ record: IncidentRecord) -> String {
    let owner = record.incident.assignedTo ?? ""
    let text = owner.isEmpty ? "null" : JSONDocumentWriter.quoted(owner)
    return "{\"assignedTo\":\(text),\"email\":null,\"objectId\":null,"
      + "\"userPrincipalName\":\(text)}"
  }

  private static func comments(_ record: IncidentRecord) -> String {
    let quoted = JSONDocumentWriter.quoted
    let comments = record.history.filter { $0.action == "comment" }.map { entry in
      "{\"author\":{\"name\":\(quoted(entry.actor))},\"message\":\(quoted(entry.comment)),"
        + "\"createdTimeUtc\":\(quoted(entry.at.text))}"
    }
    return "[" + comments.joined(separator: ",") + "]"
  }

  private static func labels(_ record: IncidentRecord) -> String {
    let labels = record.tags.map { tag in
      let type = record.systemTags.contains(tag) ? "AutoAssigned" : "User"
      return "{\"labelName\":\(JSONDocumentWriter.quoted(tag)),\"labelType\":\"\(type)\"}"
    }
    return "[" + labels.joined(separator: ",") + "]"
  }

  private static func additional(_ record: IncidentRecord) -> String {
    let products = Set(record.alerts.map(\.serviceSource)).sorted()
    let merged = record.redirectedTo.map { ",\"mergedIncidentNumber\":\"\($0.number)\"" } ?? ""
    let comments = record.history.count { $0.action == "comment" }
    return "{\"alertsCount\":\(record.alerts.count),\"bookmarksCount\":0,"
      + "\"commentsCount\":\(comments),\"alertProductNames\":\(StoredJSON.list(products)),"
      + "\"tactics\":\(StoredJSON.list(record.summary().categories)),"
      + "\"techniques\":\(StoredJSON.list(Set(record.alerts.flatMap(\.techniques)).sorted()))"
      + merged + "}"
  }

  /// When something was done about an incident for the first time after it was made; when it was
  /// made where nothing was.
  private static func firstModified(_ record: IncidentRecord) -> DateTime {
    let created = record.incident.created
    return record.history.lazy.filter { $0.action != "created" && $0.at > created }.map(\.at).min()
      ?? created
  }

  /// An incident is new until somebody gives it a status or an owner.
  private static func status(_ record: IncidentRecord) -> String {
    let incident = record.incident
    switch incident.status {
    case .active:
      let isTakenUp = record.history.contains {
        $0.action == "assigned" || $0.action == "status" && !$0.isSystem
      }
      return incident.assignedTo == nil && !isTakenUp ? "New" : "Active"
    case .inProgress, .awaitingAction: return "Active"
    case .resolved, .redirected: return "Closed"
    }
  }

  /// Sentinel's words for a classification.
  private static func classification(_ value: Classification) -> String {
    switch value.classification {
    case "truePositive": "TruePositive"
    case "falsePositive": "FalsePositive"
    case "informationalExpectedActivity": "BenignPositive"
    default: ""
    }
  }

  private static func reason(_ value: Classification) -> String {
    switch value.classification {
    case "truePositive": "SuspiciousActivity"
    case "falsePositive":
      value.determination == "notMalicious" ? "IncorrectAlertLogic" : "InaccurateData"
    case "informationalExpectedActivity": "SuspiciousButExpected"
    default: ""
    }
  }
}

extension HistoryEntry {
  /// Whether it is of what Sentinel says: its own word, or alerts that go where it has them.
  fileprivate var followsSentinel: Bool {
    if actor == Actor.sentinel.name { return true }
    let isJoining = action == "alert added" && comment == LinkReason.sourceIncident.rawValue
    return isSystem && (isJoining || action == "alert assigned")
  }
}
