import ArgumentParser
import Columnar
import Execution
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import TableStore
import Tenancy

/// `harrier explorer`: the mails of the last days and where they are now.
struct ExplorerCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "explorer",
    abstract: "List the mails of the last 30 days, where they are now, and act on them.",
    discussion: """
      Actionable are mails in a cloud mailbox (Inbox, Junk folder, Deleted items, those inside the \
      organization too), soft deleted ones and those in quarantine; with --act they are moved or \
      deleted, by one approval. SendersCopy are those of which --senders-copy deletes the copy of \
      the sender too. ListEffect is what the tenant's allow/block list would \
      do with the mail if it came now.

        harrier explorer --store logs --at 2026-03-10T12:00:00Z
        harrier explorer --store logs --view phish --direction Intra-org --days 7
        harrier explorer --store logs --sender evil.example --location Inbox --format json
        harrier explorer --store logs --sender evil.example --act softDelete --propose
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions
  @OptionGroup var time: TimeOption

  @Option(help: ArgumentHelp("all, malware, phish or content (malware in attachments)."))
  var view = ExplorerView.all

  @Option(help: ArgumentHelp("The sender, or the sender's domain.", valueName: "mail"))
  var sender = ""

  @Option(help: ArgumentHelp("Who got it.", valueName: "mail"))
  var recipient = ""

  @Option(help: ArgumentHelp("A part of the subject.", valueName: "text"))
  var subject = ""

  @Option(
    help: ArgumentHelp(
      "Where it is now: Inbox, Junk folder, Deleted items, Quarantine, Dropped …",
      valueName: "place"
    )
  )
  var location: String?

  @Option(help: ArgumentHelp("Inbound, Outbound or Intra-org.", valueName: "direction"))
  var direction = ""

  @Option(help: ArgumentHelp("How far back, 30 at most.", valueName: "days"))
  var days = Explorer.mostDays

  @Flag(help: "Print the query behind it.")
  var query = false

  @OptionGroup var acting: ActOptions

  @Option(help: "How to write the mails: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if days < 1 || days > Explorer.mostDays {
      throw ValidationError("--days is 1 to \(Explorer.mostDays).")
    }
    if let location, MailLocation(reading: location) == .unknown {
      throw ValidationError("--location has no '\(location)'.")
    }
    if let kind = acting.kind, kind.subject != .mail {
      throw ValidationError("--act of explorer is an action on mails, not \(kind.rawValue).")
    }
    if query, acting.kind != nil { throw ValidationError("--query and --act exclude each other.") }
  }

  private var filter: ExplorerFilter {
    var filter = ExplorerFilter()
    filter.view = ExplorerFilter.View(rawValue: view.rawValue) ?? .all
    filter.sender = sender
    filter.recipient = recipient
    filter.subject = subject
    filter.location = location.map { MailLocation(reading: $0) }
    filter.direction = direction
    filter.days = days
    return filter
  }

  func run(_ console: Console) throws -> Int32 {
    if query {
      try console.write(Array((Explorer.query + "\n").utf8))
      return 0
    }
    let access = try place.access()
    let scope = try access.scope(over: place.selection, for: .hunt)
    let action = try ExplorerActing(acting, access, scope)
    try access.note(hunt: Array(Explorer.query.utf8), in: scope)
    let mails = try mails(of: scope, access)
    try console.write(Explorer.rows(mails), as: format)
    return try action?.act(mails, console) ?? 0
  }

  private func mails(of scope: TenantScope, _ access: StoreAccess) throws -> [ExplorerMail] {
    let clock = time.clock
    let snapshot = try TableStore.open(place.store, mode: .readOnly).snapshot()
    let incidents = try IncidentStore.open(store: place.store, access: .readOnly, clock: clock)
    var mails: [ExplorerMail] = []
    for tenant in scope.tenants {
      var engine = HuntingEngine(clock: clock, options: limits.executionOptions)
      engine.attach(
        snapshot,
        scope: scope.narrowed(to: tenant),
        supplements: try access.supplements()
      )
      let list = try incidents.map { try AllowBlockStore($0).filter(of: tenant.name) }
      mails += try Explorer.mails(
        of: tenant.name,
        filter,
        engine,
        list: list ?? DeliveryFilter([], at: AccessClock.now),
        budget: limits.makeBudget(engine)
      )
    }
    return mails
  }
}

/// What mails Explorer shows.
enum ExplorerView: String, ExpressibleByArgument, CaseIterable {
  case all, malware, phish, content
}
