public import Columnar

/// What a rule has alerted so far, kept in memory in the way in which the scheduler keeps it in a
/// store: an event alerts once, and further events of an alert's signature are evidence of it.
public struct AlertHistory: Sendable {
  /// An alert with all evidence that came for it.
  public struct Entry: Sendable {
    /// The number of the run that raised it, from 1.
    public let run: Int
    /// The end of that run's window.
    public let time: DateTime
    public internal(set) var alert: AlertDraft
  }

  public private(set) var entries: [Entry] = []
  private var known = KeySet()
  /// Places of ``entries`` by the keys of their alerts.
  private var placesByKey: [EventKey: Int] = [:]
  /// Places of ``entries`` by signature; none of alerts that stand for others.
  private var places: [[UInt8]: [Int]] = [:]

  public init() {}

  /// Takes what the rows of a run become.
  mutating func take(_ rows: RuleRows, tenant: String, run: Int, at time: DateTime) -> AlertPlan {
    let plan = AlertPlan(
      rows,
      tenant: tenant,
      known: known,
      limits: AlertPlan.Limits(bucket: time),
      folds: target
    )
    for key in plan.newKeys { known.insert(key) }
    for further in plan.folded {
      if let place = Int(further.target.id) { entries[place].alert.absorb(further.events) }
    }
    for draft in plan.alerts {
      if let place = placesByKey[draft.key] {
        entries[place].alert.absorb(draft)
        entries[place].alert.standsFor += draft.standsFor
        continue
      }
      placesByKey[draft.key] = entries.count
      if draft.standsFor == 0 { places[draft.signature, default: []].append(entries.count) }
      entries.append(Entry(run: run, time: time, alert: draft))
    }
    return plan
  }

  /// The newest alert of a signature.
  private func target(_ signature: [UInt8]) -> FoldTarget? {
    let alerts = (places[signature] ?? []).map { place in
      let first = entries[place].alert.firstTime ?? entries[place].time
      let last = entries[place].alert.lastTime ?? entries[place].time
      return FoldTarget(id: String(place), times: first...max(first, last))
    }
    return alerts.max { $0.times.upperBound < $1.times.upperBound }
  }

  /// Whether an event of an alert, of this history or another, alerted here.
  func covers(_ alert: AlertDraft) -> Bool {
    if alert.events.isEmpty { return placesByKey[alert.key] != nil }
    return alert.events.contains { known.contains($0.key) }
  }
}
