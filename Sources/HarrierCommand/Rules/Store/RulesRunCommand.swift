import ArgumentParser
import Columnar
import Detections
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText

/// `harrier rules run`.
struct RulesRunCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run rules now, or what is due, once.",
    discussion: """
      Rules that are named run at once, and their intervals start anew. Without names what is due \
      runs, as 'harrier schedule' would have it.

        harrier rules run --store logs 'Odd sign-in'
        harrier rules run --store logs --tenant contoso --at 2026-01-31T12:00:00Z
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions

  @Argument(
    help: ArgumentHelp("Names or ids of rules; none means what is due.", valueName: "rules")
  )
  var names: [String] = []

  @OptionGroup var time: TimeOption

  @Option(help: "How to write the runs: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules(clock: time.clock)
    let (runner, _) = try opened.runner(limits, owner: "run \(Machine.processNumber)")
    let runs = names.isEmpty ? try due(opened, runner) : try asked(opened, runner)
    try ResponseStep(opened, place.selection, limits, clock: time.clock)?.step(console)
    let names = try opened.ruleNames()
    for run in runs {
      guard let failure = run.failure else { continue }
      let name = names[run.rule] ?? run.rule
      let text = "\(run.tenant): \(name): \(failure.code.rawValue): \(failure.reason)"
      console.note("error: \(TerminalText(text).text)")
    }
    try console.write(RuleListing.runs(runs, names: names), as: format)
    return runs.contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }

  private func due(_ opened: OpenedRules, _ runner: RuleRunner) throws -> [RunRecord] {
    let scheduler = Scheduler(
      opened.detections,
      runner,
      threads: limits.threads,
      tenants: Set(opened.tenants)
    )
    var runs: [RunRecord] = []
    while true {
      let tick = try scheduler.tick()
      runs += tick.runs
      if !tick.isBehind || tick.runs.isEmpty { return runs }
    }
  }

  private func asked(_ opened: OpenedRules, _ runner: RuleRunner) throws -> [RunRecord] {
    var runs: [RunRecord] = []
    for stored in try opened.rules(names) {
      for tenant in opened.tenants {
        guard let rule = stored.rule,
          let assignment = try opened.detections.assignment(tenant, stored.id)
        else { continue }
        let request = RunPlanner.manual(rule, assignment, at: opened.detections.now)
        if !RunPlanner.knowsEvents(of: request, assignment) {
          throw DetectionFailure(
            "'\(stored.name)' in \(tenant) cannot run over events from \(request.start.text) on: "
              + "which of them alerted is forgotten; choose a later --at"
          )
        }
        runs += try runner.run(request, stored)
      }
    }
    return runs
  }
}
