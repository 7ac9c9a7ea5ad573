import Columnar
import DetectionRules
import Execution
import FileAccess
public import Hunting
import SourceText
import Synchronization
import TableStore
public import Tenancy

/// The events in the tables of a store.
public final class StoreEvents: EventSource {
  private struct Current {
    let version: Int64
    var tenants: [String: StoredTenantEvents] = [:]
  }

  private let path: String
  private let base: HuntingEngine
  private let cache: SegmentCache
  private let budget: RuleEvaluation.Budget
  private let scope: @Sendable (String, [String]) throws -> TenantScope
  private let reads = TablesRead()
  private let current = Mutex<(TableStore, StoreSnapshot, Current)?>(nil)

  /// - Parameters:
  ///   - path: the folder of the store.
  ///   - base: an engine without tables of the store.
  ///   - scope: the scope of one tenant, beside those that have tables, for whoever runs the rules.
  public init(
    store path: String,
    engine base: HuntingEngine,
    cache: SegmentCache,
    budget: RuleEvaluation.Budget,
    scope: @escaping @Sendable (String, [String]) throws -> TenantScope
  ) {
    self.path = path
    self.base = base
    self.cache = cache
    self.budget = budget
    self.scope = scope
  }

  /// Reads anew which rows are visible.
  ///
  /// - Returns: a number that changes with them.
  @discardableResult
  public func refresh() throws -> Int64 {
    try current.withLock { current in
      let store = try current?.0 ?? TableStore.open(path, mode: .readOnly)
      let snapshot = try store.snapshot()
      if let known = current, known.2.version == snapshot.version { return snapshot.version }
      current = (store, snapshot, Current(version: snapshot.version))
      return snapshot.version
    }
  }

  public func events(of tenant: String) throws -> any TenantEvents {
    if current.withLock({ $0 == nil }) { try refresh() }
    return try current.withLock { current in
      guard let (store, snapshot, _) = current, var known = current?.2 else {
        throw RunFailure(.queryExecutionFailed, "the store is not open", isPermanent: false)
      }
      if let events = known.tenants[tenant] { return events }
      var engine = base
      let scope = try scope(tenant, snapshot.tenants.map(\.name))
      engine.attach(snapshot, scope: scope, cache: cache)
      let tables = snapshot.tenant(tenant)?.tables ?? []
      let events = StoredTenantEvents(
        engine: engine,
        tables: tables,
        budget: budget,
        reads: reads
      )
      known.tenants[tenant] = events
      current = (store, snapshot, known)
      return events
    }
  }
}

/// Which tables the texts of rules read, found out once for each text and the tables that are
/// there: patterns of names read what matches.
final class TablesRead: Sendable {
  private struct Question: Hashable {
    let text: String
    let tables: [String]
  }

  private let known = Mutex<[Question: Set<String>]>([:])

  func names(
    in rule: DetectionRule,
    _ engine: HuntingEngine,
    among tables: [TableEntry]
  ) -> Set<String> {
    let question = Question(text: rule.query.text, tables: tables.map(\.name))
    if let names = known.withLock({ $0[question] }) { return names }
    let names = engine.tables(readBy: SourceText(rule.query.text))
    known.withLock { known in
      if known.count >= Self.mostTexts { known = [:] }
      known[question] = names
    }
    return names
  }

  private static let mostTexts = 10_000
}

/// The events of a tenant in a snapshot of a store.
struct StoredTenantEvents: TenantEvents {
  let engine: HuntingEngine
  let tables: [TableEntry]
  let budget: RuleEvaluation.Budget
  let reads: TablesRead

  func newest(for rule: DetectionRule) throws(RunFailure) -> [String: Int64] {
    let names = reads.names(in: rule, engine, among: tables)
    var newest: [String: Int64] = [:]
    for table in tables where names.contains(table.name) && table.nextSequence > 1 {
      newest[table.name] = table.nextSequence - 1
    }
    return newest
  }

  func rows(
    for rule: DetectionRule,
    tenant: String,
    over window: EventWindow,
    now: DateTime
  ) throws(RunFailure) -> RuleRows {
    try RuleEvaluation(rule, tenant: tenant, budget: budget).rows(engine, over: window, now: now)
  }

  func lateWindows(
    for rule: DetectionRule,
    after watermark: [String: Int64],
    from start: DateTime,
    to end: DateTime,
    grid: (anchor: DateTime, step: TimeSpan)
  ) throws(RunFailure) -> [DateTime] {
    var found: Set<DateTime> = []
    let names = reads.names(in: rule, engine, among: tables)
    for table in tables where names.contains(table.name) {
      guard let after = watermark[table.name], hasLateRows(table, after, end) else { continue }
      do {
        found.formUnion(try lateTimes(in: table.name, after, start, end, grid))
      } catch {
        throw RunFailure(error)
      }
    }
    return found.sorted()
  }

  /// Whether a segment may hold late rows, by what the catalogue knows.
  private func hasLateRows(_ table: TableEntry, _ after: Int64, _ end: DateTime) -> Bool {
    table.segments.contains { segment in
      segment.lastSequence > after && (segment.times.map { $0.lowerBound < end.ticks } ?? false)
    }
  }

  private func lateTimes(
    in table: String,
    _ after: Int64,
    _ start: DateTime,
    _ end: DateTime,
    _ grid: (anchor: DateTime, step: TimeSpan)
  ) throws -> [DateTime] {
    var engine = engine
    engine.eventWindow = EventWindow(from: start, to: end, after: [table: after])
    let column = EventTime.column(of: table)
    let name = table.filter { $0 != "'" && $0 != "\\" && $0 != "\n" }
    // An event at an instant of the grid is in the window that the next one ends.
    let text = """
      ['\(name)'] | summarize by Late = bin_at(['\(column)'], \(grid.step.ticks)tick, \
      datetime('\(Self.text(grid.anchor))'))
      """
    let memory = engine.makeBudget(memoryLimit: budget.memory, timeoutSeconds: budget.seconds)
    let answer = try engine.run(SourceText(text), budget: memory)
    var times: [DateTime] = []
    for batch in try answer.tables.first?.result.batches ?? [] {
      for row in 0..<batch.count {
        if case .datetime(let time) = batch.columns[0].scalar(at: row) {
          times.append(time.moved(by: grid.step.ticks))
        }
      }
    }
    return times
  }

  private static func text(_ time: DateTime) -> String {
    var sink = ByteSink(capacity: 32)
    sink.append(datetime: time)
    return String(decoding: sink.bytes, as: UTF8.self)
  }
}
