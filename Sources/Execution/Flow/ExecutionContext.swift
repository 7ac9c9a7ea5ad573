public import Columnar
public import FileAccess
import KQLFunctions
import QueryPlan

/// How a query is run.
public struct ExecutionOptions: Sendable {
  /// Worker threads.
  public var threads: Int
  /// Rows of a batch.
  public var batchRows: Int
  /// Whether plans are rewritten before they run; off only in tests.
  public var optimizes: Bool
  /// Whether a subquery of `mv-apply` or `partition` runs over many rows or keys at once where it
  /// can; off only in tests.
  public var groupsRuns: Bool
  /// Where rows are put aside when memory gets tight; nil to end the query then.
  public var spill: (any TemporaryFiles)?
  /// Measures operators while they run; nil for queries that nobody analyses.
  public var analysis: QueryAnalysis?

  public init(
    threads: Int = 2,
    batchRows: Int = 4096,
    optimizes: Bool = true,
    groupsRuns: Bool = true,
    spill: (any TemporaryFiles)? = nil
  ) {
    self.spill = spill
    self.threads = max(1, threads)
    self.batchRows = max(1, batchRows)
    self.optimizes = optimizes
    self.groupsRuns = groupsRuns
  }
}

/// The tables that a query may read.
public protocol TableProvider: Sendable {
  /// The table of a name as the binder resolved it; nil where it has no data here.
  func table(named name: String) throws -> ColumnTable?
  /// The table of a name where its rows lie in segments; nil where they do not.
  func storedTable(named name: String) throws -> StoredTable?
  /// The rows behind an `externaldata` location, with the declared columns.
  func externalData(_ request: ExternalDataRequest) throws -> ColumnTable
}

extension TableProvider {
  /// Providers of tables in memory have no stored ones.
  public func storedTable(named name: String) throws -> StoredTable? { nil }
}

/// A read of `externaldata`.
public struct ExternalDataRequest: Sendable {
  public let columns: [ColumnSchema]
  public let uris: [String]
  /// `format`, `ignoreFirstRecord` and so on, as written.
  public let properties: [String: String]
  /// Byte offsets in the query.
  public let range: Range<Int>
}

/// What all operators of one running query share.
final class ExecutionContext: Sendable {
  let options: ExecutionOptions
  let budget: QueryBudget
  let tables: any TableProvider
  let constants: QueryConstants
  /// Results of shared plans and subqueries, computed once.
  let shared: SharedResults
  /// At which sources are read that others change.
  let moment: ReadMoment
  /// Rows handed to subqueries by enclosing operators, by operator id.
  let handedRows: [Int: [Batch]]

  init(
    options: ExecutionOptions,
    budget: QueryBudget,
    tables: any TableProvider,
    constants: QueryConstants,
    moment: ReadMoment
  ) {
    self.options = options
    self.budget = budget
    self.tables = tables
    self.constants = constants
    shared = SharedResults()
    self.moment = moment
    handedRows = [:]
  }

  /// The context of a part of the query.
  init(
    _ whole: ExecutionContext,
    options: ExecutionOptions,
    shared: SharedResults,
    handedRows: [Int: [Batch]]? = nil
  ) {
    self.options = options
    budget = whole.budget
    tables = whole.tables
    constants = whole.constants
    self.shared = shared
    moment = whole.moment
    self.handedRows = handedRows ?? whole.handedRows
  }
}
