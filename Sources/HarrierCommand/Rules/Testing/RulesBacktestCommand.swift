import ArgumentParser
import DetectionRules
import Detections
import FileAccess
import Hunting

/// `harrier rules backtest`: what two versions of a rule would have raised over the same events.
struct RulesBacktestCommand: SimulationCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Compare what two versions of a rule would have raised over stored events.",
    discussion: """
      Both run as 'harrier rules simulate' runs them, each as often as its schedule says, up to \
      the same time. An alert is in both where one of its events alerted in the other version \
      too; events are the same where their impacted entities and their records are (time, device \
      and ReportId, or all columns of rows without those).

        harrier rules backtest rules/odd.yaml rules/psexec.yaml --store logs

      Exit codes: 0 both alert about the same events, 1 they differ or a run fails.
      """
  )

  @Argument(help: ArgumentHelp("The file of one version.", valueName: "A"))
  var first: String

  @Argument(help: ArgumentHelp("The file of the other version.", valueName: "B"))
  var second: String

  @OptionGroup var options: SimulationOptions

  func simulate(_ console: Console) throws -> Int32 {
    let rules = try [first, second].map { path in
      RuleComparison.comparable(try RuleSource.rule(path, named: options.name))
    }
    var comparison = RuleComparison()
    var simulations: [[RuleSimulation]] = [[], []]
    for (tenant, engine) in try options.engines(rules, console) {
      let both = rules.map { rule in
        var simulation = RuleSimulation(rule, tenant: tenant, budget: options.budget)
        for time in options.times(rule) { simulation.run(engine, at: time) }
        return simulation
      }
      comparison.add(both[0].history, both[1].history)
      for (place, simulation) in both.enumerated() { simulations[place].append(simulation) }
    }
    let failure = code(of: simulations.flatMap { $0 }, console)
    let code = failure ?? (comparison.isSame ? 0 : ExitCodes.queryError)
    return try console.writing(for: code) {
      try write(simulations, comparison, console)
      console.note(Self.summary(comparison))
    }
  }

  private func write(
    _ simulations: [[RuleSimulation]],
    _ comparison: RuleComparison,
    _ console: Console
  ) throws {
    let marked =
      comparison.onlyFirst.map { (mark: "A", entry: $0) }
      + comparison.onlySecond.map { (mark: "B", entry: $0) }
    let alerts = SimulationTables.alerts(marked, mark: "Only")
    if options.alerts { return try console.write(alerts, as: options.format) }
    let rounds = simulations.map(SimulationTables.Round.all)
    try console.write(SimulationTables.runs(rounds[0], rounds[1]), as: options.format)
    if isForPeople, !marked.isEmpty {
      try console.write(Array("\n".utf8))
      try console.write(alerts, as: options.format)
    }
  }

  private static func summary(_ comparison: RuleComparison) -> String {
    "alerts: \(comparison.bothCount) in both, \(comparison.onlyFirst.count) only in A, "
      + "\(comparison.onlySecond.count) only in B"
  }
}
