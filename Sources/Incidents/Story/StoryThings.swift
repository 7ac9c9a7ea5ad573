import Alerts

/// What the alerts of an incident tell of, each thing once, numbered as alerts first tell of it.
struct StoryThings {
  /// What an alert tells of something.
  struct Seen {
    let number: Int
    /// What all alerts of the incident know of it.
    let thing: Evidence
    /// What this alert may know of it.
    let item: Evidence
  }

  private let evidence: [IncidentEvidence]
  private var placesByAlert: [String: [Int]] = [:]
  /// For each place of the evidence which thing it is about.
  private var groups: [Int]
  private let things: [Evidence]
  private var numbers: [Int: Int] = [:]

  init(_ evidence: [IncidentEvidence]) {
    self.evidence = evidence
    groups = Array(repeating: 0, count: evidence.count)
    let items = evidence.map(\.evidence)
    let found = AssetGroups(items) { $0.names(isGraph: true) }
    things = found.merged(items)
    for (group, places) in found.groups.enumerated() {
      for place in places { groups[place] = group }
    }
    for (place, item) in evidence.enumerated() {
      for alert in item.alerts { placesByAlert[alert, default: []].append(place) }
    }
  }

  /// What an alert tells of, in its order.
  mutating func seen(by alert: String) -> [Seen] {
    (placesByAlert[alert] ?? []).map { place in
      let group = groups[place]
      let number = numbers[group] ?? numbers.count
      numbers[group] = number
      return Seen(number: number, thing: things[group], item: evidence[place].evidence)
    }
  }
}
