import ArgumentParser
import DetectionRules
import Detections
import Hunting
import Tenancy

/// The rules that a change in bulk is about.
struct RuleChoice: ParsableArguments {
  @OptionGroup var place: TenantPlace
  @OptionGroup var filter: RuleFilter

  @Argument(help: ArgumentHelp("Names or ids of rules; none means all.", valueName: "rules"))
  var names: [String] = []

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  /// Does something with each rule in each tenant, tells what came of it, and goes on where one
  /// fails.
  func forEach(
    _ console: Console,
    _ body: (OpenedRules, RuleListing.Item) throws -> String
  ) throws -> Int32 {
    let opened = try place.openRules()
    let chosen = Set(try opened.rules(names).map(\.id))
    var outcomes: [(tenant: String, rule: String, outcome: String)] = []
    var code: Int32 = 0
    for item in try opened.detections.items(in: Set(opened.tenants))
    where chosen.contains(item.rule.id) && filter.holds(item) {
      let outcome: String
      do {
        outcome = try body(opened, item)
      } catch {
        outcome = "failed: \(error)"
        code = ExitCodes.queryError
      }
      outcomes.append((item.assignment.tenant, item.rule.name, outcome))
    }
    try console.write(RuleListing.outcomes(outcomes), as: format)
    return code
  }
}

/// `harrier rules enable`.
struct RulesEnableCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Turn rules on, in many tenants at once; what they missed is noted as a gap.",
    discussion: """
        harrier rules enable --store logs --tenant contoso 'Odd sign-in'
        harrier rules enable --store logs --state autoDisabled
      """
  )

  @OptionGroup var choice: RuleChoice

  func run(_ console: Console) throws -> Int32 {
    try choice.forEach(console) { opened, item in
      try opened.turnOn(item)
      return "enabled"
    }
  }
}

/// `harrier rules disable`.
struct RulesDisableCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Turn rules off, in many tenants at once.",
    discussion: """
        harrier rules disable --store logs 'Odd sign-in'
        harrier rules disable --store logs --tenant group:europe --severity low
      """
  )

  @OptionGroup var choice: RuleChoice

  func run(_ console: Console) throws -> Int32 {
    try choice.forEach(console) { opened, item in
      try opened.turnOff(item)
      return "disabled"
    }
  }
}

/// `harrier rules remove`.
struct RulesRemoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take rules away from tenants; their alerts and runs stay.",
    discussion: """
        harrier rules remove --store logs --tenant contoso 'Odd sign-in'
      """
  )

  @OptionGroup var choice: RuleChoice

  func validate() throws {
    if choice.names.isEmpty { throw ValidationError("Name the rules that are to be removed.") }
  }

  func run(_ console: Console) throws -> Int32 {
    try choice.forEach(console) { opened, item in
      let tenant = item.assignment.tenant
      _ = try opened.detections.unassign(item.rule.id, from: tenant)
      try opened.note("rule removed", tenant, detail: item.rule.name)
      return "removed"
    }
  }
}

extension OpenedRules {
  /// Turns a rule on in a tenant, from the rows on that become visible now.
  func turnOn(_ item: RuleListing.Item) throws {
    let tenant = item.assignment.tenant
    guard let rule = item.rule.rule else {
      throw DetectionFailure("the rule cannot be read; add it anew with 'harrier rules add'")
    }
    let events = try events(HuntingEngine(), for: .manageDetections).events(of: tenant)
    let newest = try events.newest(for: rule)
    _ = try detections.turnOn(rule, in: tenant, newest: newest)
    try note("rule enabled", tenant, detail: item.rule.name)
  }

  /// Turns a rule off in a tenant.
  func turnOff(_ item: RuleListing.Item) throws {
    let tenant = item.assignment.tenant
    _ = try detections.turnOff(item.rule.id, in: tenant)
    try note("rule disabled", tenant, detail: item.rule.name)
  }
}
