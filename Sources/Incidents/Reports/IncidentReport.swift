public import Columnar
import DetectionRules
import Hunting

/// What is written about an incident when it is over.
public struct IncidentReport: Sendable {
  /// An action that was taken, as those tell it who take actions.
  public struct Action: Sendable {
    /// By what it is known, `contoso/4`.
    public let reference: String
    public let at: DateTime
    public let what: String
    public let target: String
    public let status: String
    public let actor: String

    public init(
      _ reference: String,
      at: DateTime,
      what: String,
      target: String,
      status: String,
      actor: String
    ) {
      self.reference = reference
      self.at = at
      self.what = what
      self.target = target
      self.status = status
      self.actor = actor
    }
  }

  let details: IncidentDetails
  let actions: [Action]
  let mails: [ReportMail]

  /// - Parameter mails: what the tables of mails say of those of the incident.
  public init(_ details: IncidentDetails, actions: [Action] = [], mails: [MailFacts] = []) {
    self.details = details
    self.actions = actions
    let book = MailBook(mails)
    self.mails = details.mails.map { ReportMail($0, book) }
  }

  public var document: ReportDocument {
    let incident = details.incident
    var report = ReportDocument(title: "Incident \(incident.reference): \(incident.name)")
    report.add("Summary", columns: ["Fact", "Value"], rows: facts)
    if !details.description.isEmpty { report.add(.text(details.description)) }
    report.add(
      "Timeline",
      columns: ["Time", "What", "By"],
      rows: timeline.map { [$0.at.text, $0.what, $0.actor] }
    )
    report.add(
      "Alerts",
      columns: [
        "First activity", "Alert", "Title", "Severity", "Category", "Source", "Status", "Why here",
      ],
      rows: details.alerts.map(row)
    )
    report.add(
      "Assets",
      columns: ["Kind", "Name", "Alerts"],
      rows: assets.map { item in
        [item.evidence.kind, EvidenceLabel.text(of: item.evidence), "\(item.alerts.count)"]
      }
    )
    if !mails.isEmpty {
      report.add("Mails", columns: ReportMail.columns, rows: mails.map(\.row))
    }
    report.add(
      "Evidence",
      columns: ["Kind", "Evidence", "Verdict", "Remediation", "Alerts"],
      rows: details.distinctEvidence.filter { !$0.isAsset }.map { item in
        let evidence = item.evidence
        return [
          evidence.kind, EvidenceLabel.text(of: evidence), evidence.verdict,
          evidence.remediation, "\(item.alerts.count)",
        ]
      }
    )
    report.add(
      "Actions",
      columns: ["Time", "Action", "Target", "Status", "By"],
      rows: actions.map { [$0.at.text, $0.what, $0.target, $0.status, $0.actor] }
    )
    report.add(
      "Comments",
      columns: ["Time", "By", "Comment"],
      rows: details.comments.map { [$0.at.text, $0.actor, $0.comment] }
    )
    return report
  }

  var assets: [IncidentEvidence] { details.devices + details.users + details.mailboxes }

  private var facts: [[String]] {
    let incident = details.incident
    let times = IncidentTimes(incident)
    let techniques = Set(details.alerts.flatMap(\.techniques)).sorted()
    let scope =
      "\(incident.alertCount) alerts, \(incident.deviceCount) devices, "
      + "\(incident.userCount) users, \(incident.mailboxCount) mailboxes"
    let facts: [(String, String)] = [
      ("Status", incident.status.rawValue), ("Severity", incident.severity.title),
      ("Priority", "\(incident.priority)"), ("Assigned to", incident.assignedTo ?? ""),
      ("Classification", incident.classification.description),
      ("Resolving note", details.resolvingComment),
      ("Tags", details.tags.joined(separator: ", ")),
      ("Tactics", details.categories.joined(separator: " > ")),
      ("Techniques", techniques.joined(separator: ", ")),
      ("Scope", scope),
      ("First activity", incident.firstActivity.text),
      ("Last activity", incident.lastActivity.text), ("Created", incident.created.text),
      ("Acknowledged", incident.acknowledged?.text ?? ""),
      ("Resolved", incident.resolved?.text ?? ""),
      ("Time to acknowledge", times.toAcknowledge.map(IncidentTimes.text) ?? ""),
      ("Time to resolve", times.toResolve.map(IncidentTimes.text) ?? ""),
    ]
    return facts.filter { !$0.1.isEmpty }.map { [$0.0, $0.1] }
  }

  private func row(_ alert: IncidentAlert) -> [String] {
    let reasons = (details.links[alert.id] ?? []).map(\.reason)
    var seen: Set<String> = []
    return [
      alert.firstTime.text, alert.id, alert.title, alert.severity.title, alert.category,
      alert.serviceSource, alert.status.rawValue,
      reasons.filter { seen.insert($0).inserted }.joined(separator: ", "),
    ]
  }
}
