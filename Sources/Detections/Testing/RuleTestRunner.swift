import Columnar
import DetectionRules
import Execution
public import FileAccess
import Hunting
import StructuredText

/// Runs the cases of test files side by side, each in an engine of its own.
public struct RuleTestRunner: Sendable {
  private let files: any FileSystem
  private let clock: any Clock
  private let budget: RuleEvaluation.Budget

  public init(
    files: any FileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock(),
    budget: RuleEvaluation.Budget = RuleEvaluation.Budget()
  ) {
    self.files = files
    self.clock = clock
    self.budget = budget
  }

  /// Runs the cases that `includes` lets, in the order of the files.
  ///
  /// - Parameter jobs: cases that run at a time.
  public func run(
    _ tests: [RuleTestFile],
    jobs: Int,
    includes: (RuleTestFile, RuleTestCase) -> Bool = { _, _ in true }
  ) throws -> RuleTestSummary {
    let start = clock.monotonicNanoseconds
    var items: [(file: RuleTestFile, item: RuleTestCase?)] = []
    for file in tests {
      if file.problems.isEmpty {
        items += file.cases.filter { includes(file, $0) }.map { (file, $0) }
      } else {
        items.append((file, nil))
      }
    }
    let tables = TestFileTables(files)
    let work = items
    let results = try ParallelWork.results(work.count, threads: jobs) { index in
      guard let item = work[index].item else { return Self.outcome(of: work[index].file) }
      let run = RuleTestRun(work[index].file, item, tables, budget)
      let begin = clock.monotonicNanoseconds
      var outcome = run.outcome()
      outcome.nanoseconds = clock.monotonicNanoseconds - begin
      return outcome
    }
    let outcomes = try results.map { try $0.get() }
    return RuleTestSummary(
      outcomes: outcomes,
      nanoseconds: clock.monotonicNanoseconds - start
    )
  }

  /// The outcome of a file of which no case can run.
  private static func outcome(of file: RuleTestFile) -> RuleTestOutcome {
    var outcome = RuleTestOutcome(
      path: file.path,
      name: nil,
      place: file.problems.first?.place ?? .none,
      ruleName: file.rule?.name
    )
    outcome.problems = file.problems.map { RuleTestProblem($0) }
    return outcome
  }
}

/// A case that is run.
struct RuleTestRun {
  private let file: RuleTestFile
  private let item: RuleTestCase
  private let tables: TestFileTables
  private let budget: RuleEvaluation.Budget

  init(
    _ file: RuleTestFile,
    _ item: RuleTestCase,
    _ tables: TestFileTables,
    _ budget: RuleEvaluation.Budget
  ) {
    self.file = file
    self.item = item
    self.tables = tables
    self.budget = budget
  }

  func outcome() -> RuleTestOutcome {
    var outcome = RuleTestOutcome(
      path: file.path,
      name: item.name,
      place: item.place,
      ruleName: file.rule?.name
    )
    outcome.problems = item.problems.map { RuleTestProblem($0) }
    guard outcome.problems.isEmpty, let rule = file.rule else { return outcome }
    do throws(RuleTestProblem) {
      let times = try times(rule)
      let engine = try engine()
      var simulation = RuleSimulation(rule, tenant: "test", budget: budget)
      for time in times { simulation.run(engine, at: time, lookback: item.window) }
      hold(simulation, &outcome)
    } catch {
      outcome.problems = [error]
    }
    return outcome
  }

  private func hold(_ simulation: RuleSimulation, _ outcome: inout RuleTestOutcome) {
    let failure = simulation.failures.first
    outcome.alerts = simulation.history.entries
    outcome.hitLimit = failure?.hitsLimit ?? false
    let check = AlertExpectationCheck(outcome.alerts, failure, runs: simulation.runs.count)
    outcome.problems = check.problems(item.expectation, of: item)
    if !outcome.problems.isEmpty { outcome.replacement = check.replacement(item.expectation) }
  }

  private func times(_ rule: DetectionRule) throws(RuleTestProblem) -> [DateTime] {
    switch item.runs {
    case .times(let times): return times
    case .count(1): return [item.now]
    case .count(let count):
      guard let step = rule.schedule.frequency else {
        throw RuleTestProblem(
          "HT004",
          "a rule that runs continuously has no time between its runs",
          at: item.place,
          help: "write them out, as in runs: [now, now+1h]"
        )
      }
      return (0..<count).map { number in
        let (ticks, overflows) = step.ticks.multipliedReportingOverflow(by: Int64(number))
        return item.now.moved(by: overflows ? .max : ticks)
      }
    }
  }

  private func engine() throws(RuleTestProblem) -> HuntingEngine {
    var engine = HuntingEngine(options: ExecutionOptions(threads: 1))
    for table in item.events { engine.add(try rows(table, table.name), named: table.name) }
    for list in item.watchlists {
      let name = HuntingEngine.watchlistTable(list.name)
      engine.add(try rows(list, name), named: name)
    }
    return engine
  }

  private func rows(_ table: TestTable, _ name: String) throws(RuleTestProblem) -> ColumnTable {
    switch table.content {
    case .rows(let rows): return rows
    case .files(let paths, let columns):
      let loaded: TestFileTables.Loaded
      do {
        loaded = try tables.table(.init(table: name, paths: paths, columns: columns))
      } catch {
        throw RuleTestProblem("HT009", "\(error)", at: table.place)
      }
      if let problem = loaded.problems.first {
        throw RuleTestProblem(
          "HT009",
          problem,
          details: Array(loaded.problems.dropFirst()),
          at: table.place
        )
      }
      return loaded.table
    }
  }
}
