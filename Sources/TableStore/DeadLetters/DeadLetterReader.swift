public import OperationalStore
import FileAccess
import GRDB

/// Hands out the letters of a file in order.
public final class DeadLetterReader {
  private let map: MappedFile
  private let store: String
  private var position: Int
  /// How the letter before was read.
  private var reading: [UInt8] = []

  /// Opens a file whose size and checksum are those of the catalogue.
  init(_ file: DeadLetterFile, map: MappedFile, store: String) throws(StoreFailure) {
    self.map = map
    self.store = store
    position = DeadLetterFormat.heading.count
    if let damage = Self.damage(file, map) {
      throw StoreFailure(.corrupt(detail: damage), path: store)
    }
  }

  /// The next letter; nil after the last.
  public func next() throws(StoreFailure) -> DeadLetter? {
    if position >= map.byteCount { return nil }
    guard let letter = DeadLetterFormat.read(map.bytes, at: &position, after: reading) else {
      throw StoreFailure(
        .corrupt(detail: "'\(map.path)' holds no dead letter at byte \(position)"),
        path: store
      )
    }
    reading = letter.reading
    return letter
  }

  /// Says how a file differs from what was written; nil where it does not.
  static func damage(_ file: DeadLetterFile, _ map: MappedFile) -> String? {
    if Int64(map.byteCount) != file.byteCount {
      return "'\(map.path)' has \(map.byteCount) bytes instead of \(file.byteCount)"
    }
    if DeadLetterChecksum.extend(0, with: map.bytes) != file.checksum {
      return "the bytes of '\(map.path)' are not those that were written"
    }
    let headings = [DeadLetterFormat.heading, DeadLetterFormat.oldHeading]
    if !headings.contains(where: { map.bytes.starts(with: $0) }) {
      return "'\(map.path)' is no file of dead letters"
    }
    return nil
  }
}

extension TableStore {
  /// Lists the files of dead letters, oldest first; of one tenant or table where they are named.
  public func deadLetterFiles(
    tenant: String? = nil,
    table: String? = nil
  ) throws(StoreFailure) -> [DeadLetterFile] {
    let path = path
    let all = try database.read { try Catalogue(database: $0, path: path).deadLetterFiles() }
    return all.filter { tenant ?? $0.tenant == $0.tenant && table ?? $0.table == $0.table }
  }

  /// Opens a file of dead letters, checked.
  public func readDeadLetters(_ file: DeadLetterFile) throws(StoreFailure) -> DeadLetterReader {
    let map = try touching { () throws(FileFailure) in try files.map(file.path) }
    return try DeadLetterReader(file, map: map, store: path)
  }

  /// Forgets files of dead letters for good.
  public func removeDeadLetters(_ ids: [String]) throws(StoreFailure) {
    try commit([]) { catalogue in
      let version = try catalogue.advanceVersion()
      for id in ids where try !catalogue.removeDeadLetters(id, at: version) {
        throw StoreFailure(.refused("there are no dead letters '\(id)'"), path: catalogue.path)
      }
    }
    deleteRemovedFilesIfPossible()
  }
}

extension Catalogue {
  /// All files of dead letters, oldest first.
  func deadLetterFiles() throws -> [DeadLetterFile] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT f.id, n.name, t.name, f.batch, f.written, f.letter_count, f.byte_count, f.path,
          f.checksum
        FROM dead_letter_files f JOIN tables t ON t.id = f.table_id
          JOIN tenants n ON n.id = t.tenant_id
        ORDER BY f.written, f.rowid
        """
    )
    return rows.map { row in
      let relativePath: String = row[7]
      let checksum: Int64 = row[8]
      return DeadLetterFile(
        id: row[0],
        tenant: row[1],
        table: row[2],
        batch: row[3],
        writtenTicks: row[4],
        letterCount: row[5],
        byteCount: row[6],
        path: path + "/" + relativePath,
        checksum: UInt32(truncatingIfNeeded: checksum)
      )
    }
  }
}
