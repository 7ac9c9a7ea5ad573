import Alerts
import Columnar
import DetectionRules
import Hunting

/// Alerts as rows of Sentinel's SecurityAlert.
enum SecurityAlertRows: RowListing {
  /// An alert and what it tells of, where that is wanted.
  struct Item {
    let alert: IncidentAlert
    let evidence: [Evidence]
  }

  /// - Parameter row: the row that the alert came as, whose cells stay beside its status.
  static func alert(_ alert: IncidentAlert, as row: [String: Scalar]) -> [String: Scalar] {
    row.merging(["Status": text(status(alert.status))]) { $1 }
  }

  /// The columns that need what the alert tells of.
  static let ofEvidence: Set<String> = ["Entities", "CompromisedEntity"]

  static let columns: [MadeColumn<Item>] = [
    MadeColumn("Entities") { text(SentinelEntityText.list($0.evidence)) },
    MadeColumn("CompromisedEntity") { text(SentinelEntityText.compromised($0.evidence)) },
    MadeColumn("TimeGenerated") { .datetime($0.alert.created) },
    MadeColumn("Timestamp") { .datetime($0.alert.created) },
    MadeColumn("DisplayName") { text($0.alert.title) },
    MadeColumn("AlertName") { text($0.alert.title) },
    MadeColumn("AlertSeverity") { text($0.alert.severity.title) },
    MadeColumn("Description") { text($0.alert.description) },
    MadeColumn("ProviderName") { text($0.alert.serviceSource) },
    MadeColumn("VendorName") { _ in text("Microsoft") },
    MadeColumn("VendorOriginalId") { text($0.alert.id) },
    MadeColumn("SystemAlertId") { text($0.alert.id) },
    MadeColumn("StartTime") { .datetime($0.alert.firstTime) },
    MadeColumn("EndTime") { .datetime($0.alert.lastTime) },
    MadeColumn("ProcessingEndTime") { .datetime($0.alert.created) },
    MadeColumn("ProductName") { item in
      text(item.alert.product.isEmpty ? item.alert.serviceSource : item.alert.product)
    },
    MadeColumn("Status") { text(status($0.alert.status)) },
    MadeColumn("Tactics") { text($0.alert.tactics.joined(separator: ", ")) },
    MadeColumn("Techniques") { text(StoredJSON.list($0.alert.techniques)) },
    MadeColumn("Type") { _ in text("SecurityAlert") },
    MadeColumn("IsIncident") { _ in .bool(false) },
  ]

  private static func status(_ status: AlertStatus) -> String {
    switch status {
    case .new: "New"
    case .inProgress: "InProgress"
    case .resolved: "Resolved"
    }
  }
}
