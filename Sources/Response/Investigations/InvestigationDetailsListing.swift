import Alerts
import Columnar
import Execution
public import Hunting
import Incidents

extension InvestigationListing {
  /// All facts of an investigation.
  public static func summary(_ details: InvestigationDetails) -> ListedRows {
    ListedRows(people: factRows(details), programs: FieldListing.row(details.fields))
  }

  /// A row for each fact of an investigation.
  private static func factRows(_ details: InvestigationDetails) -> QueryResult {
    let item = details.investigation
    let clusters = details.clusters.map { "\($0.name), \($0.mails) mails, \($0.threat)" }
    let rows: [(String, String)] = [
      ("Investigation", item.reference.description), ("Status", item.status.rawValue),
      ("GraphState", item.status.graphState), ("Detail", item.detail),
      ("Playbook", item.playbook.rawValue), ("Kind", item.kind.rawValue),
      ("RequestedBy", item.requestedBy), ("Created", item.created.text),
      ("Started", item.started?.text ?? ""), ("Ended", item.ended?.text ?? ""),
      ("Incident", details.incident?.description ?? ""),
      ("Alerts", details.alerts.map { "\($0.title) (\($0.id))" }.joined(separator: ", ")),
      ("Steps", "\(details.steps.count) of \(item.playbook.steps.count)"),
      ("Entities", "\(details.entities.count), \(details.threats) of them threats"),
      ("Clusters", clusters.joined(separator: "; ")),
      ("Actions", "\(details.actions.count)"),
    ]
    return facts(rows)
  }

  /// A row for each thing that an investigation looked at.
  public static func entities(_ entities: [InvestigationEntity]) -> ListedRows {
    let schema = Schema(
      texts("Kind", "Entity", "Verdict", "Remediation", "Origin", "Location", "Facts")
    )
    let people = StoreListing.rows(schema, entities) { entity in
      let facts = entity.sortedFacts.map { "\($0.name)=\($0.value)" }
      return [
        entity.kind.rawValue,
        entity.identifiers.map { "\($0.name)=\($0.value)" }.joined(separator: " "),
        entity.verdict.rawValue, entity.remediation, entity.origin,
        entity.kind == .mail ? entity.location.rawValue : "", facts.joined(separator: " "),
      ].map(text)
    }
    let columns =
      texts("Kind") + dynamics("Identifiers") + texts("Verdict", "Remediation", "Origin")
      + dynamics("Location", "Facts")
    let programs = FieldListing.rows(columns, entities) { entity in
      [
        ("Kind", .text(entity.kind.rawValue)),
        ("Identifiers", .identifiers(entity.identifiers)),
        ("Verdict", .text(entity.verdict.rawValue)), ("Remediation", .text(entity.remediation)),
        ("Origin", .text(entity.origin)),
        ("Location", .text(orNull: entity.kind == .mail ? entity.location.rawValue : nil)),
        ("Facts", .identifiers(entity.sortedFacts)),
      ]
    }
    return ListedRows(people: people, programs: programs)
  }

  /// A row for each action.
  public static func actions(_ actions: [InvestigationAction]) -> ListedRows {
    let schema = Schema(texts("Action", "Kind", "Target", "Status", "Name", "Detail"))
    let people = StoreListing.rows(schema, actions) { action in
      [
        action.reference.description, action.kind, action.target.description,
        action.status.rawValue, action.name, action.detail,
      ].map(text)
    }
    let columns =
      texts("Action", "Kind") + dynamics("Target") + texts("Status", "Name", "Detail")
    let programs = FieldListing.rows(columns, actions) { action in
      [
        ("Action", .text(action.reference.description)), ("Kind", .text(action.kind)),
        ("Target", .identifiers(action.target.identifiers)),
        ("Status", .text(action.status.rawValue)), ("Name", .text(action.name)),
        ("Detail", .text(action.detail)),
      ]
    }
    return ListedRows(people: people, programs: programs)
  }
}

extension InvestigationEntity {
  /// What steps learned of it, by name.
  fileprivate var sortedFacts: [Entity.Identifier] {
    facts.sorted { $0.key < $1.key }.map { Entity.Identifier(name: $0.key, value: $0.value) }
  }
}

extension InvestigationDetails {
  fileprivate var threats: Int { entities.count(where: \.verdict.isThreat) }

  /// All facts as programs read them.
  fileprivate var fields: Fields {
    let item = investigation
    return [
      ("Investigation", .text(item.reference.description)), ("Tenant", .text(item.tenant)),
      ("Number", .number(item.reference.number)), ("Status", .text(item.status.rawValue)),
      ("GraphState", .text(item.status.graphState)), ("Detail", .text(item.detail)),
      ("Playbook", .text(item.playbook.rawValue)), ("Kind", .text(item.kind.rawValue)),
      ("RequestedBy", .text(item.requestedBy)), ("IsSystem", .flag(item.isSystem)),
      ("Created", .time(item.created)), ("Started", .time(item.started)),
      ("Ended", .time(item.ended)), ("Incident", .text(orNull: incident?.description)),
      ("Alerts", .list(alerts.map(Self.fields))), ("Steps", .number(steps.count)),
      ("AllSteps", .number(item.playbook.steps.count)), ("Entities", .number(entities.count)),
      ("Threats", .number(threats)), ("Clusters", .list(clusters.map(Self.fields))),
      ("Actions", .number(actions.count)),
    ]
  }

  private static func fields(_ alert: IncidentAlert) -> FieldValue {
    .fields([("AlertId", .text(alert.id)), ("Title", .text(alert.title))])
  }

  private static func fields(_ cluster: InvestigationCluster) -> FieldValue {
    .fields([
      ("Name", .text(cluster.name)), ("Threat", .text(cluster.threat)),
      ("Mails", .number(cluster.mails)),
    ])
  }
}
