import Columnar
import DetectionRules

/// Makes alerts of events, one event after the other in the order of their times.
///
/// Each event becomes an alert, or further evidence of one of its signature that is near in time:
/// which of both depends on the times of events alone, not on which run sees them. It holds the
/// alerts that a run may raise, and a signature for each that is more.
struct EventGrouping {
  /// Where the events of a signature go.
  private enum Place {
    case folded(Int)
    case alert(Int)
    /// Into the alert for all that is more, with the time of the last of them.
    case rest(last: DateTime?)
  }

  private let rows: RuleRows
  private let tenant: String
  private let limits: AlertPlan.Limits
  private let rule: DetectionRule
  private let foldsEvents: Bool
  private let reach: TimeSpan
  private var places: [[UInt8]: Place] = [:]
  private var alerts: [AlertDraft] = []
  /// What is more than a run may raise.
  private var rest: AlertDraft?
  private(set) var folded: [FoldedEvents] = []

  init(_ rows: RuleRows, tenant: String, _ limits: AlertPlan.Limits) {
    self.rows = rows
    self.tenant = tenant
    self.limits = limits
    rule = rows.reader.rule
    foldsEvents = rule.kind == .customDetection
    reach = rule.schedule.lookback
  }

  mutating func add(
    _ event: RuleRows.EventRow,
    _ folds: ([UInt8]) throws -> FoldTarget?
  ) rethrows {
    let draft = rows.draft(event)
    guard foldsEvents else { return raise(draft, event) }
    if places[draft.signature] == nil, let target = try folds(draft.signature) {
      places[draft.signature] = .folded(folded.count)
      folded.append(FoldedEvents(target: target, events: draft))
    }
    switch places[draft.signature] {
    case .folded(let index) where folded[index].takes(event.time, within: reach):
      let record = folded[index].events.keeps ? rows.event(event) : nil
      folded[index].events.add(event.time, record, [])
    case .alert(let index) where alerts[index].takes(event.time, within: reach):
      let record = alerts[index].keeps ? rows.event(event) : nil
      alerts[index].add(event.time, record, [])
    case .rest(let last) where isNear(event.time, last):
      addToRest(draft, event)
    default: raise(draft, event)
    }
  }

  private func isNear(_ time: DateTime?, _ last: DateTime?) -> Bool {
    guard let time, let last else { return true }
    return time <= last.moved(by: reach.ticks)
  }

  /// Makes an event an alert of its own, as long as the run may raise one.
  private mutating func raise(_ draft: AlertDraft, _ event: RuleRows.EventRow) {
    if rest == nil, alerts.count < limits.alerts {
      var draft = draft
      draft.add(event.time, rows.event(event), [])
      places[draft.signature] = .alert(alerts.count)
      alerts.append(draft)
      return
    }
    if rest == nil { startRest() }
    rest?.standsFor += 1
    addToRest(draft, event)
  }

  /// Puts the last alert that the run may raise into one that stands for all that are more.
  private mutating func startRest() {
    let key = EventKey(
      tenant: tenant,
      rule: rule.id,
      assets: [],
      .overflow(ticks: limits.bucket.ticks)
    )
    var all = AlertPlan.emptyAlert(rule, key)
    if let last = alerts.popLast() {
      all.absorb(last)
      all.severity = max(all.severity, last.severity)
      all.standsFor = 1
      places[last.signature] = .rest(last: last.lastTime)
    }
    rest = all
  }

  private mutating func addToRest(_ draft: AlertDraft, _ event: RuleRows.EventRow) {
    places[draft.signature] = .rest(last: event.time)
    guard var all = rest else { return }
    // Taken out, so that its lists are not copied when they grow.
    rest = nil
    all.add(event.time, all.keeps ? rows.event(event) : nil, draft.entities)
    all.severity = max(all.severity, draft.severity)
    rest = all
  }

  /// The alerts of the run.
  var finishedAlerts: [AlertDraft] {
    guard var rest else { return alerts }
    rest.description =
      "\(rest.standsFor) further alerts of this run with \(rest.eventCount) events stand in this "
      + "one, since a run raises at most \(limits.alerts).\n" + rest.description
    return alerts + [rest]
  }
}
