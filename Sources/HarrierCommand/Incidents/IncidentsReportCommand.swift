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
      did something about it (any change of it or its alerts, an action), and to when it was \
      resolved. A period has the incidents that were made in it, its start included and its end \
      not; those that were left without alerts by a move are Emptied and count as resolved in \
      nothing. What EmailEvents says of mails needs the right to hunt.

        harrier incidents report --store logs default/1
        harrier incidents report --store logs default/1 --html > report.html
        harrier incidents report --store logs --from 2026-03-01 --to 2026-04-01 --json
        harrier incidents report --store logs --days 30
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER; none for a period.", valueName: "incident"))
  var incident: String?

  @Option(
    help: ArgumentHelp(
      "The days of the period up to --to, else to now. 30 where nothing is said.",
      valueName: "days"
    )
  )
  var days: Int?

  @OptionGroup var times: PeriodOptions

  @Flag(help: "Write HTML, not Markdown.")
  var html = false

  @Flag(help: "Write one JSON object with all of it, not Markdown.")
  var json = false

  @OptionGroup var limits: RunOptions

  func validate() throws {
    if let days, days < 1 || days > 3_650 { throw ValidationError("--days is 1 to 3650.") }
    if html, json { throw ValidationError("Choose one of --html and --json.") }
    if days != nil, times.from != nil {
      throw ValidationError("--days says where a period begins; leave out --from.")
    }
    if incident != nil, times.isGiven || days != nil {
      throw ValidationError("--days, --from and --to are of a period; leave out the incident.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .readIncidents)
    let store = try opened.required()
    if let incident {
      let report = try report(of: incident, opened, store, console)
      try console.write(text: json ? report.json : text(report.document))
    } else {
      let report = try period(opened, store)
      try console.write(text: json ? report.json : text(report.document))
    }
    return 0
  }

  private func text(_ document: ReportDocument) -> String {
    html ? document.html : document.markdown
  }

  private func report(
    of text: String,
    _ opened: OpenedIncidents,
    _ store: IncidentStore,
    _ console: Console
  ) throws -> IncidentReport {
    let reference = try opened.reference(text)
    let found = try store.incident(reference, followsRedirect: true)
    let details = try store.details(of: found)
    let mails = try MailLookup(place, limits).facts(of: details, console)
    return IncidentReport(details, actions: try actions(of: found, store), mails: mails)
  }

  private func actions(
    of incident: Incident,
    _ store: IncidentStore
  ) throws -> [IncidentReport.Action] {
    try ActionStore(store).actions(of: incident).map { action in
      IncidentReport.Action(
        action.reference.description,
        at: action.ended ?? action.decided ?? action.requested,
        what: action.kind.rawValue,
        target: action.target.description,
        status: action.status.rawValue,
        actor: action.decidedBy ?? action.requestedBy
      )
    }
  }

  private func period(_ opened: OpenedIncidents, _ store: IncidentStore) throws -> PeriodReport {
    let to = times.end ?? store.now
    let from = times.start ?? DateTime(ticks: to.ticks - Int64(days ?? 30) * TimeSpan.ticksPerDay)
    if to <= from {
      throw IncidentFailure("the period begins at \(from.text), which is not before its end")
    }
    return try store.report(of: opened.tenants, from: from, to: to)
  }
}
