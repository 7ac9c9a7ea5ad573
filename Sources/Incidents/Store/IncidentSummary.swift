import Alerts
import Columnar
import DetectionRules

/// What an incident has of its alerts.
struct IncidentSummary {
  let alerts: [IncidentAlert]
  let tags: [String]
  let devices: Int
  let users: Int
  let mailboxes: Int
  /// Users and the owners of mailboxes, each once.
  private let people: Int
  /// Names and ids of devices, users and mailboxes, in small letters; some may come twice.
  private var assetNames: [String] = []
  private let deviceFacets: DeviceFacets

  /// - Parameters:
  ///   - alerts: in the order of their first events.
  ///   - assets: evidence of devices, users and mailboxes.
  ///   - known: what DeviceInfo says of the devices.
  init(
    _ alerts: [IncidentAlert],
    assets: [Evidence],
    known: [KnownDevice] = [],
    tags: [String]
  ) {
    self.alerts = alerts
    self.tags = tags
    devices = AssetGroups(assets, of: [.device]).count
    users = AssetGroups(assets, of: [.user]).count
    mailboxes = AssetGroups(assets, of: [.mailbox]).count
    deviceFacets = DeviceFacets(assets, known: known)
    people = mailboxes == 0 ? users : AssetGroups(assets, of: [.user, .mailbox]).count
    for item in assets {
      guard let identity = AssetIdentity(item) else { continue }
      let names = item.identifiers.filter { !Self.descriptions.contains($0.name) }
      assetNames += names.map { $0.value.lowercased() }
      assetNames.append(identity.value)
    }
  }

  /// What tells of a device without naming it.
  private static let descriptions: Set<String> = ["OSFamily", "OSVersion", Evidence.deviceGroup]

  var severity: Severity { alerts.map(\.severity).max() ?? .informational }
  var firstActivity: DateTime { alerts.map(\.firstTime).min() ?? DateTime(ticks: 0) }
  var lastActivity: DateTime { alerts.map(\.lastTime).max() ?? DateTime(ticks: 0) }
  var activeAlerts: Int { alerts.count { $0.status != .resolved } }
  var services: Set<String> { Set(alerts.map(\.serviceSource)) }

  /// In the order of the kill chain.
  var categories: [String] {
    KillChain.ordered(alerts.flatMap { $0.tactics.isEmpty ? [$0.category] : $0.tactics })
  }

  var name: String {
    IncidentName(
      titles: alerts.map(\.title),
      alertCount: alerts.count,
      categories: categories,
      devices: devices,
      users: people,
      services: services.count
    )
    .text
  }

  func priority(severity: Severity) -> PriorityScore {
    PriorityScore(
      PriorityScore.Facts(
        severity: severity,
        tactics: categories.count,
        services: services.count,
        alerts: alerts.count,
        devices: devices,
        users: users,
        isRansomware: categories.contains { $0.lowercased() == "ransomware" },
        hasCriticalAsset: tags.contains {
          $0.lowercased() == IncidentWriter.criticalTag.lowercased()
        }
      )
    )
  }

  var facets: Set<Facet> {
    var facets: Set<Facet> = []
    func add(_ kind: String, _ value: String) {
      if !value.isEmpty { facets.insert(Facet(kind: kind, value: value.lowercased())) }
    }
    for alert in alerts {
      add("serviceSource", alert.serviceSource)
      add("detectionSource", alert.detectionSource)
      add("product", alert.product)
      add("threat", alert.threat)
      add("threat", alert.threatFamily)
      add("threat", alert.threatActor)
      add("policy", alert.policy)
      add("rule", alert.rule)
      add("alertSeverity", alert.severity.rawValue)
      add("investigation", alert.investigationState ?? "")
      alert.techniques.forEach { add("technique", $0) }
    }
    categories.forEach { add("category", $0) }
    assetNames.forEach { add("entity", $0) }
    return facets.union(deviceFacets.facets)
  }
}

/// Which device, user or mailbox some evidence is about.
struct AssetIdentity: Hashable {
  enum Kind: String {
    case device, user, mailbox
  }

  let kind: Kind
  /// In small letters.
  let value: String
  /// What stands for it where nothing tells it from all others.
  var name: String { "\(kind.rawValue) \(value)" }

  /// nil for evidence of anything else, and where nothing tells it.
  init?(_ item: Evidence) {
    let names: [String]
    switch EntityKind(rawValue: item.kind) {
    case .host:
      kind = .device
      names = ["DeviceId", "AzureID", "FullName", "HostName", "NetBiosName"]
    case .account:
      kind = .user
      if let name = item["Name"], let suffix = item["UPNSuffix"] {
        value = (name + "@" + suffix).lowercased()
        return
      }
      names = ["AadUserId", "FullName", "Sid", "ObjectGuid", "Name"]
    case .mailbox:
      kind = .mailbox
      names = ["MailboxPrimaryAddress", "Upn", "ExternalDirectoryObjectId"]
    default: return nil
    }
    guard let found = names.lazy.compactMap({ item[$0] }).first else { return nil }
    value = found.lowercased()
  }
}
