import Alerts
import Columnar
import DetectionRules
import Hunting
import StructuredText

/// Incidents and alerts as rows of Sentinel's SecurityIncident and SecurityAlert.
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
  static func incident(_ record: IncidentRecord, as row: Mirrored?) -> [String: Scalar] {
    guard let row else { return incident(record) }
    var cells = incident(record)
      .merging(row.cells.filter { keptOfIncidents.contains($0.key) }) { $1 }
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

  static func incident(_ record: IncidentRecord) -> [String: Scalar] {
    let incident = record.incident
    var cells: [String: Scalar] = [
      "TimeGenerated": .datetime(incident.updated), "Timestamp": .datetime(incident.updated),
      "IncidentName": text("\(incident.reference)"),
      "Title": text(incident.name), "Description": text(record.description),
      "Severity": text(incident.severity.title), "Status": text(status(record)),
      "Classification": text(classification(incident.classification)),
      "ClassificationComment": text(record.resolvingComment),
      "ClassificationReason": text(reason(incident.classification)),
      "ProviderName": text(provider), "ProviderIncidentId": text("\(incident.reference.number)"),
      "FirstActivityTime": .datetime(incident.firstActivity),
      "LastActivityTime": .datetime(incident.lastActivity),
      "CreatedTime": .datetime(incident.created),
      "LastModifiedTime": .datetime(incident.updated),
      "FirstModifiedTime": .datetime(firstModified(record)),
      "ModifiedBy": text(record.history.last?.actor ?? ""),
      "Type": text("SecurityIncident"), "SourceSystem": text("Harrier"),
    ]
    if let number = Int32(exactly: incident.reference.number) {
      cells["IncidentNumber"] = .int(number)
    }
    if let closed = record.closed { cells["ClosedTime"] = .datetime(closed) }
    for (column, json) in documents(record) { cells[column] = AlertRows.dynamic(json) }
    return cells
  }

  /// The columns that hold JSON.
  private static func documents(_ record: IncidentRecord) -> [(String, String)] {
    let quoted = JSONDocumentWriter.quoted
    let owner = record.incident.assignedTo ?? ""
    let comments = record.history.filter { $0.action == "comment" }.map { entry in
      "{\"author\":{\"name\":\(quoted(entry.actor))},\"message\":\(quoted(entry.comment)),"
        + "\"createdTimeUtc\":\(quoted(entry.at.text))}"
    }
    let labels = record.tags.map { tag in
      let type = record.systemTags.contains(tag) ? "AutoAssigned" : "User"
      return "{\"labelName\":\(quoted(tag)),\"labelType\":\"\(type)\"}"
    }
    let products = Set(record.alerts.map(\.serviceSource)).sorted()
    let merged = record.redirectedTo.map { ",\"mergedIncidentNumber\":\"\($0.number)\"" } ?? ""
    let additional =
      "{\"alertsCount\":\(record.alerts.count),\"bookmarksCount\":0,"
      + "\"commentsCount\":\(comments.count),\"alertProductNames\":\(StoredJSON.list(products)),"
      + "\"tactics\":\(StoredJSON.list(record.summary().categories)),"
      + "\"techniques\":\(StoredJSON.list(Set(record.alerts.flatMap(\.techniques)).sorted()))"
      + merged + "}"
    return [
      (
        "Owner",
        "{\"assignedTo\":\(owner.isEmpty ? "null" : quoted(owner)),\"email\":null,"
          + "\"objectId\":null,\"userPrincipalName\":\(owner.isEmpty ? "null" : quoted(owner))}"
      ),
      ("AlertIds", StoredJSON.list(record.alerts.map(\.id) + record.missingAlerts)),
      (
        "RelatedAnalyticRuleIds",
        StoredJSON.list(Set(record.alerts.map(\.rule)).filter { !$0.isEmpty }.sorted())
      ),
      ("BookmarkIds", "[]"), ("Tasks", "[]"),
      ("Comments", "[" + comments.joined(separator: ",") + "]"),
      ("Labels", "[" + labels.joined(separator: ",") + "]"),
      ("AdditionalData", additional),
    ]
  }

  /// - Parameter row: the row that the alert came as, whose cells stay beside its status.
  static func alert(_ alert: IncidentAlert, as row: [String: Scalar]) -> [String: Scalar] {
    row.merging(["Status": text(alertStatus(alert.status))]) { $1 }
  }

  /// - Parameter evidence: what the alert tells of.
  static func alert(_ alert: IncidentAlert, _ evidence: [Evidence]) -> [String: Scalar] {
    [
      "Entities": text(SentinelEntityText.list(evidence)),
      "CompromisedEntity": text(SentinelEntityText.compromised(evidence)),
      "TimeGenerated": .datetime(alert.created), "Timestamp": .datetime(alert.created),
      "DisplayName": text(alert.title),
      "AlertName": text(alert.title), "AlertSeverity": text(alert.severity.title),
      "Description": text(alert.description), "ProviderName": text(alert.serviceSource),
      "VendorName": text("Microsoft"), "VendorOriginalId": text(alert.id),
      "SystemAlertId": text(alert.id), "StartTime": .datetime(alert.firstTime),
      "EndTime": .datetime(alert.lastTime), "ProcessingEndTime": .datetime(alert.created),
      "ProductName": text(alert.product.isEmpty ? alert.serviceSource : alert.product),
      "Status": text(alertStatus(alert.status)),
      "Tactics": text(alert.tactics.joined(separator: ", ")),
      "Techniques": text(StoredJSON.list(alert.techniques)), "Type": text("SecurityAlert"),
      "IsIncident": .bool(false),
    ]
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

  private static func alertStatus(_ status: AlertStatus) -> String {
    switch status {
    case .new: "New"
    case .inProgress: "InProgress"
    case .resolved: "Resolved"
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

/// The history of incidents as rows of IncidentHistory.
enum HistoryRows: RowListing {
  /// `Sequence` counts the entries of a tenant from 1: what was done at one instant has an order.
  static let columns = [
    ColumnSchema("Timestamp", .datetime), ColumnSchema("Sequence", .long),
    ColumnSchema("IncidentNumber", .long),
    ColumnSchema("AlertId", .string), ColumnSchema("Actor", .string),
    ColumnSchema("IsSystem", .bool), ColumnSchema("ActionType", .string),
    ColumnSchema("OldValue", .string), ColumnSchema("NewValue", .string),
    ColumnSchema("Comment", .string),
  ]

  static func row(
    _ entry: HistoryEntry,
    incident: Int64,
    sequence: Int64
  ) -> [String: Scalar] {
    [
      "Timestamp": .datetime(entry.at), "Sequence": .long(sequence),
      "IncidentNumber": .long(incident),
      "AlertId": text(entry.alert ?? ""), "Actor": text(entry.actor),
      "IsSystem": .bool(entry.isSystem), "ActionType": text(entry.action),
      "OldValue": text(entry.old), "NewValue": text(entry.new),
      "Comment": text(entry.comment),
    ]
  }
}
