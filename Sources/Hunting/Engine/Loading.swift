import Columnar
import FileAccess

extension HuntingEngine {
  /// Loads files as tables: each option is `Table=FILE` or `Table(name:type, …)=FILE`.
  ///
  /// Options for one table add their files to it. Returns what came of each table. Throws
  /// `LoadSpecificationError`, `FileFailure` or `IngestionFailure`.
  public mutating func load(_ options: [String]) throws -> [IngestionReport] {
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
    let loader = TableLoader()
    return try requests.map { request in
      let (table, report) = try loader.load(request)
      add(table, named: request.table)
      return report
    }
  }

  /// Loads watchlists by alias, for `_GetWatchlist`.
  public mutating func loadWatchlists(_ files: [(String, String)]) throws -> [IngestionReport] {
    try files.map { alias, path in
      let name = QueryEnvironment.watchlistTable(alias)
      let (table, report) = try TableLoader().load(LoadRequest(table: name, paths: [path]))
      add(table, named: name)
      return report
    }
  }

  /// Says which files stand for `externaldata` locations.
  public mutating func mapExternalData(_ files: [(String, String)]) {
    let external = ExternalFiles(files)
    readExternalData { try external.read($0) }
  }
}
