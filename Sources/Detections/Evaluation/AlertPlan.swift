public import Columnar
import DetectionRules

/// What the rows of a run become: alerts, and further evidence of alerts that are there.
///
/// The same rows, window and known events give the same plan, in whatever order the rows come.
public struct AlertPlan: Sendable {
  /// Alerts to raise, in the order of time and key.
  public private(set) var alerts: [AlertDraft] = []
  /// Further evidence, by the signature of the alert that is there.
  public private(set) var folded: [AlertDraft] = []
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
  ///   - folds: whether there is an alert that events of a signature are further evidence of.
  public init(
    _ rows: RuleRows,
    tenant: String,
    known: KeySet,
    limits: Limits,
    folds: ([UInt8]) throws -> Bool
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
      try planEach(fresh, rows, folds)
      limit(rule, tenant, limits)
    }
  }

  private mutating func planEach(
    _ events: [RuleRows.EventRow],
    _ rows: RuleRows,
    _ folds: ([UInt8]) throws -> Bool
  ) rethrows {
    let foldsEvents = rows.reader.rule.kind == .customDetection
    var places: [[UInt8]: Int] = [:]
    var foldedPlaces: [[UInt8]: Int] = [:]
    for event in events {
      var draft = rows.draft(event)
      if foldsEvents, let place = places[draft.signature] {
        let record = alerts[place].keeps ? rows.event(event) : nil
        alerts[place].add(event.time, record, [])
      } else if foldsEvents, let place = foldedPlaces[draft.signature] {
        let record = folded[place].keeps ? rows.event(event) : nil
        folded[place].add(event.time, record, [])
      } else {
        draft.add(event.time, rows.event(event), [])
        if foldsEvents, try folds(draft.signature) {
          foldedPlaces[draft.signature] = folded.count
          folded.append(draft)
        } else {
          places[draft.signature] = alerts.count
          alerts.append(draft)
        }
      }
    }
  }

  /// Puts what is more than a run may raise into one alert that tells how much it is.
  private mutating func limit(_ rule: DetectionRule, _ tenant: String, _ limits: Limits) {
    guard alerts.count > limits.alerts else { return }
    let kept = max(0, limits.alerts - 1)
    let rest = alerts[kept...]
    let identity = EventKey.Identity.overflow(ticks: limits.bucket.ticks)
    var overflow = Self.emptyAlert(
      rule,
      EventKey(tenant: tenant, rule: rule.id, assets: [], identity)
    )
    for draft in rest {
      overflow.eventCount += draft.eventCount
      overflow.firstTime = [overflow.firstTime, draft.firstTime].compactMap { $0 }.min()
      overflow.lastTime = [overflow.lastTime, draft.lastTime].compactMap { $0 }.max()
      overflow.severity = max(overflow.severity, draft.severity)
      overflow.merge(draft)
    }
    overflow.standsFor = rest.count
    overflow.description =
      "\(rest.count) further alerts of this run with \(overflow.eventCount) events stand in this "
      + "one, since a run raises at most \(limits.alerts).\n" + overflow.description
    alerts.removeSubrange(kept...)
    alerts.append(overflow)
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
  private static func emptyAlert(_ rule: DetectionRule, _ key: EventKey) -> AlertDraft {
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

extension AlertDraft {
  /// Whether there is room for a further event.
  var keeps: Bool { events.count < Self.keptEvents }

  fileprivate mutating func merge(_ other: AlertDraft) {
    events += other.events.prefix(Self.keptEvents - events.count)
    let room = Self.entityLimit - entities.count
    if room > 0 { entities += other.entities.filter { !entities.contains($0) }.prefix(room) }
  }
}
