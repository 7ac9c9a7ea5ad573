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
    let view: StoredView
    var tenants: [String: StoredTenantEvents] = [:]
  }

  private let engines: StoredEngines
  private let budget: RuleEvaluation.Budget
  private let scope: @Sendable (String, [String]) throws -> TenantScope
  private let reads = TablesRead()
  private let current = Mutex<Current?>(nil)

  /// - Parameter scope: the scope of one tenant, beside those that have tables, for whoever runs
  ///   the rules.
  public init(
    _ engines: StoredEngines,
    budget: RuleEvaluation.Budget,
    scope: @escaping @Sendable (String, [String]) throws -> TenantScope
  ) {
    self.engines = engines
    self.budget = budget
    self.scope = scope
  }

  /// Reads anew which rows are visible.
  ///
  /// - Returns: a number that changes with them.
  @discardableResult
  public func refresh() throws -> Int64 {
    try current.withLock { try refresh(&$0).view.version }
  }

  private func refresh(_ current: inout Current?) throws -> Current {
    let view = try engines.view()
    if let current, current.view.version == view.version { return current }
    let new = Current(view: view)
    current = new
    return new
  }

  public func events(of tenant: String) throws -> any TenantEvents {
    try current.withLock { current in
      let now = try current ?? refresh(&current)
      if let events = now.tenants[tenant] { return events }
      let events = StoredTenantEvents(
        view: now.view,
        scope: try scope(tenant, now.view.tenants),
        tables: now.view.tables(of: tenant),
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
  private let view: StoredView
  private let scope: TenantScope
  private let engine: HuntingEngine
  private let tables: [TableEntry]
  private let budget: RuleEvaluation.Budget
  private let reads: TablesRead

  init(
    view: StoredView,
    scope: TenantScope,
    tables: [TableEntry],
    budget: RuleEvaluation.Budget,
    reads: TablesRead
  ) {
    self.view = view
    self.scope = scope
    engine = view.engine(over: scope)
    self.tables = tables
    self.budget = budget
    self.reads = reads
  }

  func newest(for rule: DetectionRule) throws(RunFailure) -> [String: Int64] {
    let names = reads.names(in: rule, engine, among: tables)
    // A table without rows counts from none: what comes into it is new, and may be late. Rows of
    // alerts and incidents have no numbers.
    let numbered = names.subtracting(view.supplementNames)
    var newest = Dictionary(uniqueKeysWithValues: numbered.map { ($0, Int64(0)) })
    for table in tables where names.contains(table.name) {
      newest[table.name] = max(0, table.nextSequence - 1)
    }
    if rule.schedule.isContinuous, newest.isEmpty, let table = names.sorted().first {
      throw RunFailure(
        .queryExecutionFailed,
        "no rule runs continuously over '\(table)', whose rows have no order in which they came; "
          + "give the rule a frequency, such as 1H",
        isPermanent: true
      )
    }
    return newest
  }

  func rows(
    for rule: DetectionRule,
    tenant: String,
    over window: EventWindow,
    now: DateTime
  ) throws(RunFailure) -> RuleRows {
    // Rows of alerts and incidents come without the number of what is visible changing.
    let readsSupplements = !reads.names(in: rule, engine, among: tables)
      .isDisjoint(with: view.supplementNames)
    return try RuleEvaluation(rule, tenant: tenant, budget: budget)
      .rows(readsSupplements ? view.engine(over: scope) : engine, over: window, now: now)
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
