import ArgumentParser
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import StructuredText
import TableStore
import Tenancy

/// `harrier alerts`: the alerts of all tenants and products.
struct AlertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "Take in alerts of other products; list, show and manage those of all tenants.",
    discussion: """
        harrier alerts add --store logs alerts.ndjson
        harrier alerts list --store logs --status new
        harrier alerts update --store logs default/da1 --status resolved
      """,
    subcommands: [
      AlertsAddCommand.self, AlertsListCommand.self, AlertsShowCommand.self,
      AlertsUpdateCommand.self,
    ]
  )
}

/// `harrier alerts add`.
struct AlertsAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Take in alerts in the shape of Graph's alerts_v2, of every service source.",
    discussion: """
      Files have one alert a line, or an array or {"value": [...]} as Graph answers. An alert that \
      was taken before gets what is new of it, and what its product says otherwise than the last \
      time: title, severity, status, owner, classification; what was changed here alone stays. \
      One with a word that is none of Graph's for severity, status, serviceSource, \
      investigationState, classification or determination, or with a time that is none, is \
      refused and the others are taken; unknownFutureValue is unknown, and an unknown severity \
      counts as medium. With --by-tenant-id each alert is of the tenant that it names as tenantId, \
      by its name or its TenantId. All files are read before anything is kept, and once more \
      when it is: one that cannot be read as JSON, that changed since, or with more tenants than a \
      view holds, changes nothing. An array, or an answer of Graph, has at most 8 MiB, and so has \
      a line; lines may be any number. Standard input and pipes are put aside on disk first \
      (--spill).

        harrier alerts add --store logs alerts.ndjson
      """
  )

  @Option(help: ArgumentHelp("The folder of the store; made if it is missing.", valueName: "dir"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The tenant whose alerts they are; it counts without --by-tenant-id alone.",
      valueName: "name"
    )
  )
  var tenant = "default"

  @OptionGroup var limits: RunOptions

  @Flag(help: "Give each alert to the tenant that it names as tenantId.")
  var byTenantId = false

  @Argument(help: "Files in order; '-' is standard input.")
  var files: [String]

  func run(_ console: Console) throws -> Int32 {
    let tables = try TableStore.open(store, mode: .readWrite)
    let admission = try TenantAdmission(tables)
    guard let incidents = try IncidentStore.open(store: store, access: .readWrite) else { return 1 }
    var code: Int32 = 0
    var tenants: Set<String> = []
    let spill = limits.spillFolder
    let read = try files.map { path in
      try AlertFile(path, spill: spill) { alert in
        if let owner = owner(alert["tenantId"]?.text, admission) { tenants.insert(owner) }
      }
    }
    for file in read { try file.requireUnchanged() }
    for tenant in tenants.sorted() { try admission.admit(tenant) }
    try tables.addTenants(tenants)
    for (path, file) in zip(files, read) {
      var outcome = AlertIntake.Outcome()
      var place = 0
      try file.forEach { alerts in
        outcome.add(try AlertIntake(incidents).take(alerts) { owner($0, admission) }, from: place)
        place += alerts.count
      }
      tell(outcome, of: path, console)
      if !outcome.refused.isEmpty { code = ExitCodes.queryError }
    }
    admission.tell(console)
    console.tell(try TableIntake(incidents, at: store).run())
    let correlated = try IncidentPipeline(incidents).run()
    console.tell(correlated)
    if !correlated.heldUp.isEmpty { code = ExitCodes.queryError }
    try incidents.countWaiting(most: 1_000)
    try DeviceInfoStep(store: store, incidents, limits).run(correlated.tenants, console)
    console.tell(try ResponsePipeline(store: store, incidents, limits: limits).run())
    try execute(incidents, tenants, console)
    return code
  }

  private func tell(_ outcome: AlertIntake.Outcome, of path: String, _ console: Console) {
    console.note(
      "\(TerminalText(path).text): \(Counted.text(outcome.new, "new alert")), "
        + "\(outcome.updated) with something "
        + "new, \(outcome.unchanged) known, \(outcome.refused.count) refused"
    )
    if outcome.unknownSeverities > 0 {
      console.note("\(outcome.unknownSeverities) alerts of an unknown severity count as medium")
    }
    for refusal in outcome.refused {
      let place = TerminalText("\(path), line \(refusal.line)").text
      console.note("\(place): \(TerminalText(refusal.reason).text)")
    }
  }

  /// Executes what investigations approved by themselves, as far as the automation level lets them.
  private func execute(
    _ incidents: IncidentStore,
    _ owners: Set<String>,
    _ console: Console
  ) throws {
    let access = try StoreAccess(store, as: Principal.owner.name)
    let tenants = owners.sorted().filter { name in
      do throws(AccessFailure) {
        _ = try access.state.scope(
          of: access.principal,
          for: .respond,
          over: .tenant(name),
          present: owners,
          at: AccessClock.now
        )
        return true
      } catch {
        // A suspended tenant's actions wait until it is resumed.
        return false
      }
    }
    guard try ActionStore(incidents).hasWork(in: tenants) else { return }
    let opened = OpenedIncidents(access: access, tenants: tenants, incidents: incidents)
    try OpenedActions(path: store, opened: opened).runOrLeave(.all, console)
  }

  /// Whose an alert is; nil where it names nobody who can be a tenant.
  private func owner(_ named: String?, _ admission: TenantAdmission) -> String? {
    if !byTenantId { return tenant }
    return named.flatMap { TenantName.refusal($0) == nil ? admission.owner($0) : nil }
  }
}

/// `harrier alerts list`.
struct AlertsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the alerts of all tenants, the newest first, with their incidents.",
    discussion: """
      LinkedBy is why an alert is in its incident: what it shares with which alert.

        harrier alerts list --store logs
        harrier alerts list --store logs --tenant default --status new --limit 10 --format json
        harrier alerts list --store logs --limit 10 --skip 10
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(
    help: ArgumentHelp("new, inProgress or resolved; may be given again.", valueName: "status")
  )
  var status: [String] = []

  @OptionGroup var page: PageOptions

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    for text in status where AlertStatus(reading: text) == nil {
      throw ValidationError("--status is new, inProgress or resolved.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let statuses = status.compactMap { AlertStatus(reading: $0) }
    let found = try opened.incidents?.alerts(
      of: opened.tenants,
      statuses: statuses,
      limit: page.limit,
      offset: page.skip
    )
    let alerts = found?.alerts ?? []
    let assets = try opened.incidents?.assets(of: alerts) ?? []
    let places = try opened.incidents?.places(of: alerts) ?? []
    let tenants = opened.listed(console, format)
    try console.write(
      IncidentListing.alerts(alerts, assets: assets, places: places, tenants: tenants),
      as: format
    )
    console.tell(alerts.count, of: found?.total ?? 0, most: IncidentStore.mostCounted, "alerts")
    return 0
  }
}

/// `harrier alerts update`.
struct AlertsUpdateCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Assign, classify, comment, resolve alerts; with the last one its incident resolves.",
    discussion: """
      An alert is TENANT/ID; the id will do where one tenant has it. Each alert is changed wholly \
      or not at all; what came of each is listed. One that is opened again opens its incident.

        harrier alerts update --store logs default/da1 --assign me --status inProgress
        harrier alerts update --store logs default/da1 default/fa1 --classify falsePositive
      """
  )

  @OptionGroup var moved: MovedAlerts
  @OptionGroup var manage: ManageOptions

  @Option(help: ArgumentHelp("new, inProgress or resolved.", valueName: "status"))
  var status: [String] = []

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    for text in status where AlertStatus(reading: text) == nil {
      throw ValidationError("--status is new, inProgress or resolved.")
    }
    try SingleValue.check(status, "--status")
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try moved.place.openIncidents(for: .manageIncidents)
    var change = AlertChange()
    change.status = status.first.flatMap { AlertStatus(reading: $0) }
    change.assignment = try manage.assignment(opened.access.principal.name)
    change.classification = try manage.classification()
    change.comment = manage.comment.first
    if change.isEmpty { throw IncidentFailure("say what to change, such as --assign me") }
    let store = try opened.required()
    let found = try opened.alerts(named: moved.alerts)
    let outcomes = try opened.outcomes(of: moved.alerts, found) { alerts in
      let items = alerts.map { (tenant: $0.tenant, id: $0.id) }
      let done = try store.apply(change, toAlerts: items, by: opened.actor)
      try opened.note("alert changed", done)
      return done
    }
    try console.write(IncidentListing.outcomes(outcomes), as: format)
    return outcomes.contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }
}
