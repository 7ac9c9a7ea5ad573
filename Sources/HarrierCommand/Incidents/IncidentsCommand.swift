import ArgumentParser
import Hunting
import Incidents
import Tenancy

/// `harrier incidents`: the queue of all tenants.
struct IncidentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incidents",
    abstract: "Work the incidents of all tenants: list, show, manage, merge, move alerts.",
    discussion: """
      Alerts of rules (harrier schedule) and of other products (harrier alerts add) are put into \
      incidents by what they share: users, devices, mails, files, addresses. Each link says why. \
      An incident is TENANT/NUMBER.

        harrier incidents list --store logs --filter 'assignee=me severity>=medium'
        harrier incidents show --store logs default/1
        harrier incidents update --store logs default/1 --assign me --add-tag phishing
      """,
    subcommands: [
      IncidentsListCommand.self, IncidentsShowCommand.self, IncidentsUpdateCommand.self,
      IncidentsMergeCommand.self, IncidentsMoveCommand.self, IncidentsUndoMoveCommand.self,
      IncidentsTagsCommand.self, IncidentsCorrelateCommand.self, IncidentsGraphCommand.self,
      IncidentsSimilarCommand.self, IncidentsHuntCommand.self, IncidentsReportCommand.self,
      IncidentsFiltersCommand.self,
    ]
  )
}

/// `harrier incidents list`.
struct IncidentsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List incidents: those that are open and not informational, changed last first.",
    discussion: """
      A filter is KEY=VALUE words; values with commas between are alternatives. Keys: status, \
      severity, assignee (a name, me, none), tag, classification, determination, category, \
      service, detection, product, entity (names and ids of devices, users, mailboxes), os and \
      device-group (of devices, as alerts or DeviceInfo tell them), technique, threat (display \
      name, family or actor), rule (name or id), policy (the id of the alert policy), \
      investigation, alert-severity, name; with >= and <=: severity, alert-severity, priority, \
      created, updated, activity, first (times, or 7d for that long ago), and how many there \
      are: alerts, devices, users, mailboxes, actions, services, categories, detections, \
      techniques, products, rules, tags. != turns = around, ~ looks for a part of the text. A \
      word that a key never has is refused; those of Microsoft Graph \
      (microsoftDefenderForEndpoint) and the names that the product shows ('Microsoft Defender \
      for Endpoint') are the same.

      --filter and --saved stand instead of the filter that holds without them, \
      'status=active,inProgress,awaitingAction severity>=low': --filter 'assignee=me' lists \
      resolved incidents too, and --filter '' all that stand. Those that were merged into others \
      are listed where the filter asks for status=redirected.

      In JSON and NDJSON incidents have fields: \
      \(IncidentListing.fieldNames.joined(separator: ", ")). Counts are numbers, times ISO 8601, \
      tags a list, and what is not known is null.

        harrier incidents list --store logs
        harrier incidents list --store logs --filter 'tag=phishing assignee=none' --sort priority
        harrier incidents list --store logs --filter 'status=resolved updated>=7d' --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: ArgumentHelp("Which incidents.", valueName: "filter"))
  var filter: String?

  @Option(
    help: ArgumentHelp("A filter kept by 'incidents filters'; --filter narrows.", valueName: "name")
  )
  var saved: String?

  @Option(
    help: ArgumentHelp(
      "What to order by: \(IncidentOrder.Key.allCases.map(\.rawValue).joined(separator: ", ")); "
        + "with :asc or :desc.",
      valueName: "key"
    )
  )
  var sort = "updated"

  @OptionGroup var page: PageOptions

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if IncidentOrder(reading: sort) == nil { throw ValidationError("--sort has no '\(sort)'.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let filter = try chosenFilter(opened)
    guard let store = opened.incidents, let order = IncidentOrder(reading: sort) else {
      try filter.requireKnownWords()
      try console.write(IncidentListing.incidents([]), as: format)
      return 0
    }
    let found = try store.incidents(
      of: opened.tenants,
      filter: filter,
      order: order,
      me: opened.access.principal.name,
      limit: page.limit,
      offset: page.skip
    )
    let tenants = opened.listed(console, format)
    let rows = IncidentListing.incidents(found.incidents, tags: found.tags, tenants: tenants)
    try console.write(rows, as: format)
    console.tell(found.incidents.count, of: found.total, "incidents")
    return 0
  }

  private func chosenFilter(_ opened: OpenedIncidents) throws -> IncidentFilter {
    var texts = filter.map { [$0] } ?? []
    if let saved {
      let kept = try opened.required().savedFilter(
        saved,
        of: opened.access.principal.name,
        tenants: opened.tenants
      )
      texts.append(try kept.filter().text)
    }
    return texts.isEmpty ? .queue : try IncidentFilter(reading: texts.joined(separator: " "))
  }
}
