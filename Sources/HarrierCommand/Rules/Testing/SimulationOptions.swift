import ArgumentParser
import Columnar
import DetectionRules
import Detections
import Execution
import FileAccess
import Hunting
import SourceText
import Tenancy

/// Over which runs and which events a rule is tried.
struct SimulationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many runs, the last at the end.", valueName: "count"))
  var last = 50

  @Option(
    help: ArgumentHelp(
      "The end of the last run, such as 2026-03-12T00:00Z; left out: now.",
      valueName: "time"
    )
  )
  var until: String?

  @Option(
    help: ArgumentHelp(
      "The time between runs; left out: the rule's, an hour for rules that run continuously.",
      valueName: "time"
    )
  )
  var every: String?

  @Option(help: ArgumentHelp("The rule of a file that holds several.", valueName: "name"))
  var name: String?

  @Flag(help: "Show the alerts in the place of the runs.")
  var alerts = false

  @Option(help: "How to write rows: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  @OptionGroup var data: DataOptions
  @OptionGroup var limits: RunOptions

  func validate() throws {
    if last <= 0 || last > 10_000 { throw ValidationError("--last must be 1 to 10000.") }
    if let until, DateTime(parsing: Array(until.utf8)) == nil {
      throw ValidationError("--until is a time such as 2026-03-12T00:00Z.")
    }
    if let every, (RuleDuration.read(every)?.ticks ?? 0) <= 0 {
      throw ValidationError("--every is a time such as 1h or PT1H.")
    }
    if data.store == nil, data.load.isEmpty {
      throw ValidationError("name events with --store DIR or --load TABLE=FILE.")
    }
  }

  var end: DateTime {
    until.flatMap { DateTime(parsing: Array($0.utf8)) }
      ?? DateTime(ticks: SystemClock().wallTicks)
  }

  /// The times of the runs of a rule.
  func times(_ rule: DetectionRule) -> [DateTime] {
    RuleSimulation.times(last: last, until: end, every: step(rule))
  }

  func step(_ rule: DetectionRule) -> TimeSpan {
    every.flatMap(RuleDuration.read) ?? rule.schedule.frequency
      ?? TimeSpan(ticks: TimeSpan.ticksPerHour)
  }

  var budget: RuleEvaluation.Budget {
    RuleEvaluation.Budget(memory: limits.memoryLimit, seconds: limits.timeout)
  }

  /// An engine for each tenant, since rules run in each by itself.
  func engines(
    _ rules: [DetectionRule],
    _ console: Console
  ) throws -> [(tenant: String, engine: HuntingEngine)] {
    var engine = HuntingEngine(options: limits.executionOptions)
    let opened = try data.load(into: &engine, console, memoryLimit: limits.memoryLimit)
    guard let opened else {
      // Rules mean the same on every machine: one's own functions are not in them.
      engine.setFunctions([])
      return [("files", engine)]
    }
    for rule in rules { try opened.note(hunt: SourceText(rule.query.text)) }
    let names = opened.scope.tenants.map(\.name)
    if names.count == 1 { return [(names[0], engine)] }
    let cache = SegmentCache(limitBytes: limits.memoryLimit / 4)
    return try names.map { name in
      var each = engine
      _ = try data.openStore(for: &each, console, cache, over: TenantSelection(name))
      return (name, each)
    }
  }
}

/// A command that tries rules over events.
protocol SimulationCommand: ConsoleCommand {
  var options: SimulationOptions { get }
  func simulate(_ console: Console) throws -> Int32
}

extension SimulationCommand {
  func run(_ console: Console) throws -> Int32 {
    do {
      return try simulate(console)
    } catch let refusal as RuleSource.Refusal {
      console.note("error: \(TerminalText(refusal.message).text)")
      return ExitCodes.queryError
    }
  }

  /// The exit code of runs that failed, each told of once; nil where none did.
  func code(of simulations: [RuleSimulation], _ console: Console) -> Int32? {
    let failures = simulations.flatMap(\.failures)
    guard let first = failures.first else { return nil }
    let reason = TerminalText("\(first.code.rawValue): \(first.reason)").text
    console.note("error: \(failures.count) runs fail; the first with \(reason)")
    return failures.allSatisfy(\.hitsLimit) ? ExitCodes.limit : ExitCodes.queryError
  }

  /// Whether people read what is written, as tables with charts.
  var isForPeople: Bool {
    options.format == .table || (options.format == nil && Terminal.isTerminal(.output))
  }
}
