import Columnar
import DetectionRules
import Execution
import FileAccess
public import Hunting
import SourceText
import StructuredText
import Synchronization
import TableStore
public import Tenancy

/// The events in the tables of a store.
public final class StoreEvents: EventSource {
  /// What is visible at a moment, and the tenants that were looked at.
  private struct Current {
    let store: TableStore
    let snapshot: StoreSnapshot
    var tenants: [String: StoredTenantEvents] = [:]
  }

  private let path: String
  private let base: HuntingEngine
  private let cache: SegmentCache
  private let budget: RuleEvaluation.Budget
  private let scope: @Sendable (String, [String]) throws -> TenantScope
  private let reads = TablesRead()
  private let current = Mutex<Current?>(nil)

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
    try current.withLock { try refresh(&$0).snapshot.version }
  }

  private func refresh(_ current: inout Current?) throws -> Current {
    let store = try current?.store ?? TableStore.open(path, mode: .readOnly)
    let snapshot = try store.snapshot()
    if let current, current.snapshot.version == snapshot.version { return current }
    let new = Current(store: store, snapshot: snapshot)
    current = new
    return new
  }

  public func events(of tenant: String) throws -> any TenantEvents {
    try current.withLock { current in
      let now = try current ?? refresh(&current)
      if let events = now.tenants[tenant] { return events }
      var engine = base
      let scope = try scope(tenant, now.snapshot.tenants.map(\.name))
      engine.attach(now.snapshot, scope: scope, cache: cache)
      let events = StoredTenantEvents(
        engine: engine,
        tables: now.snapshot.tenant(tenant)?.tables ?? [],
        budget: budget,
        reads: reads
      )
      current?.tenants[tenant] = events
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
    // The escapes of JSON are those of Kusto's names in brackets. An event at an instant of the
    // grid is in the window that the next one ends.
    let text = """
      [\(JSONDocumentWriter.quoted(table))]
      | summarize by Late = bin_at(['\(column)'], \(grid.step.ticks)tick, \
      datetime('\(grid.anchor.text)'))
      """
    let memory = engine.makeBudget(memoryLimit: budget.memory, timeoutSeconds: budget.seconds)
    let answer = try engine.run(SourceText(text), budget: memory)
    var times: [DateTime] = []
    try answer.tables.first?.result.forEachRow { row in
      if case .datetime(let time) = row[0] { times.append(time.moved(by: grid.step.ticks)) }
    }
    return times
  }
}
