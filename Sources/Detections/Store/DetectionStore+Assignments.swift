public import Columnar
public import DetectionRules
import GRDB
public import OperationalStore

extension DetectionStore {
  /// The rules at work, by tenant and rule.
  public func assignments() throws(StoreFailure) -> [Assignment] {
    try fetch("SELECT * FROM assignments ORDER BY tenant, rule") { Self.assignment($0) }
  }

  public func assignment(_ tenant: String, _ rule: String) throws(StoreFailure) -> Assignment? {
    try database.read { try Self.assignment($0, tenant, rule) }
  }

  /// Puts a rule to work in a tenant; nothing where it is there already.
  ///
  /// - Returns: whether it was put to work.
  @discardableResult
  public func assign(
    _ rule: String,
    to tenant: String,
    state: RuleState
  ) throws(StoreFailure) -> Bool {
    let now = now
    return try database.write { database in
      try database.execute(
        prepared: """
          INSERT INTO assignments (tenant, rule, state, anchor) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING
          """,
        arguments: [tenant, rule, state.rawValue, now.ticks]
      )
      return database.changesCount > 0
    }
  }

  /// Takes a rule away from a tenant.
  ///
  /// - Returns: whether it was there.
  public func unassign(_ rule: String, from tenant: String) throws(StoreFailure) -> Bool {
    try database.write { database in
      try database.execute(
        prepared: "DELETE FROM assignments WHERE tenant = ? AND rule = ?",
        arguments: [tenant, rule]
      )
      return database.changesCount > 0
    }
  }

  /// Turns a rule on in a tenant. It runs at once over its usual window; what it missed before that
  /// is a gap, and is not looked for as late.
  ///
  /// - Parameter newest: the sequence number of the newest row of each table that it reads.
  /// - Returns: whether the rule is at work in the tenant.
  @discardableResult
  public func turnOn(
    _ rule: DetectionRule,
    in tenant: String,
    newest: [String: Int64]
  ) throws(StoreFailure) -> Bool {
    let now = now
    return try change(rule.id, in: tenant) { assignment, database in
      if assignment.state == .enabled { return }
      if let covered = assignment.covered {
        let gap = Gap(start: covered, end: now, reason: .disabled)
        if covered < now { try Self.note(gap, assignment, at: now, database) }
        assignment.covered = now.moved(by: -(rule.schedule.frequency?.ticks ?? 0))
        assignment.watermark.merge(newest) { max($0, $1) }
        assignment.unseenFrom = nil
      }
      assignment.anchor = now
      Self.settle(.enabled, &assignment)
    }
  }

  /// Turns a rule off in a tenant.
  ///
  /// - Returns: whether the rule is at work in the tenant.
  @discardableResult
  public func turnOff(_ rule: String, in tenant: String) throws(StoreFailure) -> Bool {
    try change(rule, in: tenant) { assignment, _ in
      if assignment.state != .disabled { Self.settle(.disabled, &assignment) }
    }
  }

  private func change(
    _ rule: String,
    in tenant: String,
    _ body: (inout Assignment, Database) throws -> Void
  ) throws(StoreFailure) -> Bool {
    try database.write { database in
      guard var assignment = try Self.assignment(database, tenant, rule) else { return false }
      try body(&assignment, database)
      try Self.write(assignment, database)
      return true
    }
  }

  private static func settle(_ state: RuleState, _ assignment: inout Assignment) {
    assignment.state = state
    assignment.failures = 0
    assignment.retryAt = nil
    assignment.suppressedUntil = nil
  }

  /// Takes the lease of a rule in a tenant, so that it does not run twice at a time.
  ///
  /// - Returns: the assignment with its new fence; nil where somebody else holds it, or it is gone.
  public func claim(
    _ tenant: String,
    _ rule: String,
    owner: String,
    until end: DateTime
  ) throws(StoreFailure) -> Assignment? {
    let now = now
    return try database.write { database in
      guard var assignment = try Self.assignment(database, tenant, rule) else { return nil }
      if let until = assignment.leaseUntil, let holder = assignment.leaseOwner, holder != owner,
        until > now
      {
        return nil
      }
      assignment.fence += 1
      assignment.leaseOwner = owner
      assignment.leaseUntil = end
      try Self.write(assignment, database)
      return assignment
    }
  }

  /// Gives a lease back without a run.
  func release(_ assignment: Assignment) throws(StoreFailure) {
    try database.write { database in
      try database.execute(
        prepared: """
          UPDATE assignments SET lease_owner = NULL, lease_until = NULL
          WHERE tenant = ? AND rule = ? AND fence = ?
          """,
        arguments: [assignment.tenant, assignment.rule, assignment.fence]
      )
    }
  }

  /// Ends the leases of schedulers that are gone; to be called by the one that holds their lock.
  public func breakLeases(of owner: String) throws(StoreFailure) {
    try database.write { database in
      try database.execute(
        prepared: """
          UPDATE assignments SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?
          """,
        arguments: [owner]
      )
    }
  }

  /// Has a rule rest: what is due up to an instant is not run, and noted as a gap.
  func skip(
    _ assignment: Assignment,
    to due: DateTime,
    _ reason: Gap.Reason
  ) throws(StoreFailure) {
    let now = now
    try database.write { database in
      guard var current = try Self.assignment(database, assignment.tenant, assignment.rule) else {
        return
      }
      // Somebody else may have been here since.
      guard current.state == .enabled, let covered = current.covered, covered < due else { return }
      let gap = Gap(start: covered, end: due, reason: reason)
      try Self.note(gap, current, at: now, database)
      current.covered = due
      try Self.write(current, database)
    }
  }

  /// The gaps of a rule in a tenant, oldest first.
  public func gaps(_ tenant: String, _ rule: String) throws(StoreFailure) -> [Gap] {
    try fetch("SELECT * FROM gaps WHERE tenant = ? AND rule = ? ORDER BY id", [tenant, rule]) {
      row in
      Gap.Reason(rawValue: row["reason"]).map { reason in
        Gap(
          start: DateTime(ticks: row["start"]),
          end: DateTime(ticks: row["finish"]),
          reason: reason
        )
      }
    }
  }

  static func note(
    _ gap: Gap,
    _ assignment: Assignment,
    at now: DateTime,
    _ database: Database
  ) throws {
    try database.execute(
      prepared: """
        INSERT INTO gaps (tenant, rule, start, finish, reason, noted) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        assignment.tenant, assignment.rule, gap.start.ticks, gap.end.ticks, gap.reason.rawValue,
        now.ticks,
      ]
    )
  }

  static func assignment(
    _ database: Database,
    _ tenant: String,
    _ rule: String
  ) throws -> Assignment? {
    try database.rows(
      prepared: "SELECT * FROM assignments WHERE tenant = ? AND rule = ?",
      arguments: [tenant, rule],
      assignment
    )
    .first
  }

  private static func assignment(_ row: StatementRow) -> Assignment {
    var assignment = Assignment(
      tenant: row["tenant"],
      rule: row["rule"],
      state: RuleState(rawValue: row["state"]) ?? .disabled,
      anchor: DateTime(ticks: row["anchor"])
    )
    assignment.covered = time(row["covered"])
    assignment.watermark = Watermark.read(row["watermark"])
    assignment.unseenFrom = time(row["unseen_from"])
    assignment.failures = row["failures"]
    assignment.retryAt = time(row["retry_at"])
    assignment.suppressedUntil = time(row["suppressed_until"])
    assignment.fence = row["fence"]
    assignment.leaseOwner = row["lease_owner"]
    assignment.leaseUntil = time(row["lease_until"])
    return assignment
  }

  static func time(_ ticks: Int64?) -> DateTime? { ticks.map { DateTime(ticks: $0) } }

  static func write(_ assignment: Assignment, _ database: Database) throws {
    try database.execute(
      prepared: """
        UPDATE assignments SET state = ?, anchor = ?, covered = ?, watermark = ?, unseen_from = ?,
          failures = ?, retry_at = ?, suppressed_until = ?, fence = ?, lease_owner = ?,
          lease_until = ?
        WHERE tenant = ? AND rule = ?
        """,
      arguments: [
        assignment.state.rawValue, assignment.anchor.ticks, assignment.covered?.ticks,
        Watermark.text(assignment.watermark), assignment.unseenFrom?.ticks, assignment.failures,
        assignment.retryAt?.ticks, assignment.suppressedUntil?.ticks, assignment.fence,
        assignment.leaseOwner, assignment.leaseUntil?.ticks, assignment.tenant, assignment.rule,
      ]
    )
  }
}

extension DateTime {
  /// The instant some ticks later or earlier, held to the years 1 to 9999.
  func moved(by more: Int64) -> DateTime {
    let (sum, overflows) = ticks.addingReportingOverflow(more)
    if overflows { return DateTime(ticks: more > 0 ? DateTime.maximumTicks : 0) }
    return DateTime(ticks: min(DateTime.maximumTicks, max(0, sum)))
  }
}
