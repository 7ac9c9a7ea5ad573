import Columnar
import Execution
import FileAccess
import Synchronization

/// The tables of fixtures: each is loaded once, shared by the files that use it, and let go after
/// the last of them.
final class FixtureTables: Sendable {
  /// A table and what a person should know of it.
  struct Loaded: Sendable {
    let table: ColumnTable
    let byteCount: Int
    let notes: [String]
  }

  /// The files that make up one table.
  struct Key: Hashable {
    let table: String
    let columns: [ColumnSchema]?
    let paths: [String]
  }

  private struct Contents {
    var tables: [Key: Once<Loaded>] = [:]
    /// Files that have yet to use a table.
    var uses: [Key: Int] = [:]
  }

  private let contents = Mutex(Contents())
  private let files: any FileSystem
  private let memoryLimit: Int
  private let threads: Int
  private let heldBytes = Atomic<Int>(0)

  /// - Parameter memoryLimit: bytes that all tables may take that are loaded at a time.
  init(_ files: any FileSystem, memoryLimit: Int, threads: Int) {
    self.files = files
    self.memoryLimit = memoryLimit
    self.threads = threads
  }

  /// The tables of a file's fixtures; files of the same table and columns add up.
  static func keys(_ fixtures: [Fixture]) -> [Key] {
    var keys: [Key] = []
    for fixture in fixtures {
      let place = keys.firstIndex { $0.table == fixture.table && $0.columns == fixture.columns }
      if let place {
        let paths = keys[place].paths + [fixture.path]
        keys[place] = Key(table: fixture.table, columns: fixture.columns, paths: paths)
      } else {
        keys.append(Key(table: fixture.table, columns: fixture.columns, paths: [fixture.path]))
      }
    }
    return keys
  }

  /// Says that a file is going to use tables.
  func expect(_ keys: [Key]) {
    contents.withLock { held in
      for key in keys { held.uses[key, default: 0] += 1 }
    }
  }

  /// Says that a file has done with tables.
  func release(_ keys: [Key]) {
    contents.withLock { held in
      for key in keys {
        held.uses[key, default: 1] -= 1
        guard held.uses[key] == 0, let table = held.tables.removeValue(forKey: key) else {
          continue
        }
        heldBytes.subtract(table.known?.byteCount ?? 0, ordering: .relaxed)
      }
    }
  }

  /// The table of a key; throws what loading it throws.
  func table(_ key: Key) throws -> Loaded {
    let table = contents.withLock { held in
      let table = held.tables[key] ?? Once()
      held.tables[key] = table
      return table
    }
    return try table.value { try load(key) }
  }

  private func load(_ key: Key) throws -> Loaded {
    let held = heldBytes.load(ordering: .relaxed)
    let account = LoadAccount(limitBytes: memoryLimit, heldBytes: held)
    var limits = LoadLimits()
    limits.threads = threads
    limits.charge = { try account.charge($0) }
    let request = LoadRequest(table: key.table, paths: key.paths, columns: key.columns)
    let (table, report) = try TableLoader(files: files, limits: limits).load(request)
    heldBytes.add(account.bytes, ordering: .relaxed)
    return Loaded(
      table: table,
      byteCount: account.bytes,
      notes: report.messages.map { "\(key.table): \($0)" }
    )
  }
}
