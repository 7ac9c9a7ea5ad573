public import Columnar
public import DetectionRules

/// A run that is due.
public struct RunRequest: Sendable, Equatable {
  public let tenant: String
  public let rule: String
  public let cause: RunRecord.Cause
  /// The instant of the rule's grid that the run stands for, which ends its window.
  public let due: DateTime
  /// The first instant of the window.
  public let start: DateTime
  /// What was missed before, and is made up for.
  public var gap: Gap?
}

/// What a rule in a tenant is to do.
public enum Decision: Sendable, Equatable {
  /// Nothing before an instant; nil for nothing at all.
  case wait(until: DateTime?)
  case run(RunRequest)
  /// Look whether there are new events.
  case look(RunRequest)
  /// What is due is not to be run.
  case skip(to: DateTime, Gap.Reason)
}

/// Tells when rules run: at anchor + n × frequency, each instant once.
///
/// It depends on nothing but its arguments. The clock going back makes it wait; times that passed
/// unseen become one run.
public enum RunPlanner {
  /// What a rule in a tenant is to do at an instant.
  public static func decide(
    _ rule: DetectionRule,
    _ assignment: Assignment,
    at now: DateTime
  ) -> Decision {
    if assignment.state != .enabled { return .wait(until: nil) }
    if let retry = assignment.retryAt, retry > now { return .wait(until: retry) }
    guard let covered = assignment.covered else { return first(rule, assignment, now) }
    guard let frequency = rule.schedule.frequency, frequency.ticks > 0 else {
      return continuous(rule, assignment, covered, now)
    }
    let latency = rule.schedule.delay.ticks + jitter(assignment, frequency)
    let reached = now.moved(by: -latency)
    let due = gridTime(atOrBefore: reached, assignment.anchor, frequency)
    guard let due, due > covered else {
      let next = gridTime(after: covered, assignment.anchor, frequency)
      return .wait(until: next.moved(by: latency))
    }
    if let rest = assignment.suppressedUntil, rest > due { return .skip(to: due, .suppressed) }
    return .run(scheduled(rule, assignment, due, covered, frequency))
  }

  private static func first(
    _ rule: DetectionRule,
    _ assignment: Assignment,
    _ now: DateTime
  ) -> Decision {
    // A first run stands for the anchor, however late it comes.
    let due = min(assignment.anchor, now)
    let lookback =
      rule.kind == .customDetection
      ? RuleSchedule.firstLookback : rule.schedule.lookback
    return .run(
      RunRequest(
        tenant: assignment.tenant,
        rule: assignment.rule,
        cause: .first,
        due: due,
        start: due.moved(by: -lookback.ticks)
      )
    )
  }

  private static func scheduled(
    _ rule: DetectionRule,
    _ assignment: Assignment,
    _ due: DateTime,
    _ covered: DateTime,
    _ frequency: TimeSpan
  ) -> RunRequest {
    let usual = due.moved(by: -rule.schedule.lookback.ticks)
    let missed = due.ticks - covered.ticks - frequency.ticks
    if missed < frequency.ticks {
      // Also where an edit moved the grid: no event between two windows stays unseen.
      return RunRequest(
        tenant: assignment.tenant,
        rule: assignment.rule,
        cause: .scheduled,
        due: due,
        start: min(usual, covered)
      )
    }
    // The window of the first run that was missed starts it.
    let overlap = max(0, rule.schedule.lookback.ticks - frequency.ticks)
    return RunRequest(
      tenant: assignment.tenant,
      rule: assignment.rule,
      cause: .catchUp,
      due: due,
      start: min(usual, covered.moved(by: -overlap)),
      gap: Gap(
        start: covered,
        end: due,
        reason: assignment.failures > 0 ? .failed : .downtime
      )
    )
  }

  private static func continuous(
    _ rule: DetectionRule,
    _ assignment: Assignment,
    _ covered: DateTime,
    _ now: DateTime
  ) -> Decision {
    if let rest = assignment.suppressedUntil, rest > now { return .wait(until: rest) }
    return .look(
      RunRequest(
        tenant: assignment.tenant,
        rule: assignment.rule,
        cause: .continuous,
        due: max(now, covered),
        start: DateTime(ticks: 0)
      )
    )
  }

  /// The window of a run that somebody asks for.
  public static func manual(
    _ rule: DetectionRule,
    _ assignment: Assignment,
    at due: DateTime
  ) -> RunRequest {
    let isFirst = assignment.covered == nil && rule.kind == .customDetection
    let lookback = isFirst ? RuleSchedule.firstLookback : rule.schedule.lookback
    return RunRequest(
      tenant: assignment.tenant,
      rule: assignment.rule,
      cause: .manual,
      due: due,
      start: due.moved(by: -lookback.ticks)
    )
  }

  /// Whether it is still known which events of a run's window alerted: the keys of events that are
  /// further behind the last run than any other run looks back are forgotten.
  public static func knowsEvents(of request: RunRequest, _ assignment: Assignment) -> Bool {
    guard let covered = assignment.covered else { return true }
    return request.start >= covered.moved(by: -DetectionStore.keyReach.ticks)
  }

  /// The last instant of a grid that is not behind an instant; nil where that lies before it.
  public static func gridTime(
    atOrBefore time: DateTime,
    _ anchor: DateTime,
    _ frequency: TimeSpan
  ) -> DateTime? {
    let passed = time.ticks - anchor.ticks
    if passed < 0 { return nil }
    return DateTime(ticks: anchor.ticks + passed / frequency.ticks * frequency.ticks)
  }

  /// The first instant of a grid behind an instant, also before its anchor.
  public static func gridTime(
    after time: DateTime,
    _ anchor: DateTime,
    _ frequency: TimeSpan
  ) -> DateTime {
    let passed = time.ticks - anchor.ticks
    let steps =
      passed >= 0 || passed % frequency.ticks == 0
      ? passed / frequency.ticks : passed / frequency.ticks - 1
    return anchor.moved(by: (steps + 1) * frequency.ticks)
  }

  /// What a start is put off by, so that rules which were put to work together do not start
  /// together: up to a tenth of the frequency and 5 minutes, the same each time.
  static func jitter(_ assignment: Assignment, _ frequency: TimeSpan) -> Int64 {
    let most = min(frequency.ticks / 10, 5 * TimeSpan.ticksPerMinute)
    if most <= 0 { return 0 }
    var canonical = CanonicalBytes("harrier jitter", version: 1)
    canonical.append(assignment.tenant)
    canonical.append(assignment.rule)
    let number = canonical.digest.prefix(7).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return number % most
  }

  /// When a rule that failed runs again: after 1, 2, 4 … minutes, at most its frequency or an hour.
  static func retry(_ rule: DetectionRule, failures: Int, after now: DateTime) -> DateTime {
    let most = min(rule.schedule.frequency?.ticks ?? .max, TimeSpan.ticksPerHour)
    let wanted = TimeSpan.ticksPerMinute << Int64(min(max(0, failures - 1), 16))
    return now.moved(by: min(most, wanted))
  }
}
