public import Columnar
public import Execution
public import SourceText

/// How query files are run.
public struct BatchOptions: Sendable {
  /// What becomes of snapshots.
  public enum SnapshotMode: Sendable {
    /// They are compared with.
    case compare
    /// Those that are expected, or there, are written anew.
    case update
    /// Files without any expectation get one too.
    case record
  }

  /// Files that run at a time.
  public var jobs = 1
  public var snapshots = SnapshotMode.compare
  /// Parameters that stand before those of the files.
  public var parameters: [String: String] = [:]
  /// The longest that a query may take; a file can ask for less.
  public var timeoutSeconds: Double = 600
  /// The most memory that tables and all queries at a time may hold together.
  public var memoryLimit = 4 << 30

  public init() {}

  /// The worker threads of a query: one where files run side by side and are enough for all cores.
  func threads(for fileCount: Int) -> Int { max(1, jobs / max(1, fileCount)) }
}

/// The tables behind the fixtures of query files: a store, or files of the command line.
public protocol BatchSources: Sendable {
  /// An engine over what the tenants of a selection have; nil for those of the command line.
  func engine(over tenants: String?) throws -> HuntingEngine

  /// Answers a text, and keeps in the audit trail that it does.
  func answer(
    _ source: SourceText,
    by engine: HuntingEngine,
    over tenants: String?,
    parameters: [String: Scalar],
    budget: QueryBudget
  ) throws -> HuntingAnswer
}
