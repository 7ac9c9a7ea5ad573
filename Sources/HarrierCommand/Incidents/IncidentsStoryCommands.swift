import ArgumentParser
import Hunting
import Incidents
import Tenancy

/// An incident that somebody names, of a store and its tenants.
struct NamedIncident: ParsableArguments {
  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "incident"))
  var incident: String

  /// The store and the incident; one that was merged leads to where its alerts are.
  func open() throws -> (store: IncidentStore, incident: Incident, opened: OpenedIncidents) {
    let opened = try place.openIncidents(for: .readIncidents)
    let reference = try opened.reference(incident)
    let store = try opened.required()
    return (store, try store.incident(reference, followsRedirect: true), opened)
  }
}

/// `harrier incidents graph`.
struct IncidentsGraphCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Write the attack as a graph: what was seen between which things, in which order.",
    discussion: """
        harrier incidents graph --store logs default/1
        harrier incidents graph --store logs default/1 --graphviz
      """
  )

  @OptionGroup var named: NamedIncident

  @Flag(help: "Write it for Graphviz ('dot -Tsvg'), not as JSON.")
  var graphviz = false

  func run(_ console: Console) throws -> Int32 {
    let (store, incident, _) = try named.open()
    let story = AttackStory(try store.details(of: incident))
    try console.write(text: graphviz ? story.graphviz : story.json + "\n")
    return 0
  }
}

/// `harrier incidents similar`.
struct IncidentsSimilarCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "List incidents of the tenant that have much in common with one, and what that is.",
    discussion: """
      Counted are entities, titles of alerts, techniques, rules and threats; what many incidents \
      have counts little.

        harrier incidents similar --store logs default/1
      """
  )

  @OptionGroup var named: NamedIncident

  @Option(help: ArgumentHelp("The most incidents.", valueName: "count"))
  var limit = 10

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if limit < 1 || limit > 1_000 { throw ValidationError("--limit is 1 to 1000.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let (store, incident, _) = try named.open()
    let found = try store.similar(to: incident, limit: limit)
    try console.write(IncidentListing.similar(found), as: format)
    return 0
  }
}

/// `harrier incidents hunt`.
struct IncidentsHuntCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "hunt",
    abstract: "Write a query for all that is known of an incident's devices, users and files.",
    discussion: """
      The query is for 'harrier query --store'. It looks into all tables of events that the \
      tenant has, Defender's, Sentinel's and your own, for the incident's devices, accounts and \
      mailboxes, mails and their senders, files and hashes, addresses, URLs, domains, \
      applications, registry keys and resources of Azure; comments in it say what is not looked \
      for. Own tables are searched in columns that the products have too, also with _s or _g \
      behind their names. It is held to the time of the incident and an hour before and after \
      it, and to the incident's tenant where you may see several.

        harrier incidents hunt --store logs default/1
      """
  )

  @OptionGroup var named: NamedIncident

  func run(_ console: Console) throws -> Int32 {
    let (store, incident, opened) = try named.open()
    let tables = try opened.access.tables(of: incident.tenant)
    let all = try opened.access.scope(over: .all, for: .readIncidents).tenants
    let tenantID = all.count > 1 ? all.first { $0.name == incident.tenant }?.id : nil
    let details = try store.details(of: incident)
    let known = TableSchemas.environment(.hunting)
    let hunt = IncidentHunt(
      details,
      tables: Set(tables.keys),
      own: tables.filter { known.lookup($0.key) == nil },
      tenantID: tenantID
    )
    guard let hunt else {
      throw IncidentFailure(
        "no table of \(incident.tenant) could have what \(incident.reference) names; "
          + "'harrier ingest' brings some"
      )
    }
    try console.write(text: hunt.query)
    return 0
  }
}
