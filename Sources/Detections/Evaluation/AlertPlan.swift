public import Columnar
import DetectionRules

/// What the rows of a run become: alerts, and further evidence of alerts that are there.
///
/// The same rows, window and known events give the same plan, in whatever order the rows come.
public struct AlertPlan: Sendable {
  /// Alerts to raise, in the order of time and key.
  public private(set) var alerts: [AlertDraft] = []
  /// Further evidence of alerts that are there.
  public private(set) var folded: [FoldedEvents] = []
  /// Events that had not been seen.
  public private(set) var newKeys: [EventKey] = []
  public private(set) var latestTime: DateTime?
  /// Whether the number of rows makes alerts.
  public private(set) var fires = false

  /// What a run may do, and what was there before it.
  public struct Limits: Sendable {
    /// The most alerts of a run; the last of them stands for all that are more.
    public var alerts: Int
    /// The end of the run's window.
    public var bucket: DateTime

    public init(alerts: Int = defaultAlertLimit, bucket: DateTime) {
      self.alerts = alerts
      self.bucket = bucket
    }
  }

  /// The product's most alerts of a run.
  public static let defaultAlertLimit = 150

  /// - Parameters:
  ///   - known: events that were alerted before.
  ///   - folds: the newest alert of a signature that may take further evidence.
  public init(
    _ rows: RuleRows,
    tenant: String,
    known: KeySet,
    limits: Limits,
    folds: ([UInt8]) throws -> FoldTarget?
  ) rethrows {
    let rule = rows.reader.rule
    fires = rule.trigger.fires(at: rows.rowCount)
    if !fires { return }
    let fresh = rows.events.filter { !known.contains($0.key) }
    newKeys = fresh.map(\.key)
    latestTime = fresh.compactMap(\.time).max()
    let bucket = EventKey.Identity.bucket(ticks: limits.bucket.ticks)
    if rows.events.isEmpty {
      alerts = [Self.emptyAlert(rule, EventKey(tenant: tenant, rule: rule.id, assets: [], bucket))]
    } else if fresh.isEmpty {
      return
    } else if rule.grouping == .singleAlert {
      let key = EventKey(tenant: tenant, rule: rule.id, assets: [], bucket)
      alerts = [Self.together(fresh, rows, key)]
    } else {
      var grouping = EventGrouping(rows, tenant: tenant, limits)
      for event in fresh { try grouping.add(event, folds) }
      alerts = grouping.finishedAlerts
      folded = grouping.folded.filter { $0.events.eventCount > 0 }
    }
  }

  private static func together(
    _ events: [RuleRows.EventRow],
    _ rows: RuleRows,
    _ key: EventKey
  ) -> AlertDraft {
    var all = rows.draft(events[0])
    all.key = key
    for event in events {
      all.add(event.time, all.keeps ? rows.event(event) : nil, rows.entities(event))
    }
    return all
  }

  /// An alert about no event in particular.
  static func emptyAlert(_ rule: DetectionRule, _ key: EventKey) -> AlertDraft {
    AlertDraft(
      key: key,
      signature: key.bytes,
      title: rule.title.rendered { _ in "" },
      description: rule.description.rendered { _ in "" },
      severity: rule.severity,
      tactics: rule.tactics,
      details: [],
      properties: [],
      entities: []
    )
  }
}

/// An alert that may take further evidence.
public struct FoldTarget: Sendable, Equatable {
  public let id: String
  /// The times of its first and last event.
  public let times: ClosedRange<DateTime>

  public init(id: String, times: ClosedRange<DateTime>) {
    self.id = id
    self.times = times
  }
}

/// Further evidence of an alert.
public struct FoldedEvents: Sendable {
  public let target: FoldTarget
  /// The events, as an alert that would be raised were the target not there.
  public var events: AlertDraft

  /// Whether an event is near enough to those of the alert.
  func takes(_ time: DateTime?, within reach: TimeSpan) -> Bool {
    guard let time else { return true }
    let first = min(target.times.lowerBound, events.firstTime ?? target.times.lowerBound)
    let last = max(target.times.upperBound, events.lastTime ?? target.times.upperBound)
    return time >= first.moved(by: -reach.ticks) && time <= last.moved(by: reach.ticks)
  }
}

extension AlertDraft {
  /// Whether an event is near enough to those at hand.
  func takes(_ time: DateTime?, within reach: TimeSpan) -> Bool {
    guard let time, let lastTime else { return true }
    return time <= lastTime.moved(by: reach.ticks)
  }
}
