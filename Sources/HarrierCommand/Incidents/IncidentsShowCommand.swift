import ArgumentParser
import Hunting
import Incidents
import Response
import Tenancy

/// What of an incident is shown.
enum IncidentPart: String, ExpressibleByArgument, CaseIterable {
  case summary, alerts, devices, users, mailboxes, investigations, evidence, actions, history
}

/// `harrier incidents show`.
struct IncidentsShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a part of an incident: summary, alerts with why they are linked, evidence …",
    discussion: """
      A merged incident leads to the one that has its alerts. JSON and NDJSON have fields for \
      programs: numbers, times, lists and objects. Devices have risk, exposure and value as \
      'harrier devices list' has them, for whoever may hunt in the tenant.

        harrier incidents show --store logs default/1
        harrier incidents show --store logs default/1 --part alerts
        harrier incidents show --store logs default/1 --part history --action comment --actor ana
        harrier incidents show --store logs default/1 --part history --from 2026-03-01 --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "incident"))
  var incident: String

  @Option(
    help: "summary, alerts, devices, users, mailboxes, investigations, evidence, actions, history."
  )
  var part = IncidentPart.summary

  @OptionGroup var history: HistoryOptions
  @OptionGroup var limits: RunOptions

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws { try history.check(isHistory: part == .history) }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let reference = try opened.reference(incident)
    let store = try opened.required()
    // The history stays with an incident that was merged.
    let found = try store.incident(reference, followsRedirect: part != .history)
    if found.reference != reference {
      console.note("\(reference) was merged into \(found.reference)")
    }
    try show(found, store, console)
    return 0
  }

  private func show(_ incident: Incident, _ store: IncidentStore, _ console: Console) throws {
    switch part {
    case .investigations:
      let investigations = try InvestigationStore(store).investigations(of: incident)
      try console.write(InvestigationListing.investigations(investigations), as: format)
    case .actions:
      let actions = try ActionStore(store).actions(of: incident)
      try console.write(ActionRowListing.actions(actions), as: format)
    case .devices:
      let devices = try store.details(of: incident).devices
      let lookup = DeviceRiskLookup(place, limits)
      let risks = try lookup.risks(of: devices, in: incident.tenant, console)
      try console.write(IncidentListing.devices(devices, risks: risks), as: format)
    case .summary:
      try console.write(IncidentListing.summary(store.details(of: incident)), as: format)
    case .alerts:
      let details = try store.details(of: incident)
      let rows = IncidentListing.alerts(
        details.alerts,
        assets: details.alertAssets,
        places: details.alertPlaces
      )
      try console.write(rows, as: format)
    case .evidence:
      let evidence = try store.details(of: incident).distinctEvidence
      try console.write(IncidentListing.evidence(evidence), as: format)
    case .users:
      try console.write(IncidentListing.evidence(store.details(of: incident).users), as: format)
    case .mailboxes:
      try console.write(IncidentListing.evidence(store.details(of: incident).mailboxes), as: format)
    case .history:
      let entries = history.entries(of: try store.details(of: incident).history, console)
      try console.write(IncidentListing.history(entries), as: format)
    }
  }
}
