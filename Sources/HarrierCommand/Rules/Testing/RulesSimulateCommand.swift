import ArgumentParser
import DetectionRules
import Detections
import Execution
import FileAccess
import Hunting

/// `harrier rules simulate`: what a rule would have raised over the events that are there.
struct RulesSimulateCommand: SimulationCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Show what a rule would have raised over stored events.",
    discussion: """
      Runs the rule as the schedule would have, as many times as --last says: each run reads the \
      lookback of the rule behind its time, an event alerts once, further events of the same \
      entities and details within a lookback of an alert are evidence of it, and a rule with \
      suppression rests after an alert. Nothing is written to the store. Each tenant is by \
      itself; counts are of all.

        harrier rules simulate rules/psexec.yaml --store logs --last 24
        harrier rules simulate rules/psexec.yaml --store logs --last 24 --first

      With --first the first run reads 30 days, as that of a custom detection which is new; else \
      all runs are those of a rule that has run before. Late events do not show: rows are kept \
      without the time at which they came, so that a run sees all events of its window that are \
      there now.
      """
  )

  @Argument(help: ArgumentHelp("The file of the rule.", valueName: "rule"))
  var path: String

  @OptionGroup var options: SimulationOptions

  @Flag(help: "Have the first run read 30 days, as that of a new custom detection.")
  var first = false

  func simulate(_ console: Console) throws -> Int32 {
    let rule = try RuleSource.rule(path, named: options.name)
    let times = options.times(rule)
    let simulations = try options.engines([rule], console).map { tenant, engine in
      var simulation = RuleSimulation(rule, tenant: tenant, budget: options.budget)
      for (number, time) in times.enumerated() {
        let isFirst = first && number == 0 && rule.kind == .customDetection
        simulation.run(engine, at: time, lookback: isFirst ? RuleSchedule.firstLookback : nil)
      }
      return simulation
    }
    let rounds = SimulationTables.Round.all(simulations)
    let code = code(of: simulations, console) ?? 0
    return try console.writing(for: code) {
      if options.alerts {
        try console.write(alerts(simulations), as: options.format)
      } else {
        try console.write(SimulationTables.runs(rounds), as: options.format)
        if isForPeople { try draw(rounds, console) }
      }
      console.note(summary(rule, rounds))
    }
  }

  private func alerts(_ simulations: [RuleSimulation]) -> QueryResult {
    let marked = simulations.flatMap { simulation in
      simulation.history.entries.map { (mark: simulation.tenant, entry: $0) }
    }
    return SimulationTables.alerts(marked, mark: "Tenant")
  }

  private func draw(_ rounds: [SimulationTables.Round], _ console: Console) throws {
    if rounds.allSatisfy({ $0.alertCount == 0 }) { return }
    let drawing = ChartDrawing(width: Terminal.width(.output) ?? 80)
    let bars = rounds.map { (label: $0.label, value: Double($0.alertCount)) }
    let lines = ["", "alerts of each run"] + (drawing.bars(bars) ?? [])
    try console.write(Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  private func summary(_ rule: DetectionRule, _ rounds: [SimulationTables.Round]) -> String {
    let alerts = rounds.reduce(0) { $0 + $1.alertCount }
    let folded = rounds.reduce(0) { $0 + $1.foldedCount }
    let most = rounds.map(\.alertCount).max() ?? 0
    return "\(rounds.count) runs, one every \(RuleDuration.short(options.step(rule))): "
      + "alerts: \(alerts), at most \(most) in a run; further events of alerts: \(folded)"
  }
}
