public import Columnar

/// What stands beside a query text: its data, its parameters and what is expected of it.
public struct FileDirectives: Sendable, Equatable {
  /// Files to load, in order.
  public var fixtures: [Fixture] = []
  public var parameters: [String: String] = [:]
  public var expectations: [Expectation] = []
  /// Why the file is not run.
  public var skipReason: String?
  public var timeoutSeconds: Double?
  /// The tenants whose stored tables are read, as `--tenant` has them.
  public var tenants: String?
  public var timespan: Timespan?
  /// What `now()` is.
  public var now: DateTime?
  public var allowsMissingTables = false
  /// Whether the order of rows is left out of a snapshot.
  public var isUnordered = false

  /// How far back stored tables are read.
  public enum Timespan: Sendable, Equatable {
    case all
    case last(TimeSpan)
  }

  public init() {}

  /// These directives in front of others: what is stated here wins, expectations add up.
  ///
  /// Fixtures of a table replace those of the same table in `outer`.
  func inFront(of outer: FileDirectives) -> FileDirectives {
    var merged = self
    let tables = Set(fixtures.map(\.table))
    merged.fixtures = outer.fixtures.filter { !tables.contains($0.table) } + fixtures
    merged.parameters = outer.parameters.merging(parameters) { _, nearer in nearer }
    merged.expectations = outer.expectations + expectations
    merged.skipReason = skipReason ?? outer.skipReason
    merged.timeoutSeconds = timeoutSeconds ?? outer.timeoutSeconds
    merged.tenants = tenants ?? outer.tenants
    merged.timespan = timespan ?? outer.timespan
    merged.now = now ?? outer.now
    merged.allowsMissingTables = allowsMissingTables || outer.allowsMissingTables
    merged.isUnordered = isUnordered || outer.isUnordered
    return merged
  }
}

/// A file that is loaded for a query.
public struct Fixture: Sendable, Hashable {
  /// The name of the table in the engine.
  public let table: String
  /// Columns that were stated; nil for those of the schema, or inferred ones.
  public let columns: [ColumnSchema]?
  /// The path, seen from the current folder.
  public let path: String

  public init(table: String, columns: [ColumnSchema]? = nil, path: String) {
    self.table = table
    self.columns = columns
    self.path = path
  }
}
