import Columnar
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

  /// A table that is loaded by the first thread that asks; the others wait.
  private final class Slot: Sendable {
    let loaded = Mutex<Result<Loaded, any Error>?>(nil)
  }

  private let slots = Mutex<[Key: Slot]>([:])
  private let files: any FileSystem

  init(_ files: any FileSystem) { self.files = files }

  func table(_ key: Key) throws -> Loaded {
    let slot = slots.withLock { slots in
      if let slot = slots[key] { return slot }
      let slot = Slot()
      slots[key] = slot
      return slot
    }
    return try slot.loaded.withLock { loaded in
      if let loaded { return try loaded.get() }
      let result = Result { try load(key) }
      loaded = result
      return try result.get()
    }
  }

  private func load(_ key: Key) throws -> Loaded {
    var limits = LoadLimits()
    limits.threads = 1
    let request = LoadRequest(table: key.table, paths: key.paths, columns: key.columns)
    let (table, report) = try TableLoader(files: files, limits: limits).load(request)
    return Loaded(table: table, problems: report.messages)
  }
}
