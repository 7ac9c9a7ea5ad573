import ArgumentParser
import Hunting
import Incidents
import OperationalStore
import Tenancy

/// `harrier incidents filters`.
struct IncidentsFiltersCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "filters",
    abstract: "List, keep and forget filters by name; 'incidents list --saved NAME' uses one.",
    discussion: """
      Each principal has filters of their own. A filter is kept in its canonical text. Refused \
      says why 'incidents list' takes one no more that an earlier release kept, such as a word \
      that its key never has; --save of the same name replaces it.

        harrier incidents filters --store logs --save mine --filter 'assignee=me status=active'
        harrier incidents filters --store logs
        harrier incidents filters --store logs --delete mine
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: ArgumentHelp("Keep --filter by this name.", valueName: "name"))
  var save: String?

  @Option(help: ArgumentHelp("The filter to keep; see 'incidents list'.", valueName: "filter"))
  var filter: String?

  @Option(help: ArgumentHelp("Forget the filter of this name.", valueName: "name"))
  var delete: String?

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if (save == nil) != (filter == nil) {
      throw ValidationError("--save NAME goes with --filter FILTER.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let me = opened.access.principal.name
    if let save, let filter {
      let wanted = try IncidentFilter(reading: filter)
      try writable().save(wanted, as: save, of: me, tenants: opened.tenants)
    }
    if let delete { try writable().deleteSavedFilter(delete, of: me) }
    let all =
      try place.openIncidents(for: .readIncidents).incidents?
      .savedFilters(of: me, tenants: opened.tenants) ?? []
    try console.write(IncidentListing.filters(all), as: format)
    return 0
  }

  private func writable() throws -> IncidentStore {
    guard let store = try IncidentStore.open(store: place.store, access: .readWrite) else {
      throw IncidentFailure("the store has no incidents yet")
    }
    return store
  }
}
