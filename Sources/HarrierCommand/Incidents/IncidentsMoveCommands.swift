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
  var comment: [String] = []

  func validate() throws { try SingleValue.check(comment, "--comment") }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .manageIncidents)
    let references = try opened.references(incidents)
    let target = try opened.required()
      .merge(references, comment: comment.first ?? "", by: opened.actor)
    try opened.note(
      "incidents merged",
      references.map { ItemOutcome(tenant: $0.tenant, item: "\($0.number)", failure: nil) }
    )
    console.note("all alerts are in \(target)")
    return 0
  }
}

/// Alerts that are moved or changed.
struct MovedAlerts: ParsableArguments {
  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/ID of each, or the id.", valueName: "alerts"))
  var alerts: [String]
}

/// `harrier incidents move`.
struct IncidentsMoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move alerts to another incident or a new one; both are computed anew.",
    discussion: """
      An alert is TENANT/ID; the id will do where one tenant has it. All are moved or none; where \
      all are there already, that is said with exit code 1. An incident that has no open alert any \
      more is resolved, and so is a new one without any; one that is resolved takes no alerts. An \
      alert that nobody has gets the owner of its incident.

        harrier incidents move --store logs default/da1 --to default/1
        harrier incidents move --store logs default/da1 --new --comment 'not the same'
      """
  )

  @OptionGroup var moved: MovedAlerts

  @Option(help: ArgumentHelp("The incident to move them to.", valueName: "incident"))
  var to: [String] = []

  @Flag(help: "Move them to a new incident.")
  var new = false

  @Option(help: ArgumentHelp("The name of the new incident.", valueName: "name"))
  var name: [String] = []

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment: [String] = []

  func validate() throws {
    try SingleValue.check(to, "--to")
    try SingleValue.check(name, "--name")
    try SingleValue.check(comment, "--comment")
    if to.isEmpty == !new { throw ValidationError("Say where to: --to INCIDENT or --new.") }
    if !name.isEmpty, !new { throw ValidationError("--name goes with --new.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try moved.place.openIncidents(for: .manageIncidents)
    let alerts = try opened.alertsOfOneTenant(moved.alerts)
    let tenant = alerts.first?.tenant ?? ""
    let place = try opened.required().move(
      alerts: alerts.map(\.id),
      of: tenant,
      to: try target(from: tenant),
      comment: comment.first ?? "",
      by: opened.actor
    )
    try opened.note(
      "alerts moved",
      alerts.map { ItemOutcome(tenant: $0.tenant, item: $0.id, failure: nil) }
    )
    console.note("moved to \(place)")
    return 0
  }

  /// Where to; a number alone is of the tenant of the alerts.
  private func target(from tenant: String) throws -> MoveTarget {
    guard let to = to.first else { return .new(name: name.first) }
    if to.contains("/"), !to.hasPrefix(tenant + "/") {
      throw IncidentFailure(
        "the incident '\(to)' is of another tenant than the alerts, which are of '\(tenant)'; "
          + "alerts stay in their tenant"
      )
    }
    return .incident(try IncidentReference(reading: to, tenants: [tenant]))
  }
}

/// `harrier incidents undo-move`.
struct IncidentsUndoMoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo-move",
    abstract: "Move alerts back to where they were before they were last moved.",
    discussion: """
      An alert is TENANT/ID; the id will do where one tenant has it. An incident that was resolved \
      since it had no open alert any more is open again.

        harrier incidents undo-move --store logs default/da1
      """
  )

  @OptionGroup var moved: MovedAlerts

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try moved.place.openIncidents(for: .manageIncidents)
    let store = try opened.required()
    let found = try opened.alerts(named: moved.alerts)
    let outcomes = try opened.outcomes(of: moved.alerts, found) { alerts in
      let done = try alerts.flatMap { alert in
        try store.undoMove(alerts: [alert.id], of: alert.tenant, by: opened.actor)
      }
      try opened.note("move undone", done)
      return done
    }
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
      value by the last rows of DeviceInfo get the tag 'Critical asset'. Incidents are found by \
      os= and device-group= as the last rows of DeviceInfo say by then, of whatever age. Devices \
      and people of incidents that an earlier release counted are counted anew.

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
    let outcome = try IncidentPipeline(incidents).run(tenants: tenants)
    console.tell(outcome)
    let counted = try incidents.countWaiting(of: tenants)
    if counted > 0 {
      console.note("\(Counted.text(counted, "incident")) of an earlier release counted anew")
    }
    try DeviceInfoStep(store: place.store, incidents, limits)
      .run(tenants, readsAll: true, console)
    return outcome.heldUp.isEmpty ? 0 : ExitCodes.queryError
  }
}
