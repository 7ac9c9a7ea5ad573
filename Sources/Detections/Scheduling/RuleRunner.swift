public import Columnar
import DetectionRules
import Hunting

/// Runs a rule in a tenant and commits what came of it.
public struct RuleRunner: Sendable {
  /// What runs may do.
  public struct Limits: Sendable {
    /// The most alerts of a run.
    public var alerts = AlertPlan.defaultAlertLimit
    /// Runs that may fail for good, one after the other, before the rule is turned off.
    public var permanentFailures = 5
    /// Windows of late events that are run one by one; more become one.
    public var lateWindows = 24
    /// How far before its usual window a run looks for late events.
    public var lateHorizon = TimeSpan(ticks: 30 * TimeSpan.ticksPerDay)
    /// How long a run may hold its lease.
    public var lease = TimeSpan(ticks: 15 * TimeSpan.ticksPerMinute)

    public init() {}
  }

  let store: DetectionStore
  let source: any EventSource
  let owner: String
  public var limits: Limits
  /// Told of a rule that was turned off since its runs kept failing: tenant, rule's name and why.
  public var disabled: (@Sendable (String, String, String) throws -> Void)?

  /// - Parameter owner: who holds the leases; two of one name do not keep each other out.
  public init(
    _ store: DetectionStore,
    _ source: any EventSource,
    owner: String,
    limits: Limits = Limits()
  ) {
    self.store = store
    self.source = source
    self.owner = owner
    self.limits = limits
  }

  /// Runs a request, and before it the windows of late events.
  ///
  /// - Returns: the records of what ran; empty where the rule runs elsewhere, or has nothing new.
  public func run(_ request: RunRequest, _ stored: StoredRule) throws -> [RunRecord] {
    guard let rule = stored.rule,
      let assignment = try store.claim(
        request.tenant,
        request.rule,
        owner: owner,
        until: store.now.moved(by: limits.lease.ticks)
      )
    else { return [] }
    guard let current = current(request, rule, assignment) else {
      try store.release(assignment)
      return []
    }
    var run = Run(self, current, rule, stored.version, assignment)
    return try run.perform()
  }

  /// The request as it is under the lease: somebody else may have run the rule or turned it off
  /// since it was made. What people ask for is run in any case.
  private func current(
    _ request: RunRequest,
    _ rule: DetectionRule,
    _ assignment: Assignment
  ) -> RunRequest? {
    if request.cause == .manual { return request }
    return switch RunPlanner.decide(rule, assignment, at: store.now) {
    case .run(let current), .look(let current): current
    case .wait, .skip: nil
    }
  }

  /// Whether a continuous rule has new events, as far as can be told without its lease.
  func hasNews(_ rule: DetectionRule, _ assignment: Assignment) -> Bool {
    guard let events = try? source.events(of: assignment.tenant),
      let newest = try? events.newest(for: rule)
    else { return true }
    return assignment.isBehind(newest)
  }
}

extension Assignment {
  /// Whether rows are visible that it has not seen.
  fileprivate func isBehind(_ newest: [String: Int64]) -> Bool {
    unseenFrom != nil || newest.contains { $0.value > watermark[$0.key] ?? 0 }
  }
}

/// A run under its lease.
private struct Run {
  let runner: RuleRunner
  let request: RunRequest
  let rule: DetectionRule
  let version: Int
  let assignment: Assignment
  private var records: [RunRecord] = []
  private var store: DetectionStore { runner.store }

  init(
    _ runner: RuleRunner,
    _ request: RunRequest,
    _ rule: DetectionRule,
    _ version: Int,
    _ assignment: Assignment
  ) {
    self.runner = runner
    self.request = request
    self.rule = rule
    self.version = version
    self.assignment = assignment
  }

  mutating func perform() throws -> [RunRecord] {
    let started = store.now
    do {
      let events = try opened()
      let newest = try events.newest(for: rule)
      if request.cause == .continuous, !assignment.isBehind(newest) {
        try store.release(assignment)
        return []
      }
      for late in try lateRequests(events) + remainder {
        guard try commit(late, events, newest, started, next: nil) else { return records }
      }
      let progress = Progress(request: request, rule: rule, newest: newest)
      _ = try commit(request, events, newest, started, next: progress)
    } catch let failure as RunFailure {
      try fail(failure, started)
    }
    return records
  }

  private func opened() throws(RunFailure) -> any TenantEvents {
    do {
      return try runner.source.events(of: request.tenant)
    } catch {
      throw RunFailure(error)
    }
  }

  /// Runs of the windows in which late events lie.
  private func lateRequests(_ events: any TenantEvents) throws(RunFailure) -> [RunRequest] {
    guard let step = rule.schedule.frequency, request.cause != .first, assignment.covered != nil
    else { return [] }
    let ends = try events.lateWindows(
      for: rule,
      after: assignment.watermark,
      from: request.start.moved(by: -runner.limits.lateHorizon.ticks),
      to: request.start,
      grid: (assignment.anchor, step)
    )
    let lookback = rule.schedule.lookback.ticks
    guard ends.count > runner.limits.lateWindows, let first = ends.first, let last = ends.last
    else { return ends.map { late($0, from: $0.moved(by: -lookback)) } }
    return [late(last, from: first.moved(by: -lookback))]
  }

  /// What the last run of a rule that had a frequency left to the next, where that is continuous.
  private var remainder: [RunRequest] {
    guard request.cause == .continuous, let start = assignment.unseenFrom else { return [] }
    return [late(request.due, from: start)]
  }

  private func late(_ due: DateTime, from start: DateTime) -> RunRequest {
    RunRequest(
      tenant: request.tenant,
      rule: request.rule,
      cause: .late,
      due: due,
      start: start
    )
  }

  /// Evaluates a request and commits it; false where somebody else took the lease.
  private mutating func commit(
    _ request: RunRequest,
    _ events: any TenantEvents,
    _ newest: [String: Int64],
    _ started: DateTime,
    next: Progress?
  ) throws -> Bool {
    let isContinuous = request.cause == .continuous
    let window = EventWindow(
      from: request.start,
      // What a continuous rule's first run leaves, no other would see.
      to: rule.schedule.isContinuous ? nil : request.due,
      after: isContinuous ? sequences(newest) : [:]
    )
    let rows = try events.rows(
      for: rule,
      tenant: request.tenant,
      over: window,
      now: request.due
    )
    // The times of new events say nothing: the newest of them stands for their run.
    let bucket = isContinuous ? DateTime(ticks: newest.values.reduce(0, &+)) : request.due
    let plan = try plan(rows, request, bucket: bucket)
    var commit = RunCommit(
      record: record(request, started, rows: rows.rowCount),
      assignment: assignment,
      rule: rule
    )
    commit.plan = plan
    commit.gap = request.gap
    commit.endsLease = next != nil
    if let next { commit.next = { next.apply(to: &$0, plan) } }
    guard let written = try store.commit(commit) else { return false }
    records.append(written)
    return true
  }

  /// Tables that had no rows at the last run are read whole.
  private func sequences(_ newest: [String: Int64]) -> [String: Int64] {
    newest.reduce(into: [:]) { $0[$1.key] = assignment.watermark[$1.key] ?? 0 }
  }

  private func plan(
    _ rows: RuleRows,
    _ request: RunRequest,
    bucket: DateTime
  ) throws -> AlertPlan {
    let isContinuous = request.cause == .continuous
    let known = try store.knownEvents(
      request.tenant,
      request.rule,
      since: isContinuous ? rows.firstTime ?? request.due : request.start
    )
    return try AlertPlan(
      rows,
      tenant: request.tenant,
      known: known,
      limits: AlertPlan.Limits(alerts: alertLimit, bucket: bucket)
    ) { signature in
      try store.foldTarget(request.tenant, request.rule, signature)
    }
  }

  private var alertLimit: Int {
    rule.kind == .sentinelNearRealTime
      ? min(runner.limits.alerts, DetectionRule.mostNearRealTimeAlerts) : runner.limits.alerts
  }

  private func record(_ request: RunRequest, _ started: DateTime, rows: Int) -> RunRecord {
    var record = RunRecord(
      tenant: request.tenant,
      rule: request.rule,
      version: version,
      cause: request.cause,
      due: request.due,
      start: request.start,
      end: request.due,
      started: started,
      finished: started
    )
    record.rows = rows
    return record
  }

  /// Writes down that a run failed, and when it runs again over the same window.
  private mutating func fail(_ failure: RunFailure, _ started: DateTime) throws {
    var record = record(request, started, rows: 0)
    record.failure = failure
    var commit = RunCommit(record: record, assignment: assignment, rule: rule)
    let failures = assignment.failures + 1
    let isGivenUp = failure.isPermanent && failures >= runner.limits.permanentFailures
    let retry = RunPlanner.retry(rule, failures: failures, after: store.now)
    commit.next = { assignment in
      assignment.failures = failures
      assignment.retryAt = retry
      if isGivenUp { assignment.state = .autoDisabled }
    }
    if isGivenUp {
      commit.healthAlert = .health(of: rule, tenant: request.tenant, failure, at: store.now)
    }
    guard let written = try store.commit(commit) else { return }
    records.append(written)
    if isGivenUp { try runner.disabled?(request.tenant, rule.name, failure.reason) }
  }
}

/// What a completed run leaves for the next.
private struct Progress: Sendable {
  let request: RunRequest
  let rule: DetectionRule
  /// The sequence numbers that were newest before it looked.
  let newest: [String: Int64]

  func apply(to assignment: inout Assignment, _ plan: AlertPlan) {
    if seesNews(assignment) {
      assignment.watermark.merge(newest) { max($0, $1) }
      assignment.unseenFrom = rule.schedule.isContinuous ? nil : request.due
    }
    assignment.failures = 0
    assignment.retryAt = nil
    // A run on demand starts the interval anew; the clock going back takes nothing back.
    if request.cause == .manual { assignment.anchor = request.due }
    assignment.covered = max(request.due, assignment.covered ?? request.due)
    if let rest = rule.suppression, !plan.alerts.isEmpty {
      assignment.suppressedUntil = request.due.moved(by: rest.ticks)
    }
  }

  /// Whether it saw all rows that became visible since the last run. One that somebody asked for
  /// does not where its window ends before that of the last, nor for a continuous rule, for which
  /// late events are looked for by their numbers alone.
  private func seesNews(_ assignment: Assignment) -> Bool {
    if request.cause != .manual { return true }
    guard let covered = assignment.covered else { return true }
    return !rule.schedule.isContinuous && request.due >= covered
  }
}
