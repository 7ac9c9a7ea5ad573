import DetectionRules

/// How soon an incident wants somebody's attention, from 0 to 100.
///
/// The sum of its factors, at most 100; ``formula`` has what each gives. README publishes it, which
/// a test holds to this. Above 85 is top, below 15 low.
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
      ("severity", Self.severityPoints[facts.severity.rank]),
      ("tactics", Self.tactics.points(max(0, facts.tactics - 1))),
      ("services", Self.services.points(max(0, facts.services - 1))),
      ("alerts", Self.alerts.points(doublings)), ("assets", Self.assets.points(assets)),
      ("ransomware", facts.isRansomware ? Self.ransomwarePoints : 0),
      ("critical asset", facts.hasCriticalAsset ? Self.criticalAssetPoints : 0),
    ]
    factors = all.filter { $0.1 > 0 }.map { Factor(name: $0.0, points: $0.1) }
  }

  /// Points for each of something, up to the most that they may come to.
  private struct Rate {
    let each: Int
    let most: Int

    func points(_ count: Int) -> Int { min(most, each * min(count, most)) }
  }

  /// For informational, low, medium and high.
  private static let severityPoints = [5, 20, 45, 65]
  private static let tactics = Rate(each: 4, most: 16)
  private static let services = Rate(each: 3, most: 6)
  private static let alerts = Rate(each: 2, most: 8)
  private static let assets = Rate(each: 2, most: 8)
  private static let ransomwarePoints = 10
  private static let criticalAssetPoints = 10

  /// What each factor gives, in words, in the order of ``factors``.
  public static var formula: [(factor: String, points: String)] {
    let severities = zip(Severity.allCases, severityPoints).map { "\($0.rawValue) \($1)" }
    return [
      ("severity", severities.joined(separator: ", ")),
      ("tactics", "\(tactics.each) for each beyond the first, at most \(tactics.most)"),
      ("services", "\(services.each) for each beyond the first, at most \(services.most)"),
      ("alerts", "\(alerts.each) for each doubling of their number, at most \(alerts.most)"),
      (
        "assets",
        "\(assets.each) for each device beyond the first and each user beyond the first, at most "
          + "\(assets.most)"
      ),
      ("ransomware", "\(ransomwarePoints) where a category is ransomware"),
      ("critical asset", "\(criticalAssetPoints) with the tag Critical asset"),
    ]
  }
}
