import Alerts
public import Columnar
public import DetectionRules

/// An incident as a graph: what its alerts tell of, what was seen between these things, and in
/// which order.
public struct AttackStory: Sendable {
  /// Something that alerts tell of, once, by whatever names they know it.
  public struct Node: Sendable {
    /// Its place in ``AttackStory/nodes``.
    public let number: Int
    public let kind: String
    public let label: String
    public fileprivate(set) var isImpacted: Bool
    public fileprivate(set) var verdict: String
    /// When it is first seen.
    public fileprivate(set) var first: DateTime
    public fileprivate(set) var alerts: [String]
  }

  /// What alerts saw between two things.
  public struct Edge: Sendable {
    public let from: Int
    public let to: Int
    public let first: DateTime
    public fileprivate(set) var alerts: [String]
  }

  /// An alert as a step of the attack.
  public struct Step: Sendable {
    /// From 1, in the order of first events.
    public let order: Int
    public let time: DateTime
    public let alert: String
    public let title: String
    public let severity: Severity
    public let category: String
    public let nodes: [Int]
    /// Why the alert is in the incident, and by which alert.
    public let links: [AlertLink]
  }

  public let incident: IncidentReference
  public let name: String
  public private(set) var nodes: [Node] = []
  public private(set) var edges: [Edge] = []
  public private(set) var steps: [Step] = []
  /// The places of edges by their ends, the lesser number first.
  private var edgePlaces: [[Int]: Int] = [:]

  public init(_ details: IncidentDetails) {
    incident = details.incident.reference
    name = details.incident.name
    var things = StoryThings(details.evidence)
    for (order, alert) in details.alerts.enumerated() {
      let seen = things.seen(by: alert.id).map { node(for: $0, of: alert) }
      connect(seen, of: alert)
      steps.append(
        Step(
          order: order + 1,
          time: alert.firstTime,
          alert: alert.id,
          title: alert.title,
          severity: alert.severity,
          category: alert.category,
          nodes: Set(seen).sorted(),
          links: details.links[alert.id] ?? []
        )
      )
    }
  }

  /// The node of something that an alert tells of.
  private mutating func node(for seen: StoryThings.Seen, of alert: IncidentAlert) -> Int {
    let number = seen.number
    if number == nodes.count {
      nodes.append(
        Node(
          number: number,
          kind: seen.thing.kind,
          label: EvidenceLabel.text(of: seen.thing),
          isImpacted: false,
          verdict: "unknown",
          first: alert.firstTime,
          alerts: []
        )
      )
    }
    if nodes[number].alerts.last != alert.id { nodes[number].alerts.append(alert.id) }
    if seen.item.isImpacted { nodes[number].isImpacted = true }
    if EntityVerdict(reading: seen.item.verdict) > EntityVerdict(reading: nodes[number].verdict) {
      nodes[number].verdict = seen.item.verdict
    }
    return number
  }

  /// Draws lines from what an alert is about to all else that it tells of.
  private mutating func connect(_ seen: [Int], of alert: IncidentAlert) {
    guard let hub = seen.min(by: { (hubRank($0), $0) < (hubRank($1), $1) }) else { return }
    for other in Set(seen).sorted() where other != hub {
      let ends = [min(hub, other), max(hub, other)]
      if let place = edgePlaces[ends] {
        edges[place].alerts.append(alert.id)
      } else {
        edgePlaces[ends] = edges.count
        edges.append(Edge(from: hub, to: other, first: alert.firstTime, alerts: [alert.id]))
      }
    }
  }

  /// A device is in the middle of what happens on it, a user of what they do, a mail of its parts.
  private func hubRank(_ number: Int) -> Int {
    let order: [EntityKind] = [
      .host, .account, .mailbox, .mailMessage, .oAuthApplication, .process,
    ]
    let kind = nodes[number].kind
    return order.firstIndex { $0.rawValue == kind } ?? order.count
  }
}
