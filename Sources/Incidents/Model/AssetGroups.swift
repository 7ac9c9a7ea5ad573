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
    let named = evidence.enumerated().compactMap { place, item in
      names(item).map { (place: place, names: $0) }
    }
    var joining = NameJoining<AssetName>()
    for item in named { joining.add(item.names.map(AssetName.init)) }
    var known: [Int: Int] = [:]
    for (place, names) in named {
      guard let name = names.first, let thing = joining.place(of: AssetName(text: name)) else {
        continue
      }
      let group = known[thing] ?? groups.count
      if known.updateValue(group, forKey: thing) == nil { groups.append([]) }
      groups[group].append(place)
    }
  }

  /// What all evidence knows of each; the evidence is that of which the groups were made.
  func merged(_ evidence: [Evidence]) -> [Evidence] {
    groups.map { places in
      places.dropFirst().reduce(evidence[places[0]]) { $0.extended(by: evidence[$1]) }
    }
  }
}

/// A name of a device, user or mailbox, told from others by its bytes.
private struct AssetName: Hashable {
  let text: String

  static func == (left: AssetName, right: AssetName) -> Bool {
    left.text.hasBytes(of: right.text)
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

  /// Evidence that is brought together, each once with the alerts that tell of it.
  func distinct(_ groups: AssetGroups) -> [IncidentEvidence] {
    zip(groups.groups, groups.merged(evidence.map(\.evidence))).map { places, merged in
      let told = Set(places.flatMap { evidence[$0].alerts })
      return IncidentEvidence(evidence: merged, alerts: alerts.map(\.id).filter(told.contains))
    }
  }
}
