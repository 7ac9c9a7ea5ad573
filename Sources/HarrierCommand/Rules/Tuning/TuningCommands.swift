public import Alerts
public import ArgumentParser
import Detections
import Hunting
import Tenancy

/// `harrier tuning`: alerts that are known to be nothing.
struct TuningCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tuning",
    abstract: "Hide or resolve alerts that are known to be nothing.",
    discussion: """
      A condition compares fields of an alert with texts, in any letter case, in which * stands \
      for any characters and ? for one: title, description, severity, category, technique, rule, \
      entity (anything of any entity), detail.LABEL, and KIND.IDENTIFIER as in Sentinel's entity \
      mappings (host.FullName, account.Name, file.SHA256, ip.Address, process.*). It is put \
      together with and, or, not and parentheses. It applies to alerts that are raised or taken in \
      later, those of other products too; these are resolved, whether they are to be hidden or not.

        harrier tuning add --store logs lab --when 'host.FullName = "lab-*"' --action resolve
        harrier tuning test --store logs --when 'title = "Encoded*" and host.FullName = "wks-*"'
        harrier tuning list --store logs
      """,
    subcommands: [
      TuningAddCommand.self, TuningListCommand.self, TuningTestCommand.self,
      TuningSwitchCommand.self, TuningRemoveCommand.self,
    ]
  )
}

/// `harrier tuning add`.
struct TuningAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a tuning rule for later alerts of a tenant or of all.",
    discussion: """
        harrier tuning add --store logs lab --when 'host.FullName = "lab-*"' --action resolve
        harrier tuning add --store logs --tenant contoso scanner --when 'ip.Address = 10.1.2.3'
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("What it is called by.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("What an alert must be.", valueName: "condition"))
  var when: String

  @Option(help: "hide (a rule raises no alert, its runs count it) or resolve.")
  var action = TuningRule.Action.resolve

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment = ""

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    // Over all tenants only whoever may manage all of them.
    let tenants: [String?] = place.tenant == "all" ? [nil] : opened.tenants
    if place.tenant == "all", !opened.access.principal.isOwner {
      throw DetectionFailure("a rule for all tenants is the owner's; name tenants with --tenant")
    }
    for tenant in tenants {
      let name = tenants.count > 1 ? "\(name) (\(tenant ?? ""))" : name
      try opened.detections.addTuning(
        name,
        when: when,
        action,
        tenant: tenant,
        comment: comment,
        by: opened.access.principal.name
      )
      try opened.note("tuning added", tenant ?? "all", detail: "\(name): \(when)")
    }
    return 0
  }
}

extension TuningRule.Action: ExpressibleByArgument {}

/// `harrier tuning list`.
struct TuningListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List tuning rules with their hits.",
    discussion: """
        harrier tuning list --store logs
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    let rules = try opened.detections.tuningRules().filter { rule in
      rule.tenant.map { opened.tenants.contains($0) } ?? true
    }
    try console.write(RuleListing.tuning(rules), as: format)
    return 0
  }
}

/// `harrier tuning test`.
struct TuningTestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Show the alerts at hand that a condition holds for.",
    discussion: """
        harrier tuning test --store logs --when 'severity = medium and process.* = "*-enc*"'
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: ArgumentHelp("What an alert must be.", valueName: "condition"))
  var when: String

  @Option(help: "How to write the alerts: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    let alerts = try opened.tenants.flatMap { tenant in
      try opened.detections.alerts(of: tenant, when: when)
    }
    try console.write(RuleListing.alerts(alerts), as: format)
    return 0
  }
}

/// `harrier tuning switch`.
struct TuningSwitchCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "switch",
    abstract: "Turn a tuning rule on or off.",
    discussion: """
        harrier tuning switch --store logs lab off
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("The name of a tuning rule.", valueName: "name"))
  var name: String

  @Argument(help: ArgumentHelp("on or off.", valueName: "state"))
  var state: Switch

  enum Switch: String, ExpressibleByArgument, CaseIterable {
    case on, off
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    try opened.requireTuning(name)
    _ = try opened.detections.setTuning(name, on: state == .on)
    try opened.note("tuning \(state.rawValue)", place.tenant, detail: name)
    return 0
  }
}

/// `harrier tuning remove`.
struct TuningRemoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a tuning rule; alerts that it did away with stay so.",
    discussion: """
        harrier tuning remove --store logs lab
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("The name of a tuning rule.", valueName: "name"))
  var name: String

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    try opened.requireTuning(name)
    _ = try opened.detections.removeTuning(name)
    try opened.note("tuning removed", place.tenant, detail: name)
    return 0
  }
}

extension OpenedRules {
  /// Fails where there is no tuning rule of a name that is the principal's to change.
  func requireTuning(_ name: String) throws {
    let isTheirs = try detections.tuningRules().contains { rule in
      rule.name == name
        && (rule.tenant.map { tenants.contains($0) } ?? access.principal.isOwner)
    }
    if !isTheirs {
      throw DetectionFailure("there is no tuning rule '\(name)'; 'harrier tuning list' shows them")
    }
  }
}
