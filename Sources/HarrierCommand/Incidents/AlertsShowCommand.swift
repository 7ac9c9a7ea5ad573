import ArgumentParser
import Hunting
import Incidents
import Tenancy

/// What of an alert is shown.
enum AlertPart: String, ExpressibleByArgument, CaseIterable {
  case summary, evidence, history, comments, raw
}

/// `harrier alerts show`.
struct AlertsShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an alert: its facts and evidence, what was done to it, the rows it came of.",
    discussion: """
      An alert is TENANT/ID; the id will do where one tenant has it. The history has what was done \
      to the alert in whatever incident it was then. The raw rows are those of its rule's query, \
      those that were ingested, or the alert as 'harrier alerts add' read it last, up to 64 KiB; \
      what such an alert says that has no field of its own is AdditionalFields. JSON and NDJSON \
      have fields for programs.

        harrier alerts show --store logs default/da1
        harrier alerts show --store logs default/da1 --part history
        harrier alerts show --store logs default/da1 --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/ID, or the id.", valueName: "alert"))
  var alert: String

  @Option(help: "What to show: summary, evidence, history, comments or raw.")
  var part = AlertPart.summary

  @OptionGroup var history: HistoryOptions

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws { try history.check(isHistory: part == .history) }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let named = try opened.alert(alert)
    let store = try opened.required()
    guard let found = try store.alertDetails(named.id, of: named.tenant) else {
      throw IncidentFailure("there is no alert '\(named)' any more")
    }
    if part == .raw {
      try writeRows(of: found, store, console)
    } else {
      try console.write(rows(found, console), as: format)
    }
    return 0
  }

  private func rows(_ details: AlertDetails, _ console: Console) -> ListedRows {
    switch part {
    case .summary, .raw: IncidentListing.alert(details)
    case .evidence:
      IncidentListing.evidence(
        details.evidence.map { IncidentEvidence(evidence: $0, alert: details.alert.id) }
      )
    case .history: IncidentListing.history(history.entries(of: details.history, console))
    case .comments: IncidentListing.history(details.comments)
    }
  }

  private func writeRows(
    of details: AlertDetails,
    _ store: IncidentStore,
    _ console: Console
  ) throws {
    let rows = try store.rows(of: details.alert)
    if rows.isEmpty {
      console.note(
        "an earlier release took the alert and kept only what 'summary' shows; 'harrier alerts "
          + "add' of the same alert keeps it as it comes"
      )
    }
    for row in rows {
      guard let bytes = row.cutFrom else { continue }
      console.note("the alert had \(bytes) bytes as it came, of which the first are kept")
    }
    try console.write(IncidentListing.rows(rows), as: format)
  }
}
