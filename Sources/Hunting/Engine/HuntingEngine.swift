public import Columnar
public import Execution
public import FileAccess
import KQLBinding
import KQLFunctions
import KQLSyntax
public import QueryPlan
public import SourceText
import Tenancy

/// The engine as a product: tables, query texts in, results out.
public struct HuntingEngine: Sendable {
  private let clock: any Clock
  private let randomness: any Randomness
  private let timeZones: any TimeZoneDatabase
  public var options: ExecutionOptions
  /// Whether a table that is known but has no rows here counts as empty, instead of an error.
  public var allowsMissingTables = false
  /// How far back a query reads stored tables that says nothing of time; nil for all rows.
  public var timeWindow: TimeSpan?
  /// The events that a query sees, whatever it says of time; nil for all that ``timeWindow`` lets.
  public var eventWindow: EventWindow?
  /// What `now()` is, for repeatable runs; nil for the time of the clock.
  public var now: DateTime?
  public let schemas: TableSchemas
  private var tables: [String: ColumnTable] = [:]
  private var storedTables: [String: StoredTable] = [:]
  /// Tenants whose rows of a table are left out.
  private var tableFailures: [String: [TenantFailure]] = [:]
  /// Tables that are there only as other tenants of a hunt have them.
  var lackedTables: Set<String> = []
  /// The tenants whose stored tables are read.
  var view: TenantView?
  var tenantColumns: TenantColumns?
  /// Caches behind stored tables.
  var caches: [SegmentCache] = []
  /// Bytes that loading charged for each table.
  private var tableBytes: [String: Int] = [:]
  private var functions: [EnvironmentFunction] = HuntingFunctions.declarations
  private var external: @Sendable (ExternalDataRequest) throws -> ColumnTable = { request in
    throw QueryFailure(
      .unsupported,
      "externaldata needs a file for each location; see --external URL=FILE",
      range: request.range
    )
  }

  public init(
    schemas: TableSchemas = .environment(.hunting),
    clock: any Clock = SystemClock(),
    randomness: any Randomness = SystemRandomness(),
    files: any FileSystem = LocalFileSystem(),
    options: ExecutionOptions = .init()
  ) {
    self.schemas = schemas
    self.clock = clock
    self.randomness = randomness
    self.timeZones = ZoneFolder(files: files)
    self.options = options
  }

  /// Adds a table, or replaces the one of that name.
  ///
  /// - Parameter byteCount: the memory that it takes of the limit of a query.
  public mutating func add(_ table: ColumnTable, named name: String, byteCount: Int = 0) {
    tables[name] = table
    tableBytes[name] = byteCount
  }

  /// The memory that the tables take of the limit of a query.
  public var loadedBytes: Int { tableBytes.values.reduce(0, +) }

  /// The names of the tables that have rows here.
  public var presentTables: Set<String> {
    Set(tables.keys).union(storedTables.keys).filter {
      HuntingFunctions.tables[$0] == nil && !$0.hasPrefix(QueryEnvironment.watchlistPrefix)
    }
  }

  /// Adds functions that queries may call, in the place of those that were added before.
  ///
  /// - Parameter saved: names with what stands right of the `=` of a `let`; one whose text has
  ///   errors has them where it is called.
  public mutating func setFunctions(_ saved: [(name: String, declaration: String)]) {
    functions =
      HuntingFunctions.declarations
      + saved.map { name, declaration in
        EnvironmentFunction(name: name, declaration: declaration)
      }
  }

  /// Adds a table whose rows lie in segments, or replaces the one of that name.
  public mutating func add(_ table: StoredTable, named name: String) { storedTables[name] = table }

  /// Puts the tables of the tenants in the place of those that were there.
  mutating func setStoredTables(
    _ tables: [String: StoredTable],
    failures: [String: [TenantFailure]]
  ) {
    storedTables = tables
    tableFailures = failures
  }

  /// Says how `externaldata` locations are read.
  public mutating func readExternalData(
    _ read: @escaping @Sendable (ExternalDataRequest) throws -> ColumnTable
  ) { external = read }

  /// Makes a budget that starts now; the loaded tables count into it.
  ///
  /// - Parameter progress: told, by any thread, how many rows were read so far.
  public func makeBudget(
    memoryLimit: Int,
    timeoutSeconds: Double?,
    progress: (@Sendable (Int) -> Void)? = nil
  ) -> QueryBudget {
    let clock = self.clock
    return QueryBudget(
      memoryLimit: memoryLimit,
      timeoutSeconds: timeoutSeconds,
      heldBytes: loadedBytes,
      caches: caches,
      progress: progress
    ) { clock.monotonicNanoseconds }
  }

  /// Parses and binds a text without running it.
  public func check(_ source: SourceText, parameters: [String: Scalar] = [:]) -> CheckedQuery {
    check(source, parameters, environment(runs: false))
  }

  /// The tables that a text reads, whatever errors it has.
  public func tables(readBy source: SourceText) -> Set<String> {
    Set(check(source).bound.results.flatMap { $0.plan.scans().map(\.table) })
  }

  /// Answers a text: every tabular statement's result in order.
  ///
  /// Throws `QueryRejection` where the text has errors and `QueryFailure` where it cannot be run.
  /// Where files of one tenant of several cannot be read, the others answer.
  public func run(
    _ source: SourceText,
    parameters: [String: Scalar] = [:],
    budget: QueryBudget
  ) throws -> HuntingAnswer {
    var engine = self
    var failures: [TenantFailure] = []
    while true {
      do {
        var answer = try budget.metering { try engine.runMetered(source, parameters, budget) }
        answer.failures = failures + answer.failures
        return answer
      } catch let failure as QueryFailure {
        guard let tenant = engine.tenant(behind: failure) else { throw failure }
        failures.append(TenantFailure(tenant: tenant, failure: failure))
        engine.leaveOut(tenant)
      }
    }
  }

  private func runMetered(
    _ source: SourceText,
    _ parameters: [String: Scalar],
    _ budget: QueryBudget
  ) throws -> HuntingAnswer {
    var environment = environment(runs: true)
    let constants = queryConstants()
    var checked = check(source, parameters, environment)
    let window = window(for: checked, constants.now)
    let moment = ReadMoment()
    defer { moment.end() }
    let run = { (plan: Plan, environment: QueryEnvironment) in
      try Executor(tables: environment, constants: constants, options: options, moment: moment)
        .run(window?.apply(plan) ?? plan, budget: budget)
    }
    var rounds = 0
    while let stage = try firstStage(checked) {
      rounds += 1
      if rounds > Self.stageLimit {
        throw QueryFailure(.rows, "more than \(Self.stageLimit) plugins depend on data")
      }
      let input = try run(stage.input, environment)
      environment.resolve(stage: stage.key, to: try StagedPlugins.run(stage, over: input))
      checked = check(source, parameters, environment)
    }
    let results = try checked.bound.results.map { result in
      try requireTables(result.plan, source, environment)
      return AnswerTable(result: try run(result.plan, environment), render: result.render)
    }
    let tables = Set(checked.bound.results.flatMap { $0.plan.scans().map(\.table) })
    return HuntingAnswer(
      tables: results,
      diagnostics: checked.diagnostics,
      failures: tables.sorted().flatMap { tableFailures[$0] ?? [] },
      hiddenBefore: eventWindow != nil
        ? nil : window.flatMap { hidesRows($0, tables, at: moment) ? $0.start : nil }
    )
  }

  private static let stageLimit = 100

  /// What holds a query that says nothing of time; nil where nothing does.
  private func window(for checked: CheckedQuery, _ now: DateTime) -> TimeWindow? {
    if let eventWindow { return eventWindow.window(over: presentTables) }
    guard let timeWindow else { return nil }
    let window = TimeWindow(
      from: DateTime(ticks: max(0, now.ticks - timeWindow.ticks)),
      timeColumns: Dictionary(
        uniqueKeysWithValues: storedTables.keys.filter { tables[$0] == nil }
          .map { ($0, EventTime.column(of: $0)) }
      )
    )
    return checked.bound.results.contains { window.isOverridden(by: $0.plan) } ? nil : window
  }

  /// Whether tables have rows before a window.
  private func hidesRows(
    _ window: TimeWindow,
    _ names: Set<String>,
    at moment: ReadMoment
  ) -> Bool {
    names.contains { name in
      storedTables[name]?.segments.contains { segment in
        segment.hasRows(before: window.start.ticks, at: moment)
      } ?? false
    }
  }

  private func environment(runs: Bool) -> QueryEnvironment {
    QueryEnvironment(
      schemas: schemas,
      loaded: tables,
      stored: storedTables,
      functions: functions,
      reachesLoadedOnly: runs && !allowsMissingTables,
      tenantColumns: tenantColumns,
      external: external
    )
  }

  private func queryConstants() -> QueryConstants {
    QueryConstants(
      now: now ?? DateTime(ticks: clock.wallTicks),
      randomSeed: randomness.nextUInt64(),
      timeZones: timeZones
    )
  }

  private func check(
    _ source: SourceText,
    _ parameters: [String: Scalar],
    _ environment: QueryEnvironment
  ) -> CheckedQuery {
    let tree = KQLParser.parse(source)
    let bound = Binder.bind(
      tree: tree,
      environment: environment,
      options: BindingOptions(queryParameters: parameters)
    )
    var diagnostics = tree.diagnostics + bound.diagnostics
    if diagnostics.isEmpty, tree.root.children(.statement).isEmpty {
      diagnostics.append(.noQuery(at: SourceSpan(0, 0)))
    }
    return CheckedQuery(tree: tree, bound: bound, diagnostics: diagnostics)
  }

  /// The innermost plugin whose columns must be known before the rest can be bound.
  private func firstStage(_ checked: CheckedQuery) throws -> Staged? {
    if checked.diagnostics.hasErrors { throw QueryRejection(diagnostics: checked.diagnostics) }
    for result in checked.bound.results {
      if let stage = result.plan.firstStage() { return stage }
    }
    return nil
  }

  /// Ends the query where it reads a table that has no rows here.
  private func requireTables(
    _ plan: Plan,
    _ source: SourceText,
    _ environment: QueryEnvironment
  ) throws {
    for scan in plan.scans() {
      let isLacked =
        scan.isRequired && lackedTables.contains(scan.table) && tables[scan.table] == nil
      if environment.isLoaded(scan.table), !isLacked { continue }
      if let data = HuntingFunctions.tables[scan.table] {
        throw QueryFailure(
          .unsupported,
          "\(data.function) needs data of your own; load some with --load \(scan.table)=FILE"
        )
      }
      if scan.table.hasPrefix(QueryEnvironment.watchlistPrefix) {
        let alias = scan.table.dropFirst(QueryEnvironment.watchlistPrefix.count)
        throw QueryFailure(
          .unsupported,
          "the watchlist '\(alias)' has no data here; name a file with --watchlist \(alias)=FILE",
          range: scan.span.range
        )
      }
      let isKnown = isLacked || schemas.lookup(scan.table) != nil
      if allowsMissingTables || !isKnown { continue }
      throw QueryFailure(
        .input,
        "the table '\(scan.table)' has no data here; load some with "
          + "--load \(scan.table)=FILE, or count missing tables as empty with "
          + "--allow-missing-tables",
        range: scan.span.range
      )
    }
  }
}

extension HuntingEngine {
  /// As it answers shipped queries: over all of time, and a table that is missing has no rows.
  public var forShippedQueries: HuntingEngine {
    var engine = self
    engine.allowsMissingTables = true
    engine.timeWindow = nil
    return engine
  }

  /// The plan as it would run.
  public func optimized(_ plan: Plan) -> Plan { Optimizer.optimize(plan) }
}

extension Diagnostic {
  /// Says that a text has nothing to answer; an empty result would look like an answer.
  fileprivate static func noQuery(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR003",
      .error,
      "the text holds no query",
      at: span,
      help: "a query starts with a table, as in 'DeviceProcessEvents | take 5'"
    )
  }
}
