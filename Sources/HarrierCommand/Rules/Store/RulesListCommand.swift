import ArgumentParser
import DetectionRules
import Detections
import Execution
import Hunting

/// `harrier rules list`.
struct RulesListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the rules at work: state, last and next run, alerts.",
    discussion: """
        harrier rules list --store logs
        harrier rules list --store logs --tenant group:europe --state autoDisabled
        harrier rules list --store logs --severity high --tactic Execution --format json
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var filter: RuleFilter

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    let items = try opened.detections.items(in: Set(opened.tenants)).filter(filter.holds)
    try console.write(RuleListing.items(items, at: opened.detections.now), as: format)
    return 0
  }
}

/// Which of the rules at work a command is about.
struct RuleFilter: ParsableArguments {
  @Option(help: ArgumentHelp("enabled, disabled or autoDisabled.", valueName: "state"))
  var state: String?

  @Option(help: ArgumentHelp("informational, low, medium or high.", valueName: "severity"))
  var severity: String?

  @Option(help: ArgumentHelp("A tactic of ATT&CK, such as LateralMovement.", valueName: "tactic"))
  var tactic: String?

  func validate() throws {
    if let state, RuleState(rawValue: state) == nil {
      throw ValidationError("--state is enabled, disabled or autoDisabled.")
    }
    if let severity, DetectionRules.Severity(reading: severity) == nil {
      throw ValidationError("--severity is informational, low, medium or high.")
    }
    if let tactic, Tactic(reading: tactic) == nil {
      throw ValidationError("--tactic is a tactic of ATT&CK, such as LateralMovement.")
    }
  }

  func holds(_ item: RuleListing.Item) -> Bool {
    let rule = item.rule.rule
    if let state, item.assignment.state.rawValue != state { return false }
    if let severity, rule?.severity != DetectionRules.Severity(reading: severity) { return false }
    if let tactic = tactic.flatMap({ Tactic(reading: $0) }) {
      return rule?.tactics.contains(tactic) ?? false
    }
    return true
  }
}
