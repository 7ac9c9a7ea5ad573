import Columnar
import GRDB
public import Hunting
import OperationalStore
public import TableStore

/// Makes alerts and incidents of the rows that were ingested into AlertInfo, AlertEvidence,
/// SecurityAlert and SecurityIncident.
///
/// Each row is looked at once, by its sequence number; that number is kept in the transaction that
/// writes what the row came to. Rows of what is known already change nothing, so that the same rows
/// may be ingested again, and rows of our own alerts may come back.
public struct TableIntake: Sendable {
  /// What became of the rows.
  public struct Outcome: Sendable, Equatable {
    public var new = 0
    /// Known before, with something further.
    public var updated = 0
    /// Known before, as they are.
    public var unchanged = 0
    /// Alerts that wait for their evidence.
    public var waiting = 0
    /// Alerts of which there is evidence alone, which waits for them.
    public var evidenceOnly = 0
    /// New alerts whose severity or category is none that the pipeline knows.
    public var unknownSeverities = 0
    public var unknownCategories = 0
    public var newIncidents = 0
    public var updatedIncidents = 0
    /// What could not be taken, and why.
    public var refused: [String] = []

    public var isEmpty: Bool { self == Outcome() }
  }

  private let store: IncidentStore
  private let open: @Sendable () throws -> StoreSnapshot
  private let cache: SegmentCache
  /// The most alerts of a transaction.
  private let step: Int

  /// - Parameter open: tells which rows are visible.
  public init(
    _ store: IncidentStore,
    cache: SegmentCache = SegmentCache(limitBytes: 1 << 28),
    step: Int = 20_000,
    open: @escaping @Sendable () throws -> StoreSnapshot
  ) {
    self.store = store
    self.open = open
    self.cache = cache
    self.step = step
  }

  /// Takes the rows that came since the last time.
  public func run(tenants: Set<String>? = nil) throws -> Outcome {
    let snapshot = try open()
    var sum = Outcome()
    for tenant in snapshot.tenants where tenants?.contains(tenant.name) ?? true {
      try takeAlerts(of: tenant, &sum)
      try takeRows(.securityAlert, of: tenant, &sum) { writer, rows in
        var intake = SentinelAlertIntake(writer, tenant: tenant.name)
        for row in rows { try intake.take(row) }
        return intake.outcome
      }
      // Incidents come behind the alerts that they name.
      try takeRows(.securityIncident, of: tenant, &sum) { writer, rows in
        var intake = SentinelIncidentIntake(writer, tenant: tenant.name)
        for row in rows { try intake.take(row) }
        return intake.outcome
      }
    }
    return sum
  }

  private func takeAlerts(of tenant: TenantEntry, _ sum: inout Outcome) throws {
    let info = try news(.alertInfo, of: tenant)
    let evidence = try news(.alertEvidence, of: tenant)
    let overdue = try overdue(tenant.name)
    if info == nil, evidence == nil, overdue.isEmpty { return }
    var seen: Set<String> = []
    let ids = ((info?.ids ?? []) + (evidence?.ids ?? []) + overdue)
      .filter { seen.insert($0).inserted }
    for start in stride(from: 0, to: max(1, ids.count), by: step) {
      let some = ids[start..<min(ids.count, start + step)]
      let alerts = try alerts(Array(some), of: tenant)
      let isLast = start + step >= ids.count
      sum.add(
        try store.write { writer in
          var intake = TableAlertIntake(writer, tenant: tenant.name)
          for alert in alerts { try intake.take(alert) }
          if isLast {
            for news in [info, evidence].compactMap({ $0 }) { try news.end(writer, tenant.name) }
          }
          return intake.outcome
        }
      )
    }
  }

  /// Takes what came into a table of Sentinel.
  ///
  /// - Parameter take: gets the rows of some things, those of each together.
  private func takeRows(
    _ table: IngestedTable,
    of tenant: TenantEntry,
    _ sum: inout Outcome,
    _ take: (IncidentWriter, [[IngestedRow]]) throws -> Outcome
  ) throws {
    guard let news = try news(table, of: tenant) else { return }
    for start in stride(from: 0, to: max(1, news.ids.count), by: step) {
      let some = Array(news.ids[start..<min(news.ids.count, start + step)])
      let rows = try rows(table, some, of: tenant)
      let isLast = start + step >= news.ids.count
      sum.add(
        try store.write { writer in
          let outcome = try take(writer, some.map { rows[$0] ?? [] })
          if isLast { try news.end(writer, tenant.name) }
          return outcome
        }
      )
    }
  }

  /// Rows of a table that came since the last time; nil where none did.
  private func news(_ table: IngestedTable, of tenant: TenantEntry) throws -> News? {
    guard let entry = tenant.table(table.rawValue) else { return nil }
    let last = try store.database.read { database in
      try IncidentReader(database: database).position(of: table, id: entry.id, tenant.name)
    }
    if entry.nextSequence - 1 <= last { return nil }
    let ids = try StoredRows(entry, cache: cache).texts(of: table.key, after: last)
    return News(table: table, entry: entry, ids: ids)
  }

  private struct News {
    let table: IngestedTable
    let entry: TableEntry
    let ids: [String]

    /// Keeps that the rows were taken.
    func end(_ writer: IncidentWriter, _ tenant: String) throws {
      try writer.setPosition(of: table, id: entry.id, tenant, to: entry.nextSequence - 1)
    }
  }

  /// Alerts that have waited for evidence for long enough.
  private func overdue(_ tenant: String) throws -> [String] {
    let limit = store.now.ticks - TableAlertIntake.patience
    return try store.database.read { database in
      try IncidentReader(database: database).rows(
        "SELECT id FROM waiting_alerts WHERE tenant = ? AND since <= ? ORDER BY id",
        [tenant, limit]
      )
      .map { $0["id"] }
    }
  }

  /// All that the tables tell of some alerts.
  private func alerts(_ ids: [String], of tenant: TenantEntry) throws -> [TableAlert] {
    let info = try rows(.alertInfo, ids, of: tenant)
    let evidence = try rows(.alertEvidence, ids, of: tenant)
    return ids.map { TableAlert($0, info: info[$0] ?? [], evidence: evidence[$0] ?? []) }
  }

  private func rows(
    _ table: IngestedTable,
    _ ids: [String],
    of tenant: TenantEntry
  ) throws -> [String: [IngestedRow]] {
    guard let entry = tenant.table(table.rawValue) else { return [:] }
    let found = try StoredRows(entry, cache: cache).rows(where: table.key, isOneOf: Set(ids))
      .map(IngestedRow.init)
    return Dictionary(grouping: found) { $0.key(table.key) ?? "" }
  }
}

extension TableIntake.Outcome {
  mutating func add(_ other: Self) {
    new += other.new
    updated += other.updated
    unchanged += other.unchanged
    waiting += other.waiting
    evidenceOnly += other.evidenceOnly
    unknownSeverities += other.unknownSeverities
    unknownCategories += other.unknownCategories
    newIncidents += other.newIncidents
    updatedIncidents += other.updatedIncidents
    refused += other.refused
  }
}
