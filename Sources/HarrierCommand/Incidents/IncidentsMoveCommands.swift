import ArgumentParser
import Hunting
import Incidents
import Tenancy

/// `harrier incidents merge`.
struct IncidentsMergeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge up to 5 incidents of a tenant into the one that has most alerts.",
    discussion: """
      The others lead to it from then on and keep their history. Incidents that are resolved, \
      have different owners or different classifications are not merged.

        harrier incidents merge --store logs default/1 default/2 --comment 'one campaign'
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER of each.", valueName: "incidents"))
  var incidents: [String]

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment = ""

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .manageIncidents)
    let references = try opened.references(incidents)
    let target = try opened.required().merge(references, comment: comment, by: opened.actor)
    try opened.note(
      "incidents merged",
      references.map { ItemOutcome(tenant: $0.tenant, item: "\($0.number)", failure: nil) }
    )
    console.note("all alerts are in \(target)")
    return 0
  }
}

/// The alerts of a tenant that a move is about.
struct MovedAlerts: ParsableArguments {
  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("Ids of alerts.", valueName: "alerts"))
  var alerts: [String]
}

/// `harrier incidents move`.
struct IncidentsMoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move alerts to another incident or a new one; both are computed anew.",
    discussion: """
        harrier incidents move --store logs --tenant default da1 --to default/1
        harrier incidents move --store logs --tenant default da1 --new --comment 'not the same'
      """
  )

  @OptionGroup var moved: MovedAlerts

  @Option(help: ArgumentHelp("The incident to move them to.", valueName: "incident"))
  var to: String?

  @Flag(help: "Move them to a new incident.")
  var new = false

  @Option(help: ArgumentHelp("The name of the new incident.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment = ""

  func validate() throws {
    if (to == nil) == !new { throw ValidationError("Say where to: --to INCIDENT or --new.") }
    if name != nil, !new { throw ValidationError("--name goes with --new.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try moved.place.openIncidents(for: .manageIncidents)
    let tenant = try opened.singleTenant()
    try opened.requireRights(toAlerts: moved.alerts, of: tenant)
    let target: MoveTarget =
      if let to {
        .incident(try opened.reference(to))
      } else {
        .new(name: name)
      }
    let place = try opened.required().move(
      alerts: moved.alerts,
      of: tenant,
      to: target,
      comment: comment,
      by: opened.actor
    )
    try opened.note(
      "alerts moved",
      moved.alerts.map { ItemOutcome(tenant: tenant, item: $0, failure: nil) }
    )
    console.note("moved to \(place)")
    return 0
  }
}

/// `harrier incidents undo-move`.
struct IncidentsUndoMoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo-move",
    abstract: "Move alerts back to where they were before they were last moved.",
    discussion: """
        harrier incidents undo-move --store logs --tenant default da1
      """
  )

  @OptionGroup var moved: MovedAlerts

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try moved.place.openIncidents(for: .manageIncidents)
    let tenant = try opened.singleTenant()
    try opened.requireRights(toAlerts: moved.alerts, of: tenant)
    let outcomes = try opened.required().undoMove(
      alerts: moved.alerts,
      of: tenant,
      by: opened.actor
    )
    try opened.note("move undone", outcomes)
    try console.write(IncidentListing.outcomes(outcomes), as: format)
    return outcomes.contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }
}

/// `harrier incidents tags`.
struct IncidentsTagsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "tags",
    abstract: "List the tags that tenants used, those used last first.",
    discussion: """
        harrier incidents tags --store logs ph
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("What tags begin with.", valueName: "letters"))
  var letters = ""

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    var tags: [(tenant: String, tag: String)] = []
    for tenant in opened.tenants {
      let found = try opened.incidents?.suggestedTags(tenant, prefix: letters) ?? []
      tags += found.map { (tenant, $0) }
    }
    try console.write(IncidentListing.tags(tags), as: format)
    return 0
  }
}

/// `harrier incidents correlate`.
struct IncidentsCorrelateCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "correlate",
    abstract: "Put the alerts that wait into incidents; 'harrier schedule' does so by itself.",
    discussion: """
      They are those of rules, of 'harrier alerts add', and of rows that were ingested into \
      AlertInfo and AlertEvidence (an alert waits for its evidence, an hour at most), \
      SecurityAlert and SecurityIncident. Incidents of Sentinel keep their names; a later row \
      changes what it says otherwise than the one before. Open incidents with a device of high \
      value by the last rows of DeviceInfo get the tag 'Critical asset'.

        harrier incidents correlate --store logs
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .manageIncidents)
    let incidents = try opened.required()
    let tenants = Set(opened.tenants)
    console.tell(try TableIntake(incidents, at: place.store).run(tenants: tenants))
    console.tell(try IncidentPipeline(incidents).run(tenants: tenants))
    try CriticalAssetStep(store: place.store, incidents, limits).mark(tenants, console)
    return 0
  }
}
