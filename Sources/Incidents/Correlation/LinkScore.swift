import Columnar
import DetectionRules

/// Why two alerts are one attack, in the words of Graph's `correlationReason`; the last ones are
/// ours, for alerts that are together because somebody says so.
enum LinkReason: String, Sendable {
  case similarArtifacts, sharedIndicators, sameCampaign, sameThreatSource, sameAsset
  case sameTargetedAsset, eventSequence, repeatedAlertOccurrence, timeFrame, lateralMovementPath
  /// The incident of another product that has the alert; the grouping that its rule asks for.
  case sourceIncident, alertGrouping
}

/// How surely two alerts belong to one attack.
///
/// Each kind of thing that they share adds its weight, halved over the time in which it counts;
/// what the tenant's alerts had long before is routine and adds little. What the alerts are adds to
/// that. Where one of the two is informational, only mails, links, files and senders count: neither
/// who or where it was nor when.
struct LinkScore: Sendable {
  /// One thing that links two alerts.
  struct Part: Sendable, Equatable {
    let reason: LinkReason
    let key: String
    let weight: Double
  }

  /// Something that two alerts share.
  struct Shared {
    let key: CorrelationKey
    /// Whether alerts of the tenant had it days before both.
    let isRoutine: Bool
  }

  private(set) var parts: [Part] = []
  var total: Double { parts.reduce(0) { $0 + $1.weight } }

  init(_ new: CorrelationFacts, _ old: CorrelationFacts, shared: [Shared]) {
    let hours = Double(abs(new.time.ticks - old.time.ticks)) / Double(TimeSpan.ticksPerHour)
    let isQuiet = min(new.severity, old.severity) == .informational
    for kind in CorrelationKey.Kind.allCases {
      let ofKind = shared.lazy.filter { $0.key.kind == kind }
      guard let best = ofKind.min(by: { ($0.rank, $0.key) < ($1.rank, $1.key) }) else { continue }
      if kind.isAsset, isQuiet { continue }
      let weight = LinkWeights.of(kind) * (best.isRoutine ? LinkWeights.routine : 1)
      let halfLife = kind.isAsset ? LinkWeights.assetHours : LinkWeights.artefactHours
      let isLateral = kind == .device && (new.isLateral || old.isLateral)
      let reason = isLateral ? .lateralMovementPath : Self.reason(of: kind)
      add(reason, best.key.text, weight * LinkWeights.decay(hours, halfLife))
    }
    if parts.isEmpty || isQuiet { return }
    addNature(new, old, near: LinkWeights.decay(hours, LinkWeights.contextHours))
  }

  private mutating func add(_ reason: LinkReason, _ key: String, _ weight: Double) {
    if weight >= 0.005 { parts.append(Part(reason: reason, key: key, weight: weight)) }
  }

  /// What follows from what the alerts are.
  private mutating func addNature(
    _ new: CorrelationFacts,
    _ old: CorrelationFacts,
    near: Double
  ) {
    let (first, second) = new.time < old.time ? (new, old) : (old, new)
    if first.stage < second.stage, second.stage != Int.max {
      add(.eventSequence, "", LinkWeights.sequence * near)
    }
    if new.title == old.title, new.rule == old.rule {
      add(.repeatedAlertOccurrence, "", LinkWeights.repeated * near)
    }
    var together = 0.0
    if new.service != old.service { together += LinkWeights.services }
    if min(new.severity, old.severity) >= .medium { together += LinkWeights.severe }
    add(.timeFrame, "", together * near)
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

extension LinkScore.Shared {
  fileprivate var rank: Int { isRoutine ? 1 : 0 }
}
