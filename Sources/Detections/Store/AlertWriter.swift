import Columnar
import DetectionRules
import GRDB
import StructuredText

/// Writes a run's record and its alerts, within a transaction.
struct AlertWriter {
  let database: Database
  let now: DateTime

  func write(_ commit: RunCommit, _ record: inout RunRecord) throws {
    let plan = commit.plan
    record.newEvents = plan?.newKeys.count ?? 0
    record.foldedEvents = plan?.folded.reduce(0) { $0 + $1.events.eventCount } ?? 0
    record.cutAlerts = plan?.alerts.reduce(0) { $0 + $1.standsFor } ?? 0
    record.alerts = plan?.alerts.count ?? 0
    try insert(&record)
    guard let plan else { return }
    let tuning = try Tuning(database, tenant: record.tenant, at: now)
    var raised = 0
    for draft in plan.alerts {
      let tuned = try tuning.rule(for: TunedAlert(draft, of: commit.rule))
      if tuned?.action == .hide {
        record.hiddenAlerts += 1
      } else if try insert(draft, commit, run: record.id, tuned: tuned) {
        raised += 1
      }
    }
    for events in plan.folded { try fold(events, commit, run: record.id, &raised) }
    if raised != record.alerts {
      record.alerts = raised
      try database.execute(
        sql: "UPDATE runs SET alerts = ?, hidden_alerts = ? WHERE id = ?",
        arguments: [raised, record.hiddenAlerts, record.id]
      )
    }
    try forgetOldEvents(record)
    if plan.newKeys.isEmpty { return }
    try database.execute(
      sql: "INSERT INTO run_events (run, tenant, rule, latest, keys) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        record.id, record.tenant, record.rule, (plan.latestTime ?? record.due).ticks,
        EventKey.text(KeySet(plan.newKeys).encoded),
      ]
    )
  }

  /// Lets go of keys that no window reaches any more, those of late events included.
  private func forgetOldEvents(_ record: RunRecord) throws {
    guard record.cause == .scheduled || record.cause == .continuous else { return }
    let reach = 90 * TimeSpan.ticksPerDay
    let first = record.due.moved(by: -reach - (record.cause == .scheduled ? record.span : 0))
    try database.execute(
      sql: "DELETE FROM run_events WHERE tenant = ? AND rule = ? AND latest < ?",
      arguments: [record.tenant, record.rule, first.ticks]
    )
  }

  private func insert(_ record: inout RunRecord) throws {
    try database.execute(
      sql: """
        INSERT INTO runs (tenant, rule, rule_version, cause, due, window_start, window_end,
          started, finished, status, error_code, reason, rows, new_events, alerts, folded_events,
          cut_alerts, hidden_alerts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.tenant, record.rule, record.version, record.cause.rawValue, record.due.ticks,
        record.start.ticks, record.end.ticks, record.started.ticks, record.finished.ticks,
        record.failure == nil ? "completed" : "failed", record.failure?.code.rawValue,
        record.failure?.reason, record.rows, record.newEvents, record.alerts,
        record.foldedEvents, record.cutAlerts, record.hiddenAlerts,
      ]
    )
    record.id = database.lastInsertedRowID
  }

  /// Raises an alert; false where it was raised before.
  private func insert(
    _ draft: AlertDraft,
    _ commit: RunCommit,
    run: Int64,
    tuned: TuningRule? = nil
  ) throws -> Bool {
    let rule = commit.rule
    let id = AlertID.make(rule.kind, draft.key)
    let record = commit.record
    try database.execute(
      sql: """
        INSERT INTO alerts (id, key, tenant, rule, run, signature, title, description,
          recommended_actions, severity, category, tactics, techniques, service_source,
          detection_source, status, first_time, last_time, created, updated, events, stands_for,
          is_correlated, tuned_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [
        id, draft.key.text, record.tenant, record.rule, run, EventKey.text(draft.signature),
        draft.title, draft.description, rule.recommendedActions, draft.severity.rawValue,
        draft.tactics.first?.rawValue ?? "", Self.list(draft.tactics.map(\.rawValue)),
        Self.list(rule.techniques),
        rule.kind.isSentinel ? "Microsoft Sentinel" : "Microsoft Defender XDR",
        rule.kind.isSentinel ? "scheduledAlerts" : "customDetection",
        tuned == nil ? "new" : "resolved",
        (draft.firstTime ?? record.start).ticks, (draft.lastTime ?? record.end).ticks, now.ticks,
        now.ticks, draft.eventCount, draft.standsFor, !rule.incidents.isExcludedFromCorrelation,
        tuned?.name,
      ]
    )
    if database.changesCount == 0 {
      // All events of a run together, or what was more than it might raise: a run over the same
      // window again, for events that came late, has further ones.
      if draft.eventCount > 0 { _ = try add(draft, to: id, commit) }
      return false
    }
    try insertParts(of: draft, id)
    for action in rule.actions { try request(action, for: id, record.tenant, draft) }
    try note("alertCreated", id, record.tenant)
    return true
  }

  private func insertParts(of draft: AlertDraft, _ id: String) throws {
    try insert(draft.entities, of: id, from: 0)
    try insert(draft.events, of: id, from: 0)
    let details = draft.details.map { ("custom", $0) } + draft.properties.map { ("property", $0) }
    for (position, (kind, detail)) in details.enumerated() {
      try database.execute(
        sql: """
          INSERT INTO alert_details (alert, position, kind, label, value) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [id, position, kind, detail.label, detail.value]
      )
    }
  }

  private func insert(_ entities: [Entity], of id: String, from start: Int) throws {
    for (offset, entity) in entities.enumerated() {
      try database.execute(
        sql: """
          INSERT INTO alert_entities (alert, position, kind, is_impacted, is_strong, identifiers)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, start + offset, entity.kind.rawValue, entity.isImpactedAsset, entity.isStrong,
          Self.mapping(entity),
        ]
      )
    }
  }

  /// Adds the entities that an alert does not have yet.
  private func insertNew(_ entities: [Entity], of id: String) throws {
    let known = try String.fetchSet(
      database,
      sql: "SELECT kind || identifiers FROM alert_entities WHERE alert = ?",
      arguments: [id]
    )
    let new = entities.filter { entity in
      !known.contains(entity.kind.rawValue + Self.mapping(entity))
    }
    try insert(
      Array(new.prefix(max(0, AlertDraft.entityLimit - known.count))),
      of: id,
      from: known.count
    )
  }

  private func insert(_ events: [AlertEvent], of id: String, from start: Int) throws {
    for (offset, event) in events.enumerated() {
      try database.execute(
        sql: "INSERT INTO alert_events (alert, position, key, time, row) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, start + offset, event.key.text, event.time?.ticks, event.row]
      )
    }
  }

  /// Adds events to the alert that they are further evidence of, or raises one where that was
  /// resolved meanwhile.
  private func fold(
    _ folded: FoldedEvents,
    _ commit: RunCommit,
    run: Int64,
    _ raised: inout Int
  ) throws {
    let draft = folded.events
    if try add(draft, to: folded.target.id, commit) { return }
    if try insert(draft, commit, run: run) { raised += 1 }
  }

  /// Adds events to an alert; false where there is none of that id that is not resolved.
  private func add(_ draft: AlertDraft, to id: String, _ commit: RunCommit) throws -> Bool {
    let record = commit.record
    let first = draft.firstTime ?? record.end
    let last = draft.lastTime ?? record.start
    try database.execute(
      sql: """
        UPDATE alerts SET events = events + ?, stands_for = stands_for + ?,
          first_time = min(first_time, ?), last_time = max(last_time, ?), updated = ?
        WHERE id = ? AND status <> 'resolved'
        """,
      arguments: [draft.eventCount, draft.standsFor, first.ticks, last.ticks, now.ticks, id]
    )
    if database.changesCount == 0 { return false }
    let kept = try count("alert_events", of: id)
    let room = max(0, AlertDraft.keptEvents - kept)
    try insert(Array(draft.events.prefix(room)), of: id, from: kept)
    try insertNew(draft.entities, of: id)
    for action in commit.rule.actions { try request(action, for: id, record.tenant, draft) }
    try note("alertUpdated", id, record.tenant)
    return true
  }

  private func count(_ table: String, of id: String) throws -> Int {
    try Int.fetchOne(
      database,
      sql: "SELECT count(*) FROM \(table) WHERE alert = ?",
      arguments: [id]
    ) ?? 0
  }

  /// Puts an action of the rule before the action centre, once for each of its targets.
  private func request(
    _ action: ResponseAction,
    for id: String,
    _ tenant: String,
    _ draft: AlertDraft
  ) throws {
    for targets in ActionTargets.find(action, in: draft.events) {
      try database.execute(
        sql: """
          INSERT INTO requested_actions (tenant, alert, kind, targets, isolation, device_groups,
            requested)
          VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
        arguments: [
          tenant, id, action.kind.rawValue, Self.mapping(targets), action.isolation,
          Self.list(action.deviceGroups), now.ticks,
        ]
      )
    }
  }

  private func note(_ kind: String, _ id: String, _ tenant: String) throws {
    try database.execute(
      sql: "INSERT INTO outbox (tenant, kind, alert, noted) VALUES (?, ?, ?, ?)",
      arguments: [tenant, kind, id, now.ticks]
    )
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(JSONDocumentWriter.quoted).joined(separator: ",") + "]"
  }

  private static func mapping(_ entity: Entity) -> String {
    mapping(entity.identifiers.map { ($0.name, $0.value) })
  }

  private static func mapping(_ members: [(String, String)]) -> String {
    let parts = members.map { JSONDocumentWriter.quoted($0) + ":" + JSONDocumentWriter.quoted($1) }
    return "{" + parts.joined(separator: ",") + "}"
  }
}

/// The ids of alerts: the product's letters of their source and the digits of their key, so that an
/// alert has one id for ever.
enum AlertID {
  static func make(_ kind: DetectionRule.Kind, _ key: EventKey) -> String {
    (kind.isSentinel ? "sn" : "ea") + key.text.prefix(32)
  }
}
