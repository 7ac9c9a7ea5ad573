import ArgumentParser
import Columnar
import FileAccess
import Hunting
import Incidents
import Response
import SourceText
import Tenancy

/// `harrier investigations start`.
struct InvestigationsStartCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Investigate a mail, a user, a device or an alert now.",
    discussion: """
      A mail, a user or a device raises an alert of its own, so that there is an incident for what \
      is found; those of which the tenant's data do not tell are refused. An alert is TENANT/ID, \
      or the id where one tenant has it. It works whatever the automation level is.

        harrier investigations start --store logs --tenant contoso --user ann@contoso.example
        harrier investigations start --store logs --alert default/fa2
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions
  @OptionGroup var time: TimeOption

  @Option(help: ArgumentHelp("A mail, by its NetworkMessageId.", valueName: "id"))
  var mail: String?

  @Option(help: ArgumentHelp("Whose copy of the mail; left out: everybody's.", valueName: "mail"))
  var recipient: String?

  @Option(help: ArgumentHelp("A user, by the user principal name.", valueName: "name"))
  var user: String?

  @Option(help: ArgumentHelp("A device, by its DeviceId.", valueName: "id"))
  var device: String?

  @Option(
    help: ArgumentHelp("An alert, TENANT/ID, whose playbook is started.", valueName: "alert")
  )
  var alert: String?

  @Option(help: "How to write the investigation: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if [mail, user, device, alert].compactMap({ $0 }).count != 1 {
      throw ValidationError("Name one of --mail, --user, --device and --alert.")
    }
    if recipient != nil, mail == nil { throw ValidationError("--recipient goes with --mail.") }
  }

  private var subject: InvestigationSubject? {
    if let mail { return .mail(id: mail, recipient: recipient) }
    if let user { return .user(user) }
    return device.map { .device($0) }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond, clock: time.clock)
    let (_, store) = try opened.required()
    let (started, isNew) =
      if let alert {
        try start(opened.opened.alert(alert), opened, store)
      } else {
        try start(subject, opened, store)
      }
    let tenant = started.tenant
    try opened.access.note(
      "investigation started",
      on: tenant,
      detail: "\(started.reference.number): \(started.playbook.rawValue)"
    )
    var outcome = try opened.pipeline(limits).run(tenants: [tenant])
    if isNew {
      outcome.investigations.started += 1
    } else {
      console.note("\(started.reference) is of that alert already")
    }
    console.tell(outcome)
    let found = try store.investigation(started.reference)
    try console.write(InvestigationListing.investigations([found]), as: format)
    return 0
  }

  private func start(
    _ alert: AlertReference,
    _ opened: OpenedInvestigations,
    _ store: InvestigationStore
  ) throws -> InvestigationStore.Started {
    try store.start(alert: alert.id, of: alert.tenant, by: opened.actor)
  }

  private func start(
    _ subject: InvestigationSubject?,
    _ opened: OpenedInvestigations,
    _ store: InvestigationStore
  ) throws -> InvestigationStore.Started {
    guard let subject else { throw ResponseFailure("name what to investigate") }
    let tenant = try opened.singleTenant()
    try opened.require(subject, of: tenant, limits)
    return try store.start(subject, of: tenant, by: opened.actor)
  }
}

/// `harrier investigations stop`.
struct InvestigationsStopCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "End an investigation; actions that wait for a decision are rejected.",
    discussion: """
      Actions for which another open investigation waits too, such as that of another alert of a \
      campaign, stay pending for that one.

        harrier investigations stop --store logs default/1
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "investigation"))
  var investigation: String

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond)
    let found = try opened.investigation(investigation)
    let stopped = try opened.required().store.stop(found.reference, by: opened.actor)
    try opened.access.note(
      "investigation stopped",
      on: found.tenant,
      detail: "\(found.reference.number)"
    )
    let rejected = stopped.rejected > 0 ? ["\(stopped.rejected) actions are rejected"] : []
    let kept = stopped.text.isEmpty ? [] : [stopped.text]
    let parts = ["\(found.reference) is stopped"] + rejected + kept
    console.note(TerminalText(parts.joined(separator: "; ")).text)
    return 0
  }
}

/// `harrier investigations run`.
struct InvestigationsRunCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Start what alerts start, go through steps; 'harrier schedule' does so by itself.",
    discussion: """
        harrier investigations run --store logs
        harrier investigations run --store logs --tenant contoso --at 2026-03-10T12:00:00Z
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions
  @OptionGroup var time: TimeOption

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond, clock: time.clock)
    let (incidents, _) = try opened.required()
    try console.correlate(incidents)
    console.tell(try opened.pipeline(limits).run(tenants: Set(opened.tenants)))
    return 0
  }
}

/// `harrier investigations settings`.
struct InvestigationsSettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "See and set how far investigations act by themselves.",
    discussion: """
      full approves actions on devices by itself, semi (the default) leaves all to people, none \
      lets alerts start no investigation. Actions on mails and users always wait.

        harrier investigations settings list --store logs
        harrier investigations settings set --store logs --tenant contoso full
      """,
    subcommands: [
      InvestigationsSettingsListCommand.self, InvestigationsSettingsSetCommand.self,
    ]
  )
}

/// `harrier investigations settings list`.
struct InvestigationsSettingsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the levels that are set; all else is semi.",
    discussion: """
        harrier investigations settings list --store logs
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    let found = try opened.store?.settings(of: opened.tenants) ?? []
    try console.write(InvestigationListing.settings(found), as: format)
    return 0
  }
}

/// `harrier investigations settings set`.
struct InvestigationsSettingsSetCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Set the level of tenants, or of a group of their devices.",
    discussion: """
        harrier investigations settings set --store logs --tenant contoso none
        harrier investigations settings set --store logs --device-group Servers semi
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("full, semi or none.", valueName: "level"))
  var level: String

  @Option(help: ArgumentHelp("For a MachineGroup of DeviceInfo only.", valueName: "group"))
  var deviceGroup = ""

  func validate() throws {
    if AutomationLevel(rawValue: level) == nil {
      throw ValidationError("The level is full, semi or none.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond)
    let (_, store) = try opened.required()
    let wanted = AutomationLevel(rawValue: level) ?? .standard
    for tenant in opened.tenants {
      try store.set(wanted, of: tenant, deviceGroup: deviceGroup, by: opened.actor)
      try opened.access.note(
        "automation level",
        on: tenant,
        detail: deviceGroup.isEmpty ? wanted.rawValue : "\(deviceGroup): \(wanted.rawValue)"
      )
    }
    return 0
  }
}
