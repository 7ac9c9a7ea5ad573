import Columnar
import Execution
import KQLFunctions
import QueryPlan

/// Runs plans under several configurations of the engine.
enum PlanRun {
  static let configurations: [ExecutionOptions] = [1, 1024].flatMap { batchRows in
    [1, 2].flatMap { threads in
      [false, true].map {
        ExecutionOptions(threads: threads, batchRows: batchRows, optimizes: $0)
      }
    }
  }

  /// The rows of a plan as texts.
  static func rows(
    _ plan: Plan,
    _ tables: TestTables = TestTables(),
    _ options: ExecutionOptions = ExecutionOptions(),
    memoryLimit: Int = 1 << 30
  ) throws -> [[String]] {
    let constants = QueryConstants(now: DateTime(ticks: 0), randomSeed: 7)
    let executor = Executor(tables: tables, constants: constants, options: options)
    let budget = QueryBudget(memoryLimit: memoryLimit, timeoutSeconds: nil) { 0 }
    let result = try executor.run(plan, budget: budget)
    return try result.batches.flatMap { batch in
      (0..<batch.count).map { row in batch.columns.map { $0.scalar(at: row).shown } }
    }
  }

  /// What the configurations give instead of the expected rows; empty where all agree.
  static func differences(
    _ plan: Plan,
    _ tables: TestTables = TestTables(),
    isOrdered: Bool = true,
    expected: [[String]]
  ) throws -> [String] {
    try configurations.compactMap { options in
      let actual = try rows(plan, tables, options)
      let isSame =
        isOrdered
        ? actual == expected : actual.map(\.joined).sorted() == expected.map(\.joined).sorted()
      if isSame { return nil }
      return "batch \(options.batchRows), threads \(options.threads), "
        + "optimizes \(options.optimizes): \(actual.prefix(8)) instead of \(expected.prefix(8))"
    }
  }
}

/// Tables by name.
struct TestTables: TableProvider {
  var tables: [String: ColumnTable] = [:]

  func table(named name: String) throws -> ColumnTable? { tables[name] }

  func externalData(_ request: ExternalDataRequest) throws -> ColumnTable {
    throw QueryFailure(.input, "there is no external data here")
  }
}

extension [String] {
  /// The row as one text.
  fileprivate var joined: String { joined(separator: "\u{1F}") }
}

extension Scalar {
  /// The value as tests write it: dynamics as JSON, null as `null`.
  var shown: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return "\(value)"
    case .long(let value): return "\(value)"
    case .real(let value): return value.isNaN ? "NaN" : "\(value == 0 ? 0 : value)"
    case .decimal(let value): return "\(value.high):\(value.low)"
    case .string(let value): return "'" + value.text + "'"
    case .datetime(let value): return "@\(value.ticks)"
    case .timespan(let value): return "~\(value.ticks)"
    case .guid(let value): return "\(value.high)-\(value.low)"
    case .dynamic(let value):
      var sink = ByteSink(capacity: 64)
      value.withView { $0.writeJSON(into: &sink) }
      return sink.text()
    }
  }
}
