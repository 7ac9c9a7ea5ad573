import Columnar
import Execution
import FileAccess
import Synchronization

extension HuntingEngine {
  /// Loads files as tables: each option is `Table=FILE` or `Table(name:type, …)=FILE`.
  ///
  /// Options for one table add their files to it. Returns what came of each table. Throws
  /// `LoadSpecificationError`, `FileFailure`, `IngestionFailure`, or `QueryFailure` where the
  /// tables need more memory than `memoryLimit`, those loaded before included.
  public mutating func load(
    _ options: [String],
    memoryLimit: Int = .max,
    limits: LoadLimits = LoadLimits()
  ) throws -> [IngestionReport] {
    var requests: [LoadRequest] = []
    for option in options {
      var request = try LoadRequest(specification: option)
      if request.columns == nil {
        request.columns = HuntingFunctions.tables[request.table]?.columns
      }
      let place = requests.firstIndex {
        $0.table == request.table && (request.columns == nil || $0.columns == request.columns)
      }
      if let place {
        requests[place].paths += request.paths
      } else {
        requests.append(request)
      }
    }
    return try requests.map { try load($0, memoryLimit, limits) }
  }

  /// The name of the table behind a watchlist, under which rows of one's own can be added.
  public static func watchlistTable(_ alias: String) -> String {
    QueryEnvironment.watchlistTable(alias)
  }

  /// Loads watchlists by alias, for `_GetWatchlist`.
  public mutating func loadWatchlists(
    _ files: [(String, String)],
    memoryLimit: Int = .max,
    limits: LoadLimits = LoadLimits()
  ) throws -> [IngestionReport] {
    try files.map { alias, path in
      let name = QueryEnvironment.watchlistTable(alias)
      return try load(LoadRequest(table: name, paths: [path]), memoryLimit, limits)
    }
  }

  private mutating func load(
    _ request: LoadRequest,
    _ memoryLimit: Int,
    _ limits: LoadLimits
  ) throws -> IngestionReport {
    let account = LoadAccount(limitBytes: memoryLimit, heldBytes: loadedBytes)
    var limits = limits
    limits.threads = options.threads
    limits.charge = { try account.charge($0) }
    let (table, report) = try TableLoader(limits: limits).load(request)
    add(table, named: request.table, byteCount: account.bytes)
    return report
  }

  /// Says which files stand for `externaldata` locations.
  public mutating func mapExternalData(_ files: [(String, String)]) {
    let external = ExternalFiles(files)
    readExternalData { try external.read($0) }
  }
}

/// Counts the memory of a table while it is loaded, against the limit that all tables share.
final class LoadAccount: Sendable {
  private let limitBytes: Int
  private let heldBytes: Int
  private let charged = Atomic<Int>(0)

  /// Makes an account of which other tables hold `heldBytes` already.
  init(limitBytes: Int, heldBytes: Int) {
    self.limitBytes = limitBytes
    self.heldBytes = heldBytes
  }

  /// The bytes that the table takes.
  var bytes: Int { charged.load(ordering: .relaxed) }

  /// Takes bytes, or gives them back where negative; throws where the limit is passed.
  func charge(_ bytes: Int) throws {
    let total = charged.add(bytes, ordering: .relaxed).newValue
    if bytes > 0, total > limitBytes - heldBytes {
      throw QueryFailure(
        .memory,
        "loading needs more than the memory limit of \(limitBytes >> 20) MiB; "
          + "load fewer or smaller files, or raise --memory"
      )
    }
  }
}
