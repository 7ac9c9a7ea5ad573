import Alerts
import GRDB
public import OperationalStore

/// The devices, users and mailboxes that an alert tells of, each once, by what people call them.
public struct AlertAssets: Sendable, Equatable {
  public let devices: [String]
  public let users: [String]
  public let mailboxes: [String]

  static let none = AlertAssets([])

  init(_ evidence: [Evidence]) {
    devices = Self.names(evidence, .device)
    users = Self.names(evidence, .user)
    mailboxes = Self.names(evidence, .mailbox)
  }

  private static func names(_ evidence: [Evidence], _ kind: AssetIdentity.Kind) -> [String] {
    AssetGroups(evidence, of: [kind]).merged(evidence).map(EvidenceLabel.text)
  }

  /// The first two of each kind, and how many more there are.
  public var text: String {
    let kinds = [("devices", devices), ("users", users), ("mailboxes", mailboxes)]
    return kinds.flatMap { kind, names in
      let more = names.count - Self.shown
      return names.prefix(Self.shown) + (more > 0 ? ["+\(more) \(kind)"] : [])
    }
    .joined(separator: ", ")
  }

  private static let shown = 2
}

extension IncidentStore {
  /// The devices, users and mailboxes of alerts, in their order.
  public func assets(of alerts: [IncidentAlert]) throws(StoreFailure) -> [AlertAssets] {
    try database.read { database in
      let reader = IncidentReader(database: database)
      return try alerts.map { AlertAssets(try reader.assetEvidence(ofAlert: $0.key)) }
    }
  }
}

extension IncidentReading {
  /// What an alert tells of devices, users and mailboxes.
  func assetEvidence(ofAlert key: String) throws -> [Evidence] {
    try rows(
      """
      SELECT * FROM alert_entities WHERE alert = ? AND kind IN ('Host', 'Account', 'Mailbox')
      ORDER BY position
      """,
      [key],
      Evidence.init
    )
  }
}

extension IncidentDetails {
  /// The devices, users and mailboxes of each of its alerts, in the order of the alerts.
  public var alertAssets: [AlertAssets] {
    var evidence: [String: [Evidence]] = [:]
    for item in self.evidence where item.isAsset {
      for alert in item.alerts { evidence[alert, default: []].append(item.evidence) }
    }
    return alerts.map { AlertAssets(evidence[$0.id] ?? []) }
  }
}
