public import Columnar
public import Execution
public import FileAccess
public import KQLBinding
import KQLFunctions
public import KQLSyntax
public import QueryPlan
public import SourceText

/// The engine as a product: tables, query texts in, results out.
public struct HuntingEngine: Sendable {
  private let clock: any Clock
  private let randomness: any Randomness
  private let timeZones: any TimeZoneDatabase
  public var options: ExecutionOptions
  /// Whether a table that is known but has no rows here counts as empty, instead of an error.
  public var allowsMissingTables = false
  public let schemas: TableSchemas
  private var tables: [String: ColumnTable] = [:]
  private var storedTables: [String: StoredTable] = [:]
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

  /// Adds a table whose rows lie in segments, or replaces the one of that name.
  public mutating func add(_ table: StoredTable, named name: String) { storedTables[name] = table }

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

  /// Answers a text: every tabular statement's result in order.
  ///
  /// Throws `QueryRejection` where the text has errors and `QueryFailure` where it cannot be run.
  public func run(
    _ source: SourceText,
    parameters: [String: Scalar] = [:],
    budget: QueryBudget
  ) throws -> HuntingAnswer {
    try budget.metering { try runMetered(source, parameters, budget) }
  }

  private func runMetered(
    _ source: SourceText,
    _ parameters: [String: Scalar],
    _ budget: QueryBudget
  ) throws -> HuntingAnswer {
    var environment = environment(runs: true)
    var checked = check(source, parameters, environment)
    let constants = queryConstants()
    let executor = { (environment: QueryEnvironment) in
      Executor(tables: environment, constants: constants, options: options)
    }
    var rounds = 0
    while let stage = try firstStage(checked) {
      rounds += 1
      if rounds > Self.stageLimit {
        throw QueryFailure(.rows, "more than \(Self.stageLimit) plugins depend on data")
      }
      let input = try executor(environment).run(stage.input, budget: budget)
      environment.resolve(stage: stage.key, to: try StagedPlugins.run(stage, over: input))
      checked = check(source, parameters, environment)
    }
    let results = try checked.bound.results.map { result in
      try requireTables(result.plan, source, environment)
      return AnswerTable(
        result: try executor(environment).run(result.plan, budget: budget),
        render: result.render
      )
    }
    return HuntingAnswer(tables: results, diagnostics: checked.diagnostics)
  }

  private static let stageLimit = 100

  private func environment(runs: Bool) -> QueryEnvironment {
    QueryEnvironment(
      schemas: schemas,
      loaded: tables,
      stored: storedTables,
      functions: functions,
      reachesLoadedOnly: runs && !allowsMissingTables,
      external: external
    )
  }

  private func queryConstants() -> QueryConstants {
    QueryConstants(
      now: DateTime(ticks: clock.wallTicks),
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
    for scan in plan.scans() where !environment.isLoaded(scan.table) {
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
      let isKnown = schemas.lookup(scan.table) != nil
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

/// A text that was parsed and bound.
public struct CheckedQuery: Sendable {
  public let tree: SyntaxTree
  public let bound: BoundQuery
  /// Of syntax and binding together.
  public let diagnostics: [Diagnostic]
}

/// The results of a text.
public struct HuntingAnswer: Sendable {
  public let tables: [AnswerTable]
  /// Warnings and hints.
  public let diagnostics: [Diagnostic]
}

/// One result and how it is to be drawn.
public struct AnswerTable: Sendable {
  public let result: QueryResult
  public let render: Render?
}

/// A text with errors in it.
public struct QueryRejection: Error, Sendable {
  public let diagnostics: [Diagnostic]
}

extension HuntingEngine {
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
