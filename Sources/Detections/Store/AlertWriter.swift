import Alerts
import Columnar
import DetectionRules
import GRDB
import OperationalStore

/// Writes a run's record and its alerts, within a transaction.
struct AlertWriter {
  let database: Database
  let now: DateTime

  func write(_ commit: RunCommit, _ record: inout RunRecord) throws {
    try insert(&record)
    if let alert = commit.healthAlert {
      _ = try insert(alert, .ruleHealth, commit, run: record.id)
    }
    guard let plan = commit.plan else { return }
    record.newEvents = plan.newKeys.count
    record.foldedEvents = plan.folded.reduce(0) { $0 + $1.events.eventCount }
    record.cutAlerts = plan.alerts.reduce(0) { $0 + $1.standsFor }
    let tuning = try Tuning(database, tenant: record.tenant, at: now)
    let source = AlertSource(commit.rule.kind)
    for draft in plan.alerts {
      let tuned = try tuning.rule(for: TunedAlert(draft, of: commit.rule))
      if tuned?.action == .hide {
        record.hiddenAlerts += 1
      } else if try insert(draft, source, commit, run: record.id, tuned: tuned) {
        record.alerts += 1
      }
    }
    for folded in plan.folded {
      // One that was resolved meanwhile takes no more.
      if try add(folded.events, to: folded.target.id, commit) { continue }
      if try insert(folded.events, source, commit, run: record.id) { record.alerts += 1 }
    }
    try writeCounts(record)
    try forgetOldEvents(record)
    if plan.newKeys.isEmpty { return }
    try database.execute(
      prepared: "INSERT INTO run_events (run, tenant, rule, latest, keys) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        record.id, record.tenant, record.rule, (plan.latestTime ?? record.due).ticks,
        HexDigits.text(KeySet(plan.newKeys).encoded),
      ]
    )
  }

  private func writeCounts(_ record: RunRecord) throws {
    try database.execute(
      prepared: """
        UPDATE runs SET new_events = ?, alerts = ?, folded_events = ?, cut_alerts = ?,
          hidden_alerts = ?
        WHERE id = ?
        """,
      arguments: [
        record.newEvents, record.alerts, record.foldedEvents, record.cutAlerts,
        record.hiddenAlerts, record.id,
      ]
    )
  }

  /// Lets go of keys that no window reaches any more, those of late events included.
  private func forgetOldEvents(_ record: RunRecord) throws {
    guard record.cause == .scheduled || record.cause == .continuous else { return }
    let reach = DetectionStore.keyReach.ticks
    let first = record.due.moved(by: -reach - (record.cause == .scheduled ? record.span : 0))
    try database.execute(
      prepared: "DELETE FROM run_events WHERE tenant = ? AND rule = ? AND latest < ?",
      arguments: [record.tenant, record.rule, first.ticks]
    )
  }

  private func insert(_ record: inout RunRecord) throws {
    try database.execute(
      prepared: """
        INSERT INTO runs (tenant, rule, rule_version, cause, due, window_start, window_end,
          started, finished, status, error_code, reason, rows, new_events, alerts, folded_events,
          cut_alerts, hidden_alerts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)
        """,
      arguments: [
        record.tenant, record.rule, record.version, record.cause.rawValue, record.due.ticks,
        record.start.ticks, record.end.ticks, record.started.ticks, record.finished.ticks,
        record.failure == nil ? "completed" : "failed", record.failure?.code.rawValue,
        record.failure?.reason.storable, record.rows,
      ]
    )
    record.id = database.lastInsertedRowID
  }

  /// Raises an alert; false where it was raised before.
  private func insert(
    _ draft: AlertDraft,
    _ source: AlertSource,
    _ commit: RunCommit,
    run: Int64,
    tuned: TuningRule? = nil
  ) throws -> Bool {
    let rule = commit.rule
    let id = AlertID.make(rule.kind, draft.key)
    let record = commit.record
    try database.execute(
      prepared: """
        INSERT INTO alerts (id, key, tenant, rule, run, signature, title, description,
          recommended_actions, severity, category, tactics, techniques, service_source,
          detection_source, status, first_time, last_time, created, updated, events, stands_for,
          is_correlated, tuned_by, incident_settings)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [
        id, draft.key.text, record.tenant, record.rule, run, HexDigits.text(draft.signature),
        draft.title, draft.description, rule.recommendedActions, draft.severity.rawValue,
        draft.tactics.first?.rawValue ?? "", StoredJSON.list(draft.tactics.map(\.rawValue)),
        StoredJSON.list(rule.techniques),
        source.service, source.detection, tuned == nil ? "new" : "resolved",
        (draft.firstTime ?? record.start).ticks, (draft.lastTime ?? record.end).ticks, now.ticks,
        now.ticks, draft.eventCount, draft.standsFor,
        source != .ruleHealth && !rule.incidents.isExcludedFromCorrelation, tuned?.name,
        source == .ruleHealth ? nil : StoredIncidentSettings.text(rule.incidents),
      ]
    )
    if database.changesCount == 0 {
      // All events of a run together, or what was more than it might raise: a run over the same
      // window again, for events that came late, has further ones. They have no other place, so
      // that it takes them also where it is resolved.
      if draft.eventCount > 0 { _ = try add(draft, to: id, commit, evenIfResolved: true) }
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
        prepared: """
          INSERT INTO alert_details (alert, position, kind, label, value) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [id, position, kind, detail.label, detail.value]
      )
    }
  }

  private func insert(_ entities: [Entity], of id: String, from start: Int) throws {
    for (offset, entity) in entities.enumerated() {
      try database.execute(
        prepared: """
          INSERT INTO alert_entities (alert, position, kind, is_impacted, is_strong, identifiers)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, start + offset, entity.kind.rawValue, entity.isImpactedAsset, entity.isStrong,
          StoredJSON.mapping(entity),
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
      !known.contains(entity.kind.rawValue + StoredJSON.mapping(entity))
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
        prepared: """
          INSERT INTO alert_events (alert, position, key, time, row) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [id, start + offset, event.key.text, event.time?.ticks, event.row]
      )
    }
  }

  /// Adds events to an alert; false where there is none of that id that is not resolved.
  private func add(
    _ draft: AlertDraft,
    to id: String,
    _ commit: RunCommit,
    evenIfResolved: Bool = false
  ) throws -> Bool {
    let record = commit.record
    let first = draft.firstTime ?? record.end
    let last = draft.lastTime ?? record.start
    try database.execute(
      prepared: """
        UPDATE alerts SET events = events + ?, stands_for = stands_for + ?,
          first_time = min(first_time, ?), last_time = max(last_time, ?), updated = ?
        WHERE id = ? AND (? OR status <> 'resolved')
        """,
      arguments: [
        draft.eventCount, draft.standsFor, first.ticks, last.ticks, now.ticks, id, evenIfResolved,
      ]
    )
    if database.changesCount == 0 { return false }
    let kept = try eventCount(of: id)
    let room = max(0, AlertDraft.keptEvents - kept)
    try insert(Array(draft.events.prefix(room)), of: id, from: kept)
    try insertNew(draft.entities, of: id)
    for action in commit.rule.actions { try request(action, for: id, record.tenant, draft) }
    try note("alertUpdated", id, record.tenant)
    return true
  }

  /// The events that an alert keeps.
  private func eventCount(of id: String) throws -> Int {
    try Int.fetchOne(
      database,
      sql: "SELECT count(*) FROM alert_events WHERE alert = ?",
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
        prepared: """
          INSERT INTO requested_actions (tenant, alert, kind, targets, isolation, device_groups,
            requested)
          VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
        arguments: [
          tenant, id, action.kind.rawValue, StoredJSON.mapping(targets), action.isolation,
          StoredJSON.list(action.deviceGroups), now.ticks,
        ]
      )
    }
  }

  private func note(_ kind: String, _ id: String, _ tenant: String) throws {
    try database.execute(
      prepared: "INSERT INTO outbox (tenant, kind, alert, noted) VALUES (?, ?, ?, ?)",
      arguments: [tenant, kind, id, now.ticks]
    )
  }
}

/// Where an alert comes from, in the words of Graph.
struct AlertSource: Equatable {
  let service: String
  let detection: String

  init(_ kind: DetectionRule.Kind) {
    service = kind.isSentinel ? "Microsoft Sentinel" : "Microsoft Defender XDR"
    detection = kind.isSentinel ? "scheduledAlerts" : "customDetection"
  }

  private init(service: String, detection: String) {
    self.service = service
    self.detection = detection
  }

  /// Harrier itself, about a rule that it turned off.
  static let ruleHealth = AlertSource(service: "Harrier", detection: "ruleHealth")
}

/// The ids of alerts: the product's letters of their source and the digits of their key, so that an
/// alert has one id for ever.
enum AlertID {
  static func make(_ kind: DetectionRule.Kind, _ key: EventKey) -> String {
    (kind.isSentinel ? "sn" : "ea") + key.text.prefix(32)
  }
}
