import Alerts
import DetectionRules

/// The devices, users or mailboxes that evidence is about, each once, by whatever names alerts
/// know it.
///
/// Evidence that has a name in common which tells it from all else is about one of them, also over
/// several: an id and a domain name in one alert join what knows only the one and only the other.
/// A mailbox is its address alone, so that it never joins users, and is theirs who has that name.
struct AssetGroups {
  /// The places of the evidence of each, in the order of their first.
  private(set) var groups: [[Int]] = []

  var count: Int { groups.count }

  /// Brings together what is of some kinds; mailboxes are their owners.
  init(_ evidence: some Collection<Evidence>, of kinds: Set<AssetIdentity.Kind>) {
    self.init(evidence) { item in
      guard let identity = AssetIdentity(item), kinds.contains(identity.kind) else { return nil }
      return item.names(isGraph: true)
    }
  }

  /// Brings together what has a name in common.
  ///
  /// - Parameter names: the names of a piece of evidence; nil leaves it out.
  init(_ evidence: some Collection<Evidence>, named names: (Evidence) -> [String]?) {
    var joining = Joining()
    let numbers = evidence.enumerated().compactMap { place, item in
      names(item).map { (place: place, number: joining.number(of: $0)) }
    }
    var known: [Int: Int] = [:]
    for (place, number) in numbers {
      let root = joining.root(of: number)
      let group = known[root] ?? groups.count
      if known.updateValue(group, forKey: root) == nil { groups.append([]) }
      groups[group].append(place)
    }
  }

  /// What names stand for, brought together where they stand for one.
  private struct Joining {
    private var numbers: [String: Int] = [:]
    /// For each number another that stands for the same, or itself.
    private var parents: [Int] = []

    func root(of number: Int) -> Int {
      var number = number
      while parents[number] != number { number = parents[number] }
      return number
    }

    mutating func number(of names: [String]) -> Int {
      let known = Set(names.compactMap { numbers[$0] }.map(root))
      let first = known.min() ?? parents.count
      if known.isEmpty { parents.append(first) }
      for other in known { parents[other] = first }
      for name in names { numbers[name] = first }
      return first
    }
  }
}

extension Evidence {
  /// This with what else another piece of evidence about the same asset knows.
  func extended(by other: Evidence) -> Evidence {
    let known = Set(identifiers.map(\.name))
    let all = identifiers + other.identifiers.filter { !known.contains($0.name) }
    return Evidence(
      kind: kind,
      identifiers: all,
      isImpacted: isImpacted,
      isStrong: isStrong || other.isStrong,
      role: role,
      verdict: verdict,
      remediation: remediation
    )
    .joined(with: other)
  }
}

extension IncidentDetails {
  /// The devices of the incident, each once with the alerts that tell of it.
  public var devices: [IncidentEvidence] { assets(.device) }
  public var users: [IncidentEvidence] { assets(.user) }
  public var mailboxes: [IncidentEvidence] { assets(.mailbox) }

  /// What the alerts tell of, each once with the alerts that do.
  public var distinctEvidence: [IncidentEvidence] {
    distinct(AssetGroups(evidence.map(\.evidence)) { $0.names(isGraph: false) })
  }

  private func assets(_ kind: AssetIdentity.Kind) -> [IncidentEvidence] {
    distinct(AssetGroups(evidence.map(\.evidence), of: [kind]))
  }

  private func distinct(_ groups: AssetGroups) -> [IncidentEvidence] {
    groups.groups.map { places in
      let items = places.map { evidence[$0] }
      let rest = items.dropFirst()
      let told = Set(items.flatMap(\.alerts))
      return IncidentEvidence(
        evidence: rest.reduce(items[0].evidence) { $0.extended(by: $1.evidence) },
        alerts: alerts.map(\.id).filter(told.contains)
      )
    }
  }
}
