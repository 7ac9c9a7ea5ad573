import Columnar
import DetectionRules
public import Hunting

extension IncidentListing {
  /// All facts of an incident.
  public static func summary(_ details: IncidentDetails) -> ListedRows {
    let summary = SummaryFacts(details)
    return ListedRows(
      people: facts(summary.texts),
      programs: FieldListing.row(summary.fields)
    )
  }
}

/// The facts of an incident as people and as programs read them.
struct SummaryFacts {
  private let details: IncidentDetails
  private let incident: Incident
  private let verdicts: [(verdict: EntityVerdict, count: Int)]

  init(_ details: IncidentDetails) {
    self.details = details
    incident = details.incident
    let found = details.distinctEvidence.map { EntityVerdict(reading: $0.evidence.verdict) }
    verdicts = EntityVerdict.allCases.reversed().map { verdict in
      (verdict, found.count { $0 == verdict })
    }
  }

  // MARK: People

  var texts: [(String, String)] {
    state + scope + [
      ("FirstActivity", incident.firstActivity.text),
      ("LastActivity", incident.lastActivity.text), ("Created", incident.created.text),
      ("Updated", incident.updated.text), ("Resolved", incident.resolved?.text ?? ""),
      ("StartedWith", details.alerts.first.map { "\($0.title) (\($0.id))" } ?? ""),
      ("Description", details.description), ("ResolvingComment", details.resolvingComment),
      (
        "Comments",
        details.comments.last.map { IncidentListing.commentsText(details.comments, $0) } ?? ""
      ),
      ("History", "\(details.history.count) entries: --part history"),
      ("RedirectedTo", details.redirectedTo?.description ?? ""),
    ]
  }

  private var state: [(String, String)] {
    let factors = details.priority.factors.map { "\($0.name) \($0.points)" }
    return [
      ("Incident", incident.reference.description), ("Name", incident.name),
      ("Status", incident.status.rawValue), ("Severity", incident.severity.title),
      ("Priority", "\(incident.priority) (\(factors.joined(separator: ", ")))"),
      ("AssignedTo", incident.assignedTo ?? ""),
      ("Classification", incident.classification.description),
      ("Tags", details.tags.joined(separator: ", ")),
      ("Tactics", details.categories.joined(separator: " > ")),
    ]
  }

  private var scope: [(String, String)] {
    [
      ("Alerts", "\(incident.activeAlertCount) active of \(incident.alertCount)"),
      (
        "Scope",
        [
          Counted.text(incident.deviceCount, "device"), Counted.text(incident.userCount, "user"),
          Counted.text(incident.mailboxCount, "mailbox"),
        ].joined(separator: ", ")
      ),
      (
        "Evidence",
        Self.text(
          verdicts.reduce(0) { $0 + $1.count },
          verdicts.map { ($0.verdict.rawValue, $0.count) }
        )
      ),
      (
        "Investigations",
        Self.text(
          details.investigations.reduce(0) { $0 + $1.count },
          details.investigations.map { ($0.status, $0.count) }
        )
      ),
      ("PendingActions", incident.pendingActions == 0 ? "" : "\(incident.pendingActions)"),
    ]
  }

  /// A number and what it is made of: `3: 1 malicious, 2 unknown`.
  private static func text(_ count: Int, _ parts: [(String, Int)]) -> String {
    let words = parts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return words.isEmpty ? "\(count)" : "\(count): \(words.joined(separator: ", "))"
  }

  // MARK: Programs

  var fields: Fields {
    stateFields + scopeFields + timeFields + [
      (
        "StartedWith",
        details.alerts.first.map {
          .fields([("AlertId", .text($0.id)), ("Title", .text($0.title))])
        } ?? .text(orNull: nil)
      ),
      ("Description", .text(details.description)),
      ("ResolvingComment", .text(details.resolvingComment)),
      ("Comments", .list(details.comments.map(\.commentFields))),
      ("HistoryEntries", .number(details.history.count)),
      ("RedirectedTo", .text(orNull: details.redirectedTo?.description)),
    ]
  }

  private var stateFields: Fields {
    let factors = details.priority.factors.map { factor in
      FieldValue.fields([("Name", .text(factor.name)), ("Points", .number(factor.points))])
    }
    return [
      ("Incident", .text(incident.reference.description)), ("Tenant", .text(incident.tenant)),
      ("Number", .number(incident.reference.number)), ("Name", .text(incident.name)),
      ("Status", .text(incident.status.rawValue)), ("Severity", .text(incident.severity.title)),
      ("Priority", .number(incident.priority)), ("PriorityFactors", .list(factors)),
      ("AssignedTo", .text(orNull: incident.assignedTo)),
      ("Classification", .text(incident.classification.classification)),
      ("Determination", .text(incident.classification.determination)),
      ("Tags", .texts(details.tags)), ("Tactics", .texts(details.categories)),
      ("Techniques", .texts(Set(details.alerts.flatMap(\.techniques)).sorted())),
    ]
  }

  private var scopeFields: Fields {
    [
      ("Alerts", .number(incident.alertCount)),
      ("ActiveAlerts", .number(incident.activeAlertCount)),
      ("Devices", .number(incident.deviceCount)), ("Users", .number(incident.userCount)),
      ("Mailboxes", .number(incident.mailboxCount)),
      ("Evidence", .number(verdicts.reduce(0) { $0 + $1.count })),
      (
        "EvidenceByVerdict",
        .fields(verdicts.map { ($0.verdict.rawValue, .number($0.count)) })
      ),
      ("Investigations", .number(details.investigations.reduce(0) { $0 + $1.count })),
      (
        "InvestigationsByStatus",
        .fields(details.investigations.map { ($0.status, .number($0.count)) })
      ),
      ("PendingActions", .number(incident.pendingActions)),
    ]
  }

  private var timeFields: Fields {
    [
      ("FirstActivity", .time(incident.firstActivity)),
      ("LastActivity", .time(incident.lastActivity)), ("Created", .time(incident.created)),
      ("Updated", .time(incident.updated)), ("Acknowledged", .time(incident.acknowledged)),
      ("Resolved", .time(incident.resolved)),
    ]
  }
}
