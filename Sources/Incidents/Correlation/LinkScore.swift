import Columnar
import DetectionRules

/// What the correlation weighs of an alert.
struct CorrelationFacts: Sendable {
  let alert: String
  let title: String
  let rule: String
  let severity: Severity
  let service: String
  let stage: Int
  let time: DateTime
  let incident: Int64?

  init(_ alert: IncidentAlert) {
    self.alert = alert.key
    title = alert.title
    rule = alert.rule
    severity = alert.severity
    service = alert.serviceSource
    stage = alert.tactics.map(KillChain.stage).min() ?? KillChain.stage(alert.category)
    time = alert.firstTime
    incident = alert.incident
  }
}

/// Why two alerts are one attack, in the words of Graph's `correlationReason`.
enum LinkReason: String, Sendable {
  case similarArtifacts, sharedIndicators, sameCampaign, sameThreatSource, sameAsset
  case sameTargetedAsset, eventSequence, repeatedAlertOccurrence, timeFrame, lateralMovementPath
}

/// How surely two alerts belong to one attack.
///
/// Each thing that they share adds the weight of its kind, halved over the time in which it counts;
/// of several of one kind the first counts whole and each further a quarter, up to twice. What the
/// alerts are adds to that only where they share something. Alerts are linked from ``threshold``
/// on, so that neither a user nor a device alone ever does it.
struct LinkScore: Sendable {
  /// One thing that links two alerts.
  struct Part: Sendable, Equatable {
    let reason: LinkReason
    let key: String
    let weight: Double
  }

  private(set) var parts: [Part] = []
  var total: Double { parts.reduce(0) { $0 + $1.weight } }

  /// From here on two alerts are linked.
  static let threshold = 0.7
  /// From here on an alert brings two incidents together.
  static let mergeThreshold = 0.75
  /// What as many incidents of its time share says nothing.
  static let glueLimit = 4

  /// The weight of what is shared, and for how many hours it counts.
  static func weight(of kind: CorrelationKey.Kind) -> (weight: Double, hours: Int64) {
    switch kind {
    case .mail: (1, 336)
    case .application: (0.8, 336)
    case .campaign: (0.8, 120)
    case .url: (0.8, 168)
    case .file: (0.8, 168)
    case .sender: (0.6, 72)
    case .address: (0.6, 72)
    case .domain: (0.4, 72)
    case .user: (0.45, 72)
    case .device: (0.4, 72)
    }
  }

  /// - Parameter shared: what both have and what is not too common.
  init(_ new: CorrelationFacts, _ old: CorrelationFacts, shared: some Sequence<CorrelationKey>) {
    let apart = abs(new.time.ticks - old.time.ticks)
    var count: [CorrelationKey.Kind: Int] = [:]
    for key in shared.sorted() {
      let (weight, hours) = Self.weight(of: key.kind)
      let window = hours * TimeSpan.ticksPerHour
      if apart > window { continue }
      let before = count[key.kind, default: 0]
      count[key.kind] = before + 1
      if before > 2 { continue }
      let decay = 1 - 0.5 * Double(apart) / Double(window)
      let part = Part(
        reason: Self.reason(of: key.kind),
        key: key.text,
        weight: weight * decay * (before == 0 ? 1 : 0.25)
      )
      parts.append(part)
    }
    if parts.isEmpty { return }
    addNature(new, old, apart: apart, assets: count[.user] != nil || count[.device] != nil)
  }

  /// What follows from what the alerts are, where they share an asset.
  private mutating func addNature(
    _ new: CorrelationFacts,
    _ old: CorrelationFacts,
    apart: Int64,
    assets: Bool
  ) {
    guard assets else { return }
    let (first, second) = new.time < old.time ? (new, old) : (old, new)
    let isQuiet = min(new.severity, old.severity) == .informational
    let hours = apart / TimeSpan.ticksPerHour
    if hours < 24, !isQuiet, first.stage < second.stage, second.stage != Int.max {
      parts.append(Part(reason: .eventSequence, key: "", weight: 0.2))
    }
    if hours < 24, !isQuiet, new.service != old.service {
      parts.append(Part(reason: .timeFrame, key: "", weight: 0.15))
    }
    if hours < 24, new.title == old.title, new.rule == old.rule {
      parts.append(Part(reason: .repeatedAlertOccurrence, key: "", weight: 0.35))
    }
  }

  private static func reason(of kind: CorrelationKey.Kind) -> LinkReason {
    switch kind {
    case .mail, .file: .similarArtifacts
    case .campaign: .sameCampaign
    case .url, .domain, .application: .sharedIndicators
    case .sender, .address: .sameThreatSource
    case .user, .device: .sameAsset
    }
  }
}
