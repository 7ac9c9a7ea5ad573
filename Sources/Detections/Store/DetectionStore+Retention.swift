import Alerts
import Columnar
import GRDB
import OperationalStore

/// What a look for old runs did.
struct ForgottenRuns {
  /// Runs that are gone, by tenant.
  var runs: [String: Int] = [:]
  /// The last run that was looked at; nil where no older ones are left.
  var last: Int64?
}

extension DetectionStore {
  /// How far behind the window of a run the keys of events are kept: further than any run looks
  /// back, which is for late events of 30 days before a window of 30 days.
  static let keyReach = TimeSpan(ticks: 90 * TimeSpan.ticksPerDay)

  /// Forgets runs of some tenants that ended before an instant, in one transaction.
  ///
  /// Kept are the newest run of each rule in each tenant, runs that an alert refers to, and runs
  /// with keys of events: those tell events that were alerted from new ones. A run of a rule that
  /// is at work lets keys go that no later run can reach; those of other rules go here, since
  /// a rule that is turned on or added looks back 30 days at most.
  ///
  /// - Parameters:
  ///   - position: the last run that was looked at before.
  ///   - most: how many runs are looked at.
  func forgetRuns(
    before end: DateTime,
    of tenants: Set<String>,
    after position: Int64,
    most: Int
  ) throws(StoreFailure) -> ForgottenRuns {
    let now = now
    let names = StoredJSON.list(tenants.sorted())
    return try database.write { database in
      var forgotten = ForgottenRuns()
      let last = try Self.lastRun(before: end, after: position, most, database)
      guard let last else { return forgotten }
      forgotten.last = last
      try database.execute(
        prepared: """
          DELETE FROM run_events WHERE run > ?1 AND run <= ?2 AND latest < ?3
            AND tenant IN (SELECT value FROM json_each(?4))
            AND NOT EXISTS (SELECT 1 FROM assignments WHERE assignments.tenant = run_events.tenant
              AND assignments.rule = run_events.rule AND assignments.state = 'enabled')
          """,
        arguments: [position, last, now.moved(by: -Self.keyReach.ticks).ticks, names]
      )
      let gone = try String.fetchCursor(
        database,
        sql: """
          DELETE FROM runs WHERE id > ?1 AND id <= ?2 AND finished < ?3
            AND tenant IN (SELECT value FROM json_each(?4))
            AND NOT EXISTS (SELECT 1 FROM run_events WHERE run = runs.id)
            AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.run = runs.id)
            AND id < (SELECT max(id) FROM runs AS newer
              WHERE newer.rule = runs.rule AND newer.tenant = runs.tenant)
          RETURNING tenant
          """,
        arguments: [position, last, end.ticks, names]
      )
      while let tenant = try gone.next() { forgotten.runs[tenant, default: 0] += 1 }
      return forgotten
    }
  }

  /// The last of the next runs that ended before an instant. Runs are numbered as they end, so that
  /// the first that ended later ends the search.
  private static func lastRun(
    before end: DateTime,
    after position: Int64,
    _ most: Int,
    _ database: Database
  ) throws -> Int64? {
    let next = try Row.fetchAll(
      database,
      prepared: "SELECT id, finished FROM runs WHERE id > ? ORDER BY id LIMIT ?",
      arguments: [position, most]
    )
    return next.prefix { $0["finished"] < end.ticks }.last.map { $0["id"] }
  }

  /// Forgets gaps of some tenants that ended before an instant.
  ///
  /// - Returns: how many.
  func forgetGaps(before end: DateTime, of tenants: Set<String>) throws(StoreFailure) -> Int {
    let names = StoredJSON.list(tenants.sorted())
    return try database.write { database in
      try database.execute(
        prepared: """
          DELETE FROM gaps WHERE finish < ? AND tenant IN (SELECT value FROM json_each(?))
          """,
        arguments: [end.ticks, names]
      )
      return database.changesCount
    }
  }
}
