import ArgumentParser
import Columnar
import FileAccess
import Hunting
import Incidents
import Response
import Tenancy

/// `harrier incidents report`.
struct IncidentsReportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report of an incident or of a period, with MTTA and MTTR.",
    discussion: """
      The report of an incident has its facts, timeline, alerts, assets, evidence, actions, \
      comments. Without an incident it is that of a period: the figures of each tenant. The times \
      to acknowledge and to resolve count from when an incident was made to when a person first \
      did something about it, and to when it was resolved.

        harrier incidents report --store logs default/1
        harrier incidents report --store logs default/1 --html > report.html
        harrier incidents report --store logs --days 30
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER; none for a period.", valueName: "incident"))
  var incident: String?

  @Option(help: ArgumentHelp("The last days of the period, up to now.", valueName: "days"))
  var days = 30

  @Flag(help: "Write HTML, not Markdown.")
  var html = false

  func validate() throws {
    if days < 1 || days > 3_650 { throw ValidationError("--days is 1 to 3650.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let store = try opened.required()
    let document = try incident.map { try report(of: $0, opened, store) } ?? period(opened, store)
    try console.write(text: html ? document.html : document.markdown)
    return 0
  }

  private func report(
    of text: String,
    _ opened: OpenedIncidents,
    _ store: IncidentStore
  ) throws -> ReportDocument {
    let reference = try opened.reference(text)
    let found = try store.incident(reference, followsRedirect: true)
    return IncidentReport(try store.details(of: found), actions: try actions(of: found, store))
      .document
  }

  private func actions(
    of incident: Incident,
    _ store: IncidentStore
  ) throws -> [IncidentReport.Action] {
    try ActionStore(store).actions(of: incident).map { action in
      IncidentReport.Action(
        at: action.ended ?? action.decided ?? action.requested,
        what: action.kind.rawValue,
        target: action.target.description,
        status: action.status.rawValue,
        actor: action.decidedBy ?? action.requestedBy
      )
    }
  }

  private func period(_ opened: OpenedIncidents, _ store: IncidentStore) throws -> ReportDocument {
    let now = store.now
    let from = DateTime(ticks: now.ticks - Int64(days) * TimeSpan.ticksPerDay)
    return try store.report(of: opened.tenants, from: from, to: now).document
  }
}
