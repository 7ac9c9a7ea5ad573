public import Alerts
public import Columnar
import DetectionRules
public import Execution
public import Hunting

/// Rules, runs and alerts as rows to print.
public enum RuleListing: RowListing {
  /// A rule at work in a tenant, with its last run.
  public struct Item: Sendable {
    public let assignment: Assignment
    public let rule: StoredRule
    public let lastRun: RunRecord?
    public let alerts: Int

    public init(assignment: Assignment, rule: StoredRule, lastRun: RunRecord?, alerts: Int) {
      self.assignment = assignment
      self.rule = rule
      self.lastRun = lastRun
      self.alerts = alerts
    }

    /// When it runs next; nil where it does not, or waits for events.
    public func next(at now: DateTime) -> DateTime? {
      guard let rule = rule.rule else { return nil }
      switch RunPlanner.decide(rule, assignment, at: now) {
      case .wait(let until): return until
      case .run, .skip: return now
      case .look: return nil
      }
    }
  }

  /// A row for each rule in each tenant.
  public static func items(_ items: [Item], at now: DateTime) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "Rule", "State", "Severity", "Tactics", "Frequency") + [
        ColumnSchema("LastRun", .datetime), ColumnSchema("LastStatus", .string),
        ColumnSchema("NextRun", .datetime), ColumnSchema("Alerts", .long),
        ColumnSchema("RuleId", .string),
      ]
    )
    return StoreListing.rows(schema, items) { item in
      let rule = item.rule.rule
      let tactics = rule?.tactics.map(\.rawValue).joined(separator: ",") ?? ""
      return [
        text(item.assignment.tenant), text(item.rule.name),
        text(item.assignment.state.rawValue), text(rule?.severity.title ?? ""), text(tactics),
        text(rule.map(frequency) ?? ""), time(item.lastRun?.finished),
        text(item.lastRun.map { $0.failure.map { $0.code.rawValue } ?? "completed" } ?? ""),
        time(item.next(at: now)), .long(Int64(item.alerts)), text(item.rule.id),
      ]
    }
  }

  /// A row for each run.
  ///
  /// - Parameter names: the names of rules by their ids; the id stands for one that is gone.
  public static func runs(_ runs: [RunRecord], names: [String: String]) -> QueryResult {
    let schema = Schema(
      [ColumnSchema("Run", .long)] + texts("Tenant", "Rule", "Cause") + [
        ColumnSchema("WindowStart", .datetime), ColumnSchema("WindowEnd", .datetime),
        ColumnSchema("Started", .datetime), ColumnSchema("Finished", .datetime),
      ] + texts("Status", "Reason") + [
        ColumnSchema("Rows", .long), ColumnSchema("NewEvents", .long),
        ColumnSchema("Alerts", .long), ColumnSchema("FoldedEvents", .long),
        ColumnSchema("CutAlerts", .long), ColumnSchema("HiddenAlerts", .long),
      ]
    )
    return StoreListing.rows(schema, runs) { run in
      [
        .long(run.id), text(run.tenant), text(names[run.rule] ?? run.rule),
        text(run.cause.rawValue),
        time(run.start), time(run.end), time(run.started), time(run.finished),
        text(run.failure?.code.rawValue ?? "completed"), text(run.failure?.reason ?? ""),
        .long(Int64(run.rows)), .long(Int64(run.newEvents)), .long(Int64(run.alerts)),
        .long(Int64(run.foldedEvents)), .long(Int64(run.cutAlerts)),
        .long(Int64(run.hiddenAlerts)),
      ]
    }
  }

  /// A row for each alert.
  public static func alerts(_ alerts: [StoredAlert]) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "AlertId", "Title", "Severity", "Status") + [
        ColumnSchema("FirstActivity", .datetime), ColumnSchema("LastActivity", .datetime),
        ColumnSchema("Created", .datetime), ColumnSchema("Events", .long),
        ColumnSchema("StandsFor", .long),
      ]
    )
    return StoreListing.rows(schema, alerts) { alert in
      [alert.tenant, alert.id, alert.title, alert.severity.title, alert.status].map(text) + [
        time(alert.firstTime), time(alert.lastTime), time(alert.created),
        .long(Int64(alert.eventCount)), .long(Int64(alert.standsFor)),
      ]
    }
  }

  /// A row for each tuning rule.
  public static func tuning(_ rules: [TuningRule]) -> QueryResult {
    let schema = Schema(
      texts("Name", "When", "Action", "Tenant", "State") + [
        ColumnSchema("Hits", .long), ColumnSchema("LastHit", .datetime),
        ColumnSchema("Created", .datetime),
      ] + texts("CreatedBy", "Comment")
    )
    return StoreListing.rows(schema, rules) { rule in
      [
        rule.name, rule.text, rule.action.rawValue, rule.tenant ?? "all",
        rule.isOn ? "on" : "off",
      ].map(text) + [.long(Int64(rule.hits)), time(rule.lastHit), time(rule.created)]
        + [rule.createdBy, rule.comment].map(text)
    }
  }

  /// A row for each gap.
  public static func gaps(_ gaps: [(tenant: String, gap: Gap)]) -> QueryResult {
    let schema = Schema(
      texts("Tenant") + [ColumnSchema("From", .datetime), ColumnSchema("To", .datetime)]
        + texts("Reason")
    )
    return StoreListing.rows(schema, gaps) { item in
      let gap = item.gap
      return [text(item.tenant), time(gap.start), time(gap.end), text(gap.reason.rawValue)]
    }
  }

  /// A row for each action that a rule asks for.
  public static func actions(_ actions: [RequestedAction]) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "AlertId", "Action", "Targets") + [ColumnSchema("Requested", .datetime)]
    )
    return StoreListing.rows(schema, actions) { action in
      [action.tenant, action.alert, action.kind, action.targets].map(text)
        + [time(action.requested)]
    }
  }

  /// A row for each tenant: what people made of a rule's alerts there.
  public static func feedback(_ feedback: [RuleFeedback]) -> QueryResult {
    let schema = Schema(
      texts("Tenant")
        + numbers("Alerts", "TruePositives", "FalsePositives", "Expected", "NotClassified")
        + [ColumnSchema("FalsePositiveRate", .real)] + texts("TuningSuggestion", "Reason")
    )
    return StoreListing.rows(schema, feedback) { item in
      let counts = [
        item.alerts, item.truePositives, item.falsePositives, item.expected, item.unclassified,
      ]
      return [text(item.tenant)] + counts.map { .long(Int64($0)) }
        + [item.falsePositiveRate.map { .real($0) } ?? .missing(.real)]
        + [text(item.suggestion?.condition ?? ""), text(item.reason)]
    }
  }

  /// A row for each item of a change in bulk: what it was about, and what came of it.
  public static func outcomes(
    _ outcomes: [(tenant: String, rule: String, outcome: String)]
  ) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant", "Rule", "Outcome")), outcomes) { item in
      [text(item.tenant), text(item.rule), text(item.outcome)]
    }
  }

  private static func frequency(_ rule: DetectionRule) -> String {
    rule.schedule.frequency.map(RuleDuration.short) ?? "continuous"
  }
}
