import Columnar
import DetectionRules
import GRDB
public import OperationalStore

/// What a run did, to be committed in one transaction.
struct RunCommit {
  var record: RunRecord
  /// The assignment as it was claimed.
  var assignment: Assignment
  let rule: DetectionRule
  var plan: AlertPlan?
  /// What the assignment is to become; nil where a run leaves it as it is.
  var next: ((inout Assignment) -> Void)?
  var gap: Gap?
  /// A last run of several keeps the lease no longer.
  var endsLease = true
  /// Tells that the rule is turned off.
  var healthAlert: AlertDraft?
}

extension DetectionStore {
  /// Keys of a rule's events in a tenant that were alerted, of those since an instant.
  func knownEvents(
    _ tenant: String,
    _ rule: String,
    since start: DateTime
  ) throws(StoreFailure) -> KeySet {
    try database.read { database in
      var known = KeySet()
      let cursor = try String.fetchCursor(
        database,
        sql: """
          SELECT keys FROM run_events
          WHERE tenant = ? AND rule = ? AND (latest >= ? OR latest IS NULL)
          """,
        arguments: [tenant, rule, start.ticks]
      )
      while let keys = try cursor.next() { known.insert(encoded: HexDigits.bytes(keys)) }
      return known
    }
  }

  /// The newest alert of a signature that is not resolved.
  func foldTarget(
    _ tenant: String,
    _ rule: String,
    _ signature: [UInt8]
  ) throws(StoreFailure) -> FoldTarget? {
    try fetch(
      """
      SELECT id, first_time, last_time FROM alerts
      WHERE tenant = ? AND rule = ? AND signature = ? AND status <> 'resolved'
        AND stands_for = 0
      ORDER BY last_time DESC, id LIMIT 1
      """,
      [tenant, rule, HexDigits.text(signature)]
    ) { row in
      let first = DateTime(ticks: row["first_time"])
      return FoldTarget(
        id: row["id"],
        times: first...max(first, DateTime(ticks: row["last_time"]))
      )
    }.first
  }

  /// Writes what a run did: alerts, evidence, record, watermark and outbox, all or nothing.
  ///
  /// - Returns: the record with its id; nil where somebody else has taken the lease meanwhile.
  func commit(_ commit: RunCommit) throws(StoreFailure) -> RunRecord? {
    let now = now
    return try database.write { database in
      guard
        var current = try Self.assignment(
          database,
          commit.assignment.tenant,
          commit.assignment.rule
        ),
        current.fence == commit.assignment.fence
      else { return nil }
      var record = commit.record
      record.finished = now
      try AlertWriter(database: database, now: now).write(commit, &record)
      if let gap = commit.gap { try Self.note(gap, current, at: now, database) }
      commit.next?(&current)
      if commit.endsLease {
        current.leaseOwner = nil
        current.leaseUntil = nil
      }
      try Self.write(current, database)
      return record
    }
  }

  /// The last runs of a rule, newest first.
  public func runs(
    of rule: String,
    in tenant: String? = nil,
    last count: Int
  ) throws(StoreFailure) -> [RunRecord] {
    try fetch(
      """
      SELECT * FROM runs WHERE rule = ?1 AND (?2 IS NULL OR tenant = ?2)
      ORDER BY id DESC LIMIT ?3
      """,
      [rule, tenant, count],
      Self.run
    )
  }

  /// Each run in a tenant, oldest first.
  func eachRun(of tenant: String, _ body: (RunRecord) -> Void) throws(StoreFailure) {
    try fetch("SELECT * FROM runs WHERE tenant = ? ORDER BY id", [tenant], Self.run).forEach(body)
  }

  private static func run(_ row: StatementRow) -> RunRecord {
    var record = RunRecord(
      tenant: row["tenant"],
      rule: row["rule"],
      version: row["rule_version"],
      cause: RunRecord.Cause(rawValue: row["cause"]) ?? .scheduled,
      due: DateTime(ticks: row["due"]),
      start: DateTime(ticks: row["window_start"]),
      end: DateTime(ticks: row["window_end"]),
      started: DateTime(ticks: row["started"]),
      finished: DateTime(ticks: row["finished"])
    )
    record.id = row["id"]
    record.rows = row["rows"]
    record.newEvents = row["new_events"]
    record.alerts = row["alerts"]
    record.foldedEvents = row["folded_events"]
    record.cutAlerts = row["cut_alerts"]
    record.hiddenAlerts = row["hidden_alerts"]
    if row["status"] as String == "failed" {
      record.failure = RunFailure(
        RunFailure.Code(rawValue: row["error_code"] as String? ?? "") ?? .queryExecutionFailed,
        row["reason"] ?? "",
        isPermanent: false
      )
    }
    return record
  }
}
