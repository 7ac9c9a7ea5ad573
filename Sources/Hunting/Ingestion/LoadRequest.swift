public import Columnar

/// How the records of a file are written.
public enum FileFormat: String, Sendable, CaseIterable {
  /// JSON: one object a line, an array of objects, objects that span lines, or streaming envelopes.
  case json
  /// Fields between commas (or semicolons, where the first line has those and no comma).
  case csv
  /// Fields between tabs.
  case tsv

  /// The format that a file name tells, seen without `.gz`; nil where it tells none.
  public init?(path: String) {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".csv") {
      self = .csv
    } else if name.hasSuffix(".tsv") || name.hasSuffix(".tab") {
      self = .tsv
    } else if [".json", ".ndjson", ".jsonl"].contains(where: name.hasSuffix) {
      self = .json
    } else {
      return nil
    }
  }
}

/// What may be loaded before it is too much, and what loading may use.
public struct LoadLimits: Sendable {
  /// Threads that parse, the calling one included.
  public var threads = 2
  /// About the bytes that a thread parses at a time.
  public var blockBytes = 8 << 20
  /// The longest line or record in bytes; a longer one is a bad line.
  public var recordBytes = 64 << 20
  /// The most columns of a table.
  public var columns = 20_000
  /// The bad lines and cells that the report describes; all are counted.
  public var describedProblems = 20
  /// Told how many more bytes loading takes, or fewer where negative; throws where memory is
  /// short.
  public var charge: (@Sendable (Int) throws -> Void)?
  /// Told how far loading has come, for a progress line.
  public var progress: (@Sendable (LoadProgress) -> Void)?

  public init() {}

  /// Why a line is passed over that is longer than `recordBytes`.
  var longLineReason: String { "the line is longer than \(recordBytes >> 20) MiB" }

  /// Why a file cannot be used that has more than `columns`.
  var columnLimitReason: String {
    "the table would have more than \(columns) columns; project the file before loading"
  }
}

/// How far the loading of a table has come.
public struct LoadProgress: Sendable, Equatable {
  public let table: String
  /// Bytes of its files that were read, after expansion.
  public let bytes: Int
  public let rows: Int

  public init(table: String, bytes: Int, rows: Int) {
    self.table = table
    self.bytes = bytes
    self.rows = rows
  }
}

/// What the first record of a delimited file is.
public enum FirstRecord: Sendable {
  /// Names, unless columns are stated and none of the names is among them.
  case automatic
  /// Values, for the stated columns in order.
  case values
  /// Passed over; the stated columns are those of the file in order.
  case skipped
}

/// A table to load and the files that hold its rows.
public struct LoadRequest: Sendable {
  public var table: String
  /// Files in order; `-` is standard input.
  public var paths: [String]
  /// The format of the files; nil to tell by name or first bytes.
  public var format: FileFormat?
  /// Columns that the user stated; nil to take the known schema of the table, or infer.
  public var columns: [ColumnSchema]?
  /// Where known tables are looked up.
  public var environment: SchemaEnvironment
  /// For delimited files.
  public var firstRecord = FirstRecord.automatic
  /// Whether JSON files have one event a line for certain, whatever the first of them looks like.
  public var hasOneEventALine = false
  /// The tables to which events go that name theirs; nil where all rows are of `table`.
  public var routes: RoutedTables?
  /// Whether streamed events of other tables than the one asked for are kept as lines that could
  /// not be used, for ingestion into a store; else they are counted.
  public var keepsForeignEvents = false
  /// The column that names the tenant of each row, for ingestion into a store.
  public var tenantColumn: String?

  public init(
    table: String,
    paths: [String],
    format: FileFormat? = nil,
    columns: [ColumnSchema]? = nil,
    environment: SchemaEnvironment = .hunting
  ) {
    self.table = table
    self.paths = paths
    self.format = format
    self.columns = columns
    self.environment = environment
  }

  /// A request for files of events that name their tables themselves; what names none is noted
  /// under `unroutedTable`.
  public init(routing paths: [String]) {
    self.init(table: Self.unroutedTable, paths: paths, columns: [])
    routes = RoutedTables()
  }

  /// Where dead letters are kept that name no table.
  public static let unroutedTable = "Unrouted"
}
