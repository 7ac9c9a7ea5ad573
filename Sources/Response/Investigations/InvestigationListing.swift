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

  /// A row for each cluster of mails.
  public static func clusters(_ clusters: [InvestigationCluster]) -> QueryResult {
    let schema = Schema(texts("Cluster", "Threat") + numbers("Mails"))
    return StoreListing.rows(schema, clusters) { cluster in
      [text(cluster.name), text(cluster.threat), .long(Int64(cluster.mails))]
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
