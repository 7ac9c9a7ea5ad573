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
      let told = things.seen(by: alert.id)
      let seen = told.map { node(for: $0, of: alert) }
      for ends in StoryEdges(told).ends { connect(ends, of: alert) }
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

  private mutating func connect(_ ends: StoryEdges.Ends, of alert: IncidentAlert) {
    let key = [min(ends.from, ends.to), max(ends.from, ends.to)]
    if let place = edgePlaces[key] {
      if edges[place].alerts.last != alert.id { edges[place].alerts.append(alert.id) }
    } else {
      edgePlaces[key] = edges.count
      edges.append(
        Edge(from: ends.from, to: ends.to, first: alert.firstTime, alerts: [alert.id])
      )
    }
  }
}
