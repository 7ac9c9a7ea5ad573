import Alerts
import Columnar
public import Execution
public import Hunting
import Incidents

/// Investigations and what belongs to them as rows to show.
public enum InvestigationListing: RowListing {
  /// A row for each investigation.
  public static func investigations(_ investigations: [Investigation]) -> QueryResult {
    let schema = Schema(
      texts("Investigation", "Status", "Playbook", "Kind", "Detail", "RequestedBy")
        + times("Created", "Started", "Ended")
    )
    return StoreListing.rows(schema, investigations) { item in
      [
        item.reference.description, item.status.rawValue, item.playbook.rawValue,
        item.kind.rawValue, item.detail, item.requestedBy,
      ].map(text) + [time(item.created), time(item.started), time(item.ended)]
    }
  }

  /// A row for each fact of an investigation.
  public static func summary(_ details: InvestigationDetails) -> QueryResult {
    let item = details.investigation
    let threats = details.entities.filter(\.verdict.isThreat).count
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
      ("Entities", "\(details.entities.count), \(threats) of them threats"),
      ("Clusters", clusters.joined(separator: "; ")),
      ("Actions", "\(details.actions.count)"),
    ]
    return StoreListing.rows(Schema(texts("Fact", "Value")), rows.filter { !$0.1.isEmpty }) {
      [text($0.0), text($0.1)]
    }
  }

  /// A row for each step of the log.
  public static func steps(_ steps: [InvestigationStep]) -> QueryResult {
    let schema = Schema(
      times("At") + texts("Step") + numbers("Found") + texts("Outcome", "Detail", "Query")
    )
    return StoreListing.rows(schema, steps) { step in
      [time(step.at), text(step.name), .long(Int64(step.found))]
        + [step.isFailed ? "failed" : "done", step.detail, step.query].map(text)
    }
  }

  /// A row for each thing that an investigation looked at.
  public static func entities(_ entities: [InvestigationEntity]) -> QueryResult {
    let schema = Schema(
      texts("Kind", "Entity", "Verdict", "Remediation", "Origin", "Location", "Facts")
    )
    return StoreListing.rows(schema, entities) { entity in
      let facts = entity.facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return [
        entity.kind.rawValue,
        entity.identifiers.map { "\($0.name)=\($0.value)" }.joined(separator: " "),
        entity.verdict.rawValue, entity.remediation, entity.origin,
        entity.kind == .mail ? entity.location.rawValue : "", facts.joined(separator: " "),
      ].map(text)
    }
  }

  /// A row for each cluster of mails.
  public static func clusters(_ clusters: [InvestigationCluster]) -> QueryResult {
    let schema = Schema(texts("Cluster", "Threat") + numbers("Mails"))
    return StoreListing.rows(schema, clusters) { cluster in
      [text(cluster.name), text(cluster.threat), .long(Int64(cluster.mails))]
    }
  }

  /// A row for each action.
  public static func actions(_ actions: [InvestigationAction]) -> QueryResult {
    let schema = Schema(texts("Action", "Kind", "Target", "Status", "Name", "Detail"))
    return StoreListing.rows(schema, actions) { action in
      [
        action.reference.description, action.kind, action.target.description,
        action.status.rawValue, action.name, action.detail,
      ].map(text)
    }
  }

  /// A row for each alert that starts a playbook.
  public static func triggers(_ triggers: [PlaybookTrigger]) -> QueryResult {
    let schema = Schema(texts("Playbook", "Kind", "Title", "Category", "Service", "About"))
    return StoreListing.rows(schema, triggers) { trigger in
      [
        trigger.playbook.rawValue, trigger.kind.rawValue, trigger.title ?? "",
        trigger.category ?? "", trigger.service ?? "", trigger.playbook.about,
      ].map(text)
    }
  }

  /// A row for each step of a playbook, with its query.
  public static func queries(_ playbook: Playbook) -> QueryResult {
    let schema = Schema(texts("Step", "About", "Query"))
    return StoreListing.rows(schema, playbook.steps) { step in
      [step.name, step.about, step.text].map(text)
    }
  }

  /// A row for each level that was set.
  public static func settings(_ settings: [AutomationSetting]) -> QueryResult {
    let schema = Schema(texts("Tenant", "DeviceGroup", "Level", "ChangedBy"))
    return StoreListing.rows(schema, settings) { setting in
      [setting.tenant, setting.deviceGroup, setting.level.rawValue, setting.changedBy].map(text)
    }
  }
}
