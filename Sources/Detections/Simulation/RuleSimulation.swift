public import Columnar
public import DetectionRules
public import Hunting

/// A run that a rule would have had.
public struct SimulatedRun: Sendable {
  /// How it ended.
  public enum Ending: Sendable, Equatable {
    case evaluated
    /// Not run, since the rule rests after an alert.
    case suppressed
    case failed(RunFailure)
  }

  public let window: EventWindow
  /// The end of the window, which is `now()`.
  public let time: DateTime
  public var ending = Ending.evaluated
  /// Rows of the query.
  public var rowCount = 0
  /// Alerts that it raised.
  public var alertCount = 0
  /// Events that became further evidence of alerts of earlier runs.
  public var foldedCount = 0
}

/// Runs a rule at times of the past, or of a test, and keeps what it would have raised.
public struct RuleSimulation: Sendable {
  public let rule: DetectionRule
  public let tenant: String
  public private(set) var runs: [SimulatedRun] = []
  public private(set) var history = AlertHistory()
  private let evaluation: RuleEvaluation
  private var restsUntil: DateTime?

  public init(
    _ rule: DetectionRule,
    tenant: String,
    budget: RuleEvaluation.Budget = RuleEvaluation.Budget()
  ) {
    self.rule = rule
    self.tenant = tenant
    evaluation = RuleEvaluation(rule, tenant: tenant, budget: budget)
  }

  /// Runs once more, at a time behind those of the runs before.
  ///
  /// - Parameter lookback: how far back it reads; nil for as far as the rule says.
  public mutating func run(
    _ engine: HuntingEngine,
    at time: DateTime,
    lookback: TimeSpan? = nil
  ) {
    let start = time.moved(by: -(lookback ?? rule.schedule.lookback).ticks)
    var run = SimulatedRun(window: EventWindow(from: start, to: time), time: time)
    if let restsUntil, time < restsUntil {
      run.ending = .suppressed
      runs.append(run)
      return
    }
    do throws(RunFailure) {
      let rows = try evaluation.rows(engine, over: run.window, now: time)
      let before = history.entries.count
      let plan = history.take(rows, tenant: tenant, run: runs.count + 1, at: time)
      run.rowCount = rows.rowCount
      run.alertCount = history.entries.count - before
      run.foldedCount = plan.folded.reduce(0) { $0 + $1.events.eventCount }
      if run.alertCount > 0, let rest = rule.suppression {
        restsUntil = time.moved(by: rest.ticks)
      }
    } catch {
      run.ending = .failed(error)
    }
    runs.append(run)
  }

  /// Why runs failed, in their order.
  public var failures: [RunFailure] {
    runs.compactMap { run in
      if case .failed(let failure) = run.ending { failure } else { nil }
    }
  }

  /// The last due times of a rule up to a time, the earliest first.
  public static func times(last count: Int, until end: DateTime, every step: TimeSpan) -> [DateTime]
  {
    var times: [DateTime] = []
    var ticks = end.ticks
    while times.count < count, ticks >= 0 {
      times.append(DateTime(ticks: ticks))
      let (earlier, overflows) = ticks.subtractingReportingOverflow(max(1, step.ticks))
      if overflows { break }
      ticks = earlier
    }
    return times.reversed()
  }
}
