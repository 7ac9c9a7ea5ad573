/// How well a grouping of alerts finds the attacks, whoever made it.
///
/// Counted are pairs of alerts of which at least one belongs to an attack. A pair in one group is
/// right when both are of the same attack; noise in a group with attack alerts, and two attacks in
/// one group, lower precision, and an attack spread over groups lowers recall. Pairs of two noise
/// alerts count nowhere.
public struct GroupingEvaluation: Sendable, Equatable {
  /// Pairs in one group, and of one attack.
  public let rightPairs: Int
  /// Pairs in one group of which at least one alert belongs to an attack.
  public let groupedPairs: Int
  /// Pairs of one attack.
  public let attackPairs: Int
  /// Attacks of which there is an alert.
  public let attackCount: Int
  /// Attacks all of whose alerts are in one group.
  public let wholeAttackCount: Int
  /// The groups of each attack, summed up.
  public let attackGroupCount: Int
  /// Groups of all alerts, noise included.
  public let groupCount: Int

  /// Evaluates a grouping.
  ///
  /// - Parameter groups: the group of each alert by the alert's id; an alert without one is alone.
  public init(truth: [AlertTruth], groups: [String: String]) {
    var counts = PairCounts()
    for alert in truth { counts.add(alert, group: groups[alert.alertId]) }
    rightPairs = counts.cells.values.reduce(0) { $0 + Self.pairs($1) }
    attackPairs = counts.attacks.values.reduce(0) { $0 + Self.pairs($1) }
    groupedPairs = counts.groups.values.reduce(0) { $0 + Self.pairs($1.all) - Self.pairs($1.noise) }
    attackCount = counts.attacks.count
    let groupsOfAttacks = Dictionary(grouping: counts.cells.keys) { $0.attack }
    wholeAttackCount = groupsOfAttacks.values.count { $0.count == 1 }
    attackGroupCount = counts.cells.count
    groupCount = counts.groups.count
  }

  /// The share of pairs in one group that are right; 1 where there is no such pair.
  public var precision: Double { Self.share(rightPairs, groupedPairs) }
  /// The share of pairs of one attack that are in one group; 1 where there is no such pair.
  public var recall: Double { Self.share(rightPairs, attackPairs) }
  /// The harmonic mean of precision and recall.
  public var f1: Double {
    precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }
  /// Groups an attack is spread over, on average; 0 without attacks.
  public var groupsPerAttack: Double {
    attackCount > 0 ? Double(attackGroupCount) / Double(attackCount) : 0
  }
  /// The share of attacks that are wholly in one group; 1 without attacks.
  public var wholeAttackShare: Double { Self.share(wholeAttackCount, attackCount) }

  private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

  private static func share(_ part: Int, _ whole: Int) -> Double {
    whole > 0 ? Double(part) / Double(whole) : 1
  }
}

/// Counts of alerts by attack, by group, and by both.
private struct PairCounts {
  struct Cell: Hashable {
    let attack: String
    let group: Group
  }

  /// A group that was named, or that of an alert which is alone.
  enum Group: Hashable {
    case named(String)
    case alone(alertId: String)
  }

  private(set) var cells: [Cell: Int] = [:]
  private(set) var attacks: [String: Int] = [:]
  private(set) var groups: [Group: (all: Int, noise: Int)] = [:]

  mutating func add(_ alert: AlertTruth, group name: String?) {
    let group = name.map { Group.named($0) } ?? .alone(alertId: alert.alertId)
    groups[group, default: (0, 0)].all += 1
    guard let attack = alert.attackId else {
      groups[group, default: (0, 0)].noise += 1
      return
    }
    attacks[attack, default: 0] += 1
    cells[Cell(attack: attack, group: group), default: 0] += 1
  }
}
