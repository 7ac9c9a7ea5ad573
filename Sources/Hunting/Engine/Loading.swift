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
      let request = try LoadRequest(specification: option)
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

  /// Says which files stand for `externaldata` locations.
  public mutating func mapExternalData(_ files: [(String, String)]) throws {
    if !files.isEmpty { throw QueryFailure(.unsupported, "externaldata does not run here yet") }
  }
}
