import Columnar
import Execution
import FileAccess
import Hunting
import Synchronization

/// The tables of files that cases name: each is loaded once and shared by all cases.
final class TestFileTables: Sendable {
  struct Key: Hashable {
    let table: String
    let paths: [String]
    let columns: [ColumnSchema]?
  }

  /// A table, and what is wrong with lines of its files.
  struct Loaded: Sendable {
    let table: ColumnTable
    let problems: [String]
  }

  private let tables = Mutex<[Key: Once<Loaded>]>([:])
  private let files: any FileSystem

  init(_ files: any FileSystem) { self.files = files }

  func table(_ key: Key) throws -> Loaded {
    let table = tables.withLock { tables in
      let table = tables[key] ?? Once()
      tables[key] = table
      return table
    }
    return try table.value { try load(key) }
  }

  private func load(_ key: Key) throws -> Loaded {
    var limits = LoadLimits()
    limits.threads = 1
    let request = LoadRequest(table: key.table, paths: key.paths, columns: key.columns)
    let (table, report) = try TableLoader(files: files, limits: limits).load(request)
    return Loaded(table: table, problems: report.messages)
  }
}
