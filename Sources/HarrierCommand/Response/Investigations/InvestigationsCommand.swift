import ArgumentParser
import FileAccess
import Hunting
import Incidents
import Response
import Tenancy

/// `harrier investigations`: what alerts have started by themselves, and what came of it.
struct InvestigationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "investigations",
    abstract: "See, start and stop automated investigations of alerts, mails, users, devices.",
    discussion: """
      Some alerts start a playbook (harrier investigations playbooks): queries over the tables of \
      their tenant, one after the other, whose log says what each found. Where there is no \
      threat, the alert is resolved. Where there is one, actions are recommended, which wait for \
      somebody to approve them; mails are never touched without. An investigation is \
      TENANT/NUMBER.

        harrier investigations list --store logs
        harrier investigations show --store logs default/1 --part steps
        harrier investigations settings list --store logs
      """,
    subcommands: [
      InvestigationsListCommand.self, InvestigationsShowCommand.self,
      InvestigationsStartCommand.self, InvestigationsStopCommand.self,
      InvestigationsRunCommand.self, InvestigationsPlaybooksCommand.self,
      InvestigationsSettingsCommand.self,
    ]
  )
}

/// `harrier investigations list`.
struct InvestigationsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the investigations of all tenants, the newest first.",
    discussion: """
        harrier investigations list --store logs
        harrier investigations list --store logs --status pendingAction --format json
        harrier investigations list --store logs --limit 10 --skip 10
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(
    help: ArgumentHelp(
      InvestigationStatus.allCases.map(\.rawValue).joined(separator: ", ")
        + "; may be given again.",
      valueName: "status"
    )
  )
  var status: [String] = []

  @OptionGroup var page: PageOptions

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    for text in status where InvestigationStatus(rawValue: text) == nil {
      throw ValidationError("--status has no '\(text)'.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    let statuses = status.compactMap { InvestigationStatus(rawValue: $0) }
    let found = try opened.store?.investigations(
      of: opened.tenants,
      statuses: statuses,
      limit: page.limit,
      offset: page.skip
    )
    let total = try opened.store?.investigationCount(of: opened.tenants, statuses: statuses)
    try console.write(InvestigationListing.investigations(found ?? []), as: format)
    console.tell(found?.count ?? 0, of: total ?? 0, "investigations")
    return 0
  }
}

/// What of an investigation is shown.
enum InvestigationPart: String, ExpressibleByArgument, CaseIterable {
  case summary, steps, entities, clusters, actions, alerts
}

/// `harrier investigations show`.
struct InvestigationsShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a part of an investigation: summary, steps with their queries, entities …",
    discussion: """
        harrier investigations show --store logs default/1
        harrier investigations show --store logs default/1 --part steps
        harrier investigations show --store logs default/1 --part entities --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "investigation"))
  var investigation: String

  @Option(help: "summary, steps, entities, clusters, actions or alerts.")
  var part = InvestigationPart.summary

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    let found = try opened.investigation(investigation)
    let (incidents, store) = try opened.required()
    let details = try store.details(of: found)
    switch part {
    case .summary: try console.write(InvestigationListing.summary(details), as: format)
    case .steps: try console.write(InvestigationListing.steps(details.steps), as: format)
    case .entities: try console.write(InvestigationListing.entities(details.entities), as: format)
    case .clusters: try console.write(InvestigationListing.clusters(details.clusters), as: format)
    case .actions: try console.write(InvestigationListing.actions(details.actions), as: format)
    case .alerts:
      let assets = try incidents.assets(of: details.alerts)
      let places = try incidents.places(of: details.alerts)
      try console.write(
        IncidentListing.alerts(details.alerts, assets: assets, places: places),
        as: format
      )
    }
    return 0
  }
}

/// `harrier investigations playbooks`.
struct InvestigationsPlaybooksCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "playbooks",
    abstract: "List the alerts that start a playbook, or the steps of one with their queries.",
    discussion: """
      An empty title, category or service stands for any.

        harrier investigations playbooks
        harrier investigations playbooks phishingMail
      """
  )

  @Argument(help: ArgumentHelp("The playbook whose steps to show.", valueName: "playbook"))
  var playbook: String?

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if let playbook, Playbook(rawValue: playbook) == nil {
      let known = Playbook.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(playbook)' is no playbook; there are: \(known).")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let chosen = playbook.flatMap { Playbook(rawValue: $0) }
    let rows =
      chosen.map { InvestigationListing.queries($0) }
      ?? InvestigationListing.triggers(PlaybookTrigger.all)
    try console.write(rows, as: format)
    return 0
  }
}
