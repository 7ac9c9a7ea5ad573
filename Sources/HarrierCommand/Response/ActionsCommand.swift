import ArgumentParser
import Columnar
import Hunting
import Incidents
import Response
import Tenancy

/// `harrier actions`: the action centre of all tenants.
struct ActionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actions",
    abstract: "Respond: take, approve and undo actions on devices, mails, users, files and apps.",
    discussion: """
      Actions come from people, from rows of queries (harrier query … --act), from rules and from \
      investigations. They have an effect in a simulated environment ('harrier environment') or \
      by programs and webhooks ('harrier actions connect'). An action is TENANT/NUMBER.

        harrier actions list --store logs
        harrier actions take --store logs --tenant contoso isolateDevice deviceId=d1
        harrier actions list --store logs --history --period 7d
      """,
    subcommands: [
      ActionsListCommand.self, ActionsShowCommand.self, ActionsTakeCommand.self,
      ActionsApproveCommand.self, ActionsRejectCommand.self, ActionsRunCommand.self,
      ActionsRetryCommand.self, ActionsSettleCommand.self, ActionsUndoCommand.self,
      ActionsConnectCommand.self, ActionsDisconnectCommand.self, ActionsConnectionsCommand.self,
      ActionsExportCommand.self,
    ]
  )
}

/// Which actions are meant.
struct ActionChoice: ParsableArguments {
  @Option(help: ArgumentHelp("A kind of action; may be given again.", valueName: "kind"))
  var kind: [String] = []

  @Option(help: ArgumentHelp("Who asked, such as 'Manual device action'.", valueName: "source"))
  var source: String?

  @Option(help: ArgumentHelp("The incident they are of, TENANT/NUMBER.", valueName: "incident"))
  var incident: String?

  @Option(help: ArgumentHelp("What the actions of a request have in common.", valueName: "id"))
  var approval: String?

  @Option(help: ArgumentHelp("A part of what they are done to.", valueName: "text"))
  var target: String?

  func validate() throws {
    for text in kind where ActionKind(rawValue: text) == nil {
      throw ValidationError("--kind has no '\(text)'; it is one of \(ActionWords.kinds).")
    }
  }

  /// Adds what is chosen to a filter; an incident chooses its tenant too.
  func apply(
    to filter: inout ActionFilter,
    tenants: inout [String],
    _ opened: OpenedActions
  ) throws {
    filter.kinds = Set(kind.compactMap { ActionKind(rawValue: $0) })
    filter.source = source
    filter.approval = approval
    filter.target = target
    if let incident {
      let reference = try opened.opened.reference(incident)
      tenants = [reference.tenant]
      filter.incident = reference.number
    }
  }
}

enum ActionWords {
  /// The kinds that somebody may ask for.
  static let kinds = ActionKind.allCases.filter(\.isOffered).map(\.rawValue)
    .joined(separator: ", ")
  static let statuses = ActionStatus.allCases.map(\.rawValue).joined(separator: ", ")
}

/// How far back the history goes.
enum ActionPeriod: String, ExpressibleByArgument, CaseIterable {
  case day = "1d"
  case week = "7d"
  case month = "30d"
  case halfYear = "180d"

  func start(_ now: DateTime) -> DateTime {
    let days: Int64 =
      switch self {
      case .day: 1
      case .week: 7
      case .month: 30
      case .halfYear: 180
      }
    return DateTime(ticks: now.ticks - days * TimeSpan.ticksPerDay)
  }
}

/// `harrier actions list`.
struct ActionsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the actions that wait for approval; with --history all others.",
    discussion: """
      In JSON and NDJSON actions have the fields that 'harrier help actions show' names.

        harrier actions list --store logs
        harrier actions list --store logs --history --period 30d --kind softDelete --format csv
        harrier actions list --store logs --count
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var choice: ActionChoice

  @Flag(help: "List those that are decided, wait for their turn or are done.")
  var history = false

  @Flag(help: "Count the pending ones of each tenant.")
  var count = false

  @Option(help: "How far back the history goes: 1d, 7d, 30d or 180d.")
  var period = ActionPeriod.month

  @Option(help: ArgumentHelp("A status; may be given again.", valueName: "status"))
  var status: [String] = []

  @Option(help: "What to order by: newest, oldest, kind, status, tenant, source or target.")
  var sort = "newest"

  @Option(help: ArgumentHelp("The most actions of a page.", valueName: "count"))
  var limit = 50

  @Option(help: ArgumentHelp("How many to pass over.", valueName: "count"))
  var skip = 0

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    for text in status where ActionStatus(rawValue: text) == nil {
      throw ValidationError("--status has no '\(text)'; it is one of \(ActionWords.statuses).")
    }
    if ActionSorting(rawValue: sort) == nil { throw ValidationError("--sort has no '\(sort)'.") }
    if limit < 1 || limit > 200_000 { throw ValidationError("--limit is 1 to 200000.") }
    if skip < 0 { throw ValidationError("--skip is not negative.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .readIncidents)
    if count {
      let counts = try opened.actions?.pendingCounts(of: opened.tenants)
      try console.write(ActionRowListing.counts(counts ?? []), as: format)
      return 0
    }
    guard let store = opened.actions else {
      try console.write(ActionRowListing.actions([]), as: format)
      return 0
    }
    var filter: ActionFilter = history ? .history : .pending
    if !status.isEmpty { filter.statuses = Set(status.compactMap { ActionStatus(rawValue: $0) }) }
    if history { filter.since = period.start(store.now) }
    var tenants = opened.tenants
    try choice.apply(to: &filter, tenants: &tenants, opened)
    let page = try store.actions(
      of: tenants,
      filter: filter,
      order: ActionSorting(rawValue: sort) ?? .newest,
      limit: limit,
      offset: skip
    )
    let listed = opened.opened.listed(console, format)
    try console.write(ActionRowListing.actions(page.actions, tenants: listed), as: format)
    console.tell(page.actions.count, of: page.total, "actions")
    return 0
  }
}

/// `harrier actions show`.
struct ActionsShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an action, or with --history all that became of it.",
    discussion: """
      JSON and NDJSON have fields for programs: \
      \(ActionRowListing.fieldNames.joined(separator: ", ")). Target and Parameters are \
      objects, times are ISO 8601, and what is not known is null.

        harrier actions show --store logs contoso/1
        harrier actions show --store logs contoso/1 --history --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "action"))
  var action: String

  @Flag(help: "Show who did what when.")
  var history = false

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .readIncidents)
    let reference = try opened.reference(action)
    let found = try opened.required().action(reference)
    try console.write(
      history ? ActionRowListing.history(found.history) : ActionRowListing.action(found.action),
      as: format
    )
    return 0
  }
}

/// `harrier actions export`.
struct ActionsExportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write all actions of a period, pending ones too, oldest first.",
    discussion: """
        harrier actions export --store logs --period 180d --format csv
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var choice: ActionChoice

  @Option(help: "How far back it goes: 1d, 7d, 30d or 180d.")
  var period = ActionPeriod.halfYear

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format = ResultFormat.csv

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .readIncidents)
    guard let store = opened.actions else {
      try console.write(ActionRowListing.actions([]), as: format)
      return 0
    }
    var filter = ActionFilter()
    filter.since = period.start(store.now)
    var tenants = opened.tenants
    try choice.apply(to: &filter, tenants: &tenants, opened)
    let page = try store.actions(of: tenants, filter: filter, order: .oldest, limit: .max)
    let listed = opened.opened.listed(console, format)
    try console.write(ActionRowListing.actions(page.actions, tenants: listed), as: format)
    return 0
  }
}
