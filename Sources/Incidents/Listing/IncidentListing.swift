import Columnar
import DetectionRules
public import Execution
public import Hunting

/// Incidents, alerts and what belongs to them as rows to show.
public enum IncidentListing: RowListing {
  /// A row for each incident, with the columns of the product's queue.
  ///
  /// - Parameter tags: those of incidents that have some, by ``Incident/id``.
  public static func incidents(
    _ incidents: [Incident],
    tags: [Int64: [String]] = [:],
    tenants: ListedTenants = .brief
  ) -> ListedRows {
    let schema = Schema(
      texts("Incident", "Name", "Severity", "Status") + numbers("Priority")
        + texts("ActiveAlerts", "AssignedTo", "Classification", "Tags")
        + numbers("Devices", "Users")
        + numbers("Mailboxes", "PendingActions")
        + times("FirstActivity", "LastActivity", "Created", "Updated") + tenants.columns
    )
    let people = StoreListing.rows(schema, incidents) { incident in
      [
        text(incident.reference.description), text(incident.name),
        text(incident.severity.title), text(incident.status.rawValue),
        .long(Int64(incident.priority)),
        text("\(incident.activeAlertCount)/\(incident.alertCount)"),
        text(incident.assignedTo ?? ""), text(incident.classification.description),
        text(tags[incident.id, default: []].joined(separator: ", ")),
        .long(Int64(incident.deviceCount)), .long(Int64(incident.userCount)),
        .long(Int64(incident.mailboxCount)), .long(Int64(incident.pendingActions)),
        time(incident.firstActivity), time(incident.lastActivity), time(incident.created),
        time(incident.updated),
      ] + tenants.cells(of: incident.tenant)
    }
    let programs = FieldListing.rows(fieldColumns + tenants.columns, incidents) { incident in
      incident.fields
        + [("Tags", .texts(tags[incident.id, default: []])), ("Tenant", .text(incident.tenant))]
        + tenants.furtherFields(of: incident.tenant)
    }
    return ListedRows(people: people, programs: programs)
  }

  /// The columns of incidents that programs read; those of tenants come behind.
  private static let fieldColumns =
    texts("Incident") + numbers("Number") + texts("Name", "Severity", "Status")
    + numbers("Priority", "Alerts", "ActiveAlerts") + dynamics("AssignedTo")
    + texts("Classification", "Determination")
    + numbers("Devices", "Users", "Mailboxes", "PendingActions")
    + times("FirstActivity", "LastActivity", "Created", "Updated", "Resolved") + dynamics("Tags")

  /// What those are called, and the tenant.
  public static let fieldNames = (fieldColumns + ListedTenants.brief.columns).map(\.name)

  /// A row for each item of a change in bulk.
  public static func outcomes(_ outcomes: [ItemOutcome]) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant", "Item", "Outcome")), outcomes) { outcome in
      [outcome.tenant, outcome.reference, outcome.failure?.description ?? "done"].map(text)
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

  /// A row for each saved filter, with why it is refused now, where it is.
  public static func filters(_ filters: [SavedFilter]) -> QueryResult {
    StoreListing.rows(Schema(texts("Name", "Filter", "Refused")), filters) {
      [text($0.name), text($0.text), text($0.refusal?.description ?? "")]
    }
  }

  /// A row for each tag.
  public static func tags(_ tags: [(tenant: String, tag: String)]) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant", "Tag")), tags) { [text($0.tenant), text($0.tag)] }
  }
}

extension Incident {
  /// What programs read of it in a list, by the names that its summary has for the same.
  fileprivate var fields: Fields {
    [
      ("Incident", .text(reference.description)), ("Number", .number(reference.number)),
      ("Name", .text(name)), ("Severity", .text(severity.title)),
      ("Status", .text(status.rawValue)), ("Priority", .number(priority)),
      ("Alerts", .number(alertCount)), ("ActiveAlerts", .number(activeAlertCount)),
      ("AssignedTo", .text(orNull: assignedTo)),
      ("Classification", .text(classification.classification)),
      ("Determination", .text(classification.determination)), ("Devices", .number(deviceCount)),
      ("Users", .number(userCount)), ("Mailboxes", .number(mailboxCount)),
      ("PendingActions", .number(pendingActions)), ("FirstActivity", .time(firstActivity)),
      ("LastActivity", .time(lastActivity)), ("Created", .time(created)),
      ("Updated", .time(updated)), ("Resolved", .time(resolved)),
    ]
  }
}
