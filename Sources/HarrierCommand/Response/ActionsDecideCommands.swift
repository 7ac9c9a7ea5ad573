import ArgumentParser
import Hunting
import Incidents
import Response
import SourceText
import Tenancy

/// The actions that a decision is about.
struct DecidedActions: ParsableArguments {
  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER of each.", valueName: "actions"))
  var actions: [String] = []

  @OptionGroup var choice: ActionChoice

  @Flag(help: "Decide on all that wait and are chosen.")
  var all = false

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment = ""

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if actions.isEmpty == !all {
      throw ValidationError("Name actions, or choose some with --all.")
    }
  }

  /// Decides, and writes what came of each.
  ///
  /// - Returns: the actions that are decided so now.
  func decide(
    _ decision: ActionDecision,
    _ opened: OpenedActions,
    _ console: Console
  ) throws -> (done: [ResponseReference], code: Int32) {
    let store = try opened.required()
    var (references, refused) = opened.references(actions)
    if all {
      var filter = ActionFilter.pending
      var tenants = opened.tenants
      try choice.apply(to: &filter, tenants: &tenants, opened)
      references = try store.actions(of: tenants, filter: filter, order: .oldest, limit: .max)
        .actions.map(\.reference)
    }
    let outcomes = try store.decide(
      decision,
      references,
      comment: comment,
      allowsOwn: !opened.access.isSetUp,
      by: opened.actor
    )
    try opened.opened.note(decision == .approve ? "action approved" : "action rejected", outcomes)
    refused += outcomes
    try console.write(IncidentListing.outcomes(refused), as: format)
    let done = zip(references, outcomes).filter { $0.1.failure == nil }.map(\.0)
    return (done, refused.contains { $0.failure != nil } ? ExitCodes.queryError : 0)
  }
}

/// `harrier actions approve`.
struct ActionsApproveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve actions that wait, one or many of one kind, and execute them.",
    discussion: """
      Where access is set up, who asked for an action does not approve it.

        harrier actions approve --store logs contoso/1
        harrier actions approve --store logs --all --kind softDelete --comment 'one campaign'
      """
  )

  @OptionGroup var decided: DecidedActions

  @Flag(help: "Leave the execution to 'harrier actions run' or 'harrier schedule'.")
  var later = false

  func run(_ console: Console) throws -> Int32 {
    let opened = try decided.place.openActions(for: .respond)
    let (done, code) = try decided.decide(.approve, opened, console)
    if !later, !done.isEmpty { try opened.runOrLeave(.references(done), console) }
    return code
  }
}

/// `harrier actions reject`.
struct ActionsRejectCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Reject actions that wait, one or many of one kind.",
    discussion: """
        harrier actions reject --store logs contoso/1 --comment 'a test'
        harrier actions reject --store logs --all --kind softDelete
      """
  )

  @OptionGroup var decided: DecidedActions

  func run(_ console: Console) throws -> Int32 {
    let opened = try decided.place.openActions(for: .respond)
    return try decided.decide(.reject, opened, console).code
  }
}

/// `harrier actions run`.
struct ActionsRunCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Take what rules ask for and execute what is approved, once.",
    discussion: """
      One runs at a time over a store. What is queued, since 50 remediations of mails are the most \
      of a tenant at once, begins as others end, in the order in which it was asked for. Where an \
      earlier run was ended in the middle, it first asks what became of the action at hand; \
      what cannot be known is 'mayHaveRun' until somebody says.

        harrier actions run --store logs
      """
  )

  @OptionGroup var place: TenantPlace

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .respond)
    guard opened.actions != nil else {
      console.note("there are no actions yet")
      return 0
    }
    let outcome = try opened.run(.all, console)
    if outcome.total == 0, outcome.queued == 0 { console.note("no action waits to be executed") }
    let bad = (outcome.counts[.failed] ?? 0) + (outcome.counts[.mayHaveRun] ?? 0)
    return bad == 0 ? 0 : ExitCodes.queryError
  }
}

/// Actions that are worked with by their numbers.
struct NamedActions: ParsableArguments {
  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER of each.", valueName: "actions"))
  var actions: [String]

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?
}

/// `harrier actions retry`.
struct ActionsRetryCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Execute actions that failed once more.",
    discussion: """
        harrier actions retry --store logs contoso/1
      """
  )

  @OptionGroup var named: NamedActions

  func run(_ console: Console) throws -> Int32 {
    let opened = try named.place.openActions(for: .respond)
    let (references, refused) = opened.references(named.actions)
    let outcomes = try opened.required().retry(references, by: opened.actor)
    try opened.opened.note("action retried", outcomes)
    try console.write(IncidentListing.outcomes(refused + outcomes), as: named.format)
    let done = zip(references, outcomes).filter { $0.1.failure == nil }.map(\.0)
    if !done.isEmpty { try opened.runOrLeave(.references(done), console) }
    return (refused + outcomes).contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }
}

/// `harrier actions settle`.
struct ActionsSettleCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Say of actions that may have run whether they did.",
    discussion: """
      Those that did not run are failed and may be retried.

        harrier actions settle --store logs contoso/1 --did-run yes --comment 'seen in the console'
      """
  )

  @OptionGroup var named: NamedActions

  @Option(help: "yes or no.")
  var didRun: Answer

  @Option(help: ArgumentHelp("How you know.", valueName: "text"))
  var comment = ""

  enum Answer: String, ExpressibleByArgument, CaseIterable {
    case yes, no
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try named.place.openActions(for: .respond)
    let (references, refused) = opened.references(named.actions)
    let outcomes = try opened.required().settle(
      references,
      didRun: didRun == .yes,
      comment: comment,
      by: opened.actor
    )
    try opened.opened.note("action settled", outcomes)
    try console.write(IncidentListing.outcomes(refused + outcomes), as: named.format)
    return (refused + outcomes).contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }
}

/// `harrier actions undo`.
struct ActionsUndoCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back actions that are completed; mails go back to where they were.",
    discussion: """
      Each is taken back once, by an action of its own. What blocks or allows files, URLs and \
      senders is taken back by taking its entry off the allow and block list, while that entry \
      still holds; the entry that it had replaced holds again until its own end, unless that is \
      past. Consents to apps are given again that the action revoked. Mails that are deleted for \
      good stay so.

        harrier actions undo --store logs contoso/1
      """
  )

  @OptionGroup var named: NamedActions

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment = ""

  func run(_ console: Console) throws -> Int32 {
    let opened = try named.place.openActions(for: .respond)
    let store = try opened.required()
    let (references, refused) = opened.references(named.actions)
    let (made, outcomes) = try store.undo(references, comment: comment, by: opened.actor)
    try opened.opened.note("action undone", outcomes)
    if !made.isEmpty { try opened.runOrLeave(.references(made.map(\.reference)), console) }
    try console.write(IncidentListing.outcomes(refused + outcomes), as: named.format)
    for action in made {
      let ended = try store.action(action.reference).action
      let detail = ended.detail.isEmpty ? "" : ", \(ended.detail)"
      let text = "\(ended.reference) \(ended.kind.rawValue): \(ended.status.rawValue)\(detail)"
      console.note(TerminalText(text).text)
    }
    return (refused + outcomes).contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }
}
