import Alerts
import Columnar
import DetectionRules
public import Execution
public import Hunting

/// Incidents, alerts and what belongs to them as rows to show.
public enum IncidentListing: RowListing {
  /// A row for each incident, with the columns of the product's queue.
  public static func incidents(_ incidents: [Incident]) -> QueryResult {
    let schema = Schema(
      texts("Incident", "Name", "Severity", "Status") + [ColumnSchema("Priority", .long)]
        + texts("ActiveAlerts", "AssignedTo", "Classification") + numbers("Devices", "Users")
        + numbers("Mailboxes", "PendingActions")
        + times("FirstActivity", "LastActivity", "Created", "Updated") + texts("Tenant")
    )
    return StoreListing.rows(schema, incidents) { incident in
      [
        text(incident.reference.description), text(incident.name),
        text(incident.severity.title), text(incident.status.rawValue),
        .long(Int64(incident.priority)),
        text("\(incident.activeAlertCount)/\(incident.alertCount)"),
        text(incident.assignedTo ?? ""), text(incident.classification.description),
        .long(Int64(incident.deviceCount)), .long(Int64(incident.userCount)),
        .long(Int64(incident.mailboxCount)), .long(Int64(incident.pendingActions)),
        time(incident.firstActivity), time(incident.lastActivity), time(incident.created),
        time(incident.updated), text(incident.tenant),
      ]
    }
  }

  /// A row for each alert.
  public static func alerts(
    _ alerts: [IncidentAlert],
    links: [String: [AlertLink]] = [:]
  ) -> QueryResult {
    let schema = Schema(
      texts("AlertId", "Title", "Severity", "Status", "ServiceSource", "DetectionSource")
        + texts("Category", "AssignedTo", "Classification", "LinkedBy")
        + times("FirstActivity", "LastActivity", "Created") + texts("Tenant")
    )
    return StoreListing.rows(schema, alerts) { alert in
      let reasons = (links[alert.id] ?? []).map { link in
        link.shared.isEmpty ? link.reason : "\(link.reason) (\(link.sharedText))"
      }
      return [
        alert.id, alert.title, alert.severity.title, alert.status.rawValue, alert.serviceSource,
        alert.detectionSource, alert.category, alert.assignedTo ?? "",
        alert.classification.description, reasons.joined(separator: ", "),
      ].map(text) + [time(alert.firstTime), time(alert.lastTime), time(alert.created)]
        + [text(alert.tenant)]
    }
  }

  /// A row for each thing that alerts tell of.
  public static func evidence(_ evidence: [IncidentEvidence]) -> QueryResult {
    let schema = Schema(
      texts("Kind", "Evidence", "Verdict", "Remediation", "Role", "Alerts")
    )
    return StoreListing.rows(schema, evidence) { item in
      let entity = item.evidence
      let identifiers = entity.identifiers.map { "\($0.name)=\($0.value)" }
      return [
        entity.kind, identifiers.joined(separator: " "), entity.verdict, entity.remediation,
        entity.isImpacted ? "impacted" : entity.role, item.alerts.joined(separator: " "),
      ].map(text)
    }
  }

  /// A row for each entry, oldest first.
  public static func history(_ entries: [HistoryEntry]) -> QueryResult {
    let schema = Schema(
      times("At") + texts("Actor", "Action", "Alert", "Old", "New", "Comment")
    )
    return StoreListing.rows(schema, entries) { entry in
      [time(entry.at)]
        + [
          entry.actor, entry.action, entry.alert ?? "", entry.old, entry.new, entry.comment,
        ].map(text)
    }
  }

  /// A row for each fact of an incident.
  public static func summary(_ details: IncidentDetails) -> QueryResult {
    let incident = details.incident
    let factors = details.priority.factors.map { "\($0.name) \($0.points)" }
    let rows: [(String, String)] = [
      ("Incident", incident.reference.description), ("Name", incident.name),
      ("Status", incident.status.rawValue), ("Severity", incident.severity.title),
      ("Priority", "\(incident.priority) (\(factors.joined(separator: ", ")))"),
      ("AssignedTo", incident.assignedTo ?? ""),
      ("Classification", incident.classification.description),
      ("Tags", details.tags.joined(separator: ", ")),
      ("Tactics", details.categories.joined(separator: " > ")),
      ("Alerts", "\(incident.activeAlertCount) active of \(incident.alertCount)"),
      (
        "Scope",
        "\(incident.deviceCount) devices, \(incident.userCount) users, "
          + "\(incident.mailboxCount) mailboxes"
      ),
      ("FirstActivity", incident.firstActivity.text),
      ("LastActivity", incident.lastActivity.text),
      ("StartedWith", details.alerts.first.map { "\($0.title) (\($0.id))" } ?? ""),
      ("Description", details.description), ("ResolvingComment", details.resolvingComment),
      ("RedirectedTo", details.redirectedTo?.description ?? ""),
    ]
    return StoreListing.rows(Schema(texts("Fact", "Value")), rows.filter { !$0.1.isEmpty }) {
      [text($0.0), text($0.1)]
    }
  }

  /// A row for each item of a change in bulk.
  public static func outcomes(_ outcomes: [ItemOutcome]) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant", "Item", "Outcome")), outcomes) { outcome in
      [outcome.tenant, outcome.item, outcome.failure?.description ?? "done"].map(text)
    }
  }

  /// A row for each incident that is like another.
  public static func similar(_ found: [SimilarIncident]) -> QueryResult {
    let schema = Schema(
      texts("Incident", "Name", "Status", "Classification") + [ColumnSchema("Score", .real)]
        + texts("Shared")
    )
    return StoreListing.rows(schema, found) { item in
      let incident = item.incident
      return [
        text(incident.reference.description), text(incident.name), text(incident.status.rawValue),
        text(incident.classification.description),
        .real((item.score * 1_000).rounded() / 1_000),
        text(item.shared.joined(separator: ", ")),
      ]
    }
  }

  /// A row for each saved filter.
  public static func filters(_ filters: [SavedFilter]) -> QueryResult {
    StoreListing.rows(Schema(texts("Name", "Filter")), filters) {
      [text($0.name), text($0.filter.text)]
    }
  }

  /// A row for each tag.
  public static func tags(_ tags: [(tenant: String, tag: String)]) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant", "Tag")), tags) { [text($0.tenant), text($0.tag)] }
  }
}
