import DetectionRules

/// How soon an incident wants somebody's attention, from 0 to 100.
///
/// The sum of its factors, at most 100: severity (informational 5, low 20, medium 45, high 65);
/// 4 for each tactic beyond the first, at most 16; 3 for each service beyond the first, at most 6;
/// 2 for each doubling of the number of alerts, at most 8; 2 for each device and user beyond the
/// first of its kind, at most 8; 10 for ransomware; 10 for a critical asset. Above 85 is top,
/// below 15 low.
public struct PriorityScore: Sendable, Equatable {
  /// What adds to the score, and how much.
  public struct Factor: Sendable, Equatable {
    public let name: String
    public let points: Int
  }

  /// What is known of an incident.
  struct Facts {
    var severity = Severity.informational
    var tactics = 0
    var services = 0
    var alerts = 0
    var devices = 0
    var users = 0
    var isRansomware = false
    var hasCriticalAsset = false
  }

  /// Those that add something, in the order above.
  public let factors: [Factor]
  public var score: Int { min(100, factors.reduce(0) { $0 + $1.points }) }

  init(_ facts: Facts) {
    let doublings = max(0, Int.bitWidth - 1 - max(1, facts.alerts).leadingZeroBitCount)
    let assets = max(0, facts.devices - 1) + max(0, facts.users - 1)
    let all = [
      ("severity", [5, 20, 45, 65][facts.severity.rank]),
      ("tactics", min(16, 4 * max(0, facts.tactics - 1))),
      ("services", min(6, 3 * max(0, facts.services - 1))),
      ("alerts", min(8, 2 * doublings)),
      ("assets", min(8, 2 * min(4, assets))),
      ("ransomware", facts.isRansomware ? 10 : 0),
      ("critical asset", facts.hasCriticalAsset ? 10 : 0),
    ]
    factors = all.filter { $0.1 > 0 }.map { Factor(name: $0.0, points: $0.1) }
  }
}
