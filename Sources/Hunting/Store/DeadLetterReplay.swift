import Columnar
public import Execution
import FileAccess
public import TableStore

/// Ingests the lines of a file of dead letters again, after whatever was wrong was mended.
///
/// Lines that are still bad become dead letters of the new batch, so nothing is lost.
public struct DeadLetterReplay {
  private let store: TableStore
  private let owner: (String) -> String
  private let admit: (String) throws -> Void

  /// The parameters are those of ``StoreIngestion``.
  public init(
    _ store: TableStore,
    owner: @escaping (String) -> String = { $0 },
    admit: @escaping (String) throws -> Void = { _ in }
  ) {
    self.store = store
    self.owner = owner
    self.admit = admit
  }

  /// Ingests one file of dead letters; the name of the batch is that of the file, so that a
  /// replay which is sent twice lands once.
  public func replay(_ file: DeadLetterFile) throws -> StoreIngestion.Answer {
    let reader = try store.readDeadLetters(file)
    var lines = LinesInMemory()
    var reading = LetterReading()
    while let letter = try reader.next() {
      reading = LetterReading(letter.reading)
      lines.append(letter.bytes, read: reading, of: file.id)
    }
    var request =
      reading.isRouted
      ? LoadRequest(routing: lines.paths) : LoadRequest(table: file.table, paths: lines.paths)
    request.tenantColumn = reading.tenantColumn
    request.hasOneEventALine = true
    return try StoreIngestion(store, files: lines, owner: owner, admit: admit)
      .ingest(request, tenant: file.tenant, batch: "replay-" + file.id, replacing: [file.id])
  }
}

extension StoreListing {
  /// A row for each file of dead letters.
  public static func deadLetters(_ files: [DeadLetterFile]) -> QueryResult {
    let schema = Schema([
      ColumnSchema("Id", .string), ColumnSchema("Tenant", .string),
      ColumnSchema("Table", .string), ColumnSchema("Batch", .string),
      ColumnSchema("Written", .datetime), ColumnSchema("Lines", .long),
      ColumnSchema("Bytes", .long),
    ])
    return rows(schema, files) { file in
      [
        .string(ByteString(file.id)), .string(ByteString(file.tenant)),
        .string(ByteString(file.table)), .string(ByteString(file.batch)),
        .datetime(DateTime(ticks: file.writtenTicks)), .long(file.letterCount),
        .long(file.byteCount),
      ]
    }
  }

  /// A row for each line of a file of dead letters.
  public static func lines(_ letters: [DeadLetter]) -> QueryResult {
    let schema = Schema([
      ColumnSchema("Source", .string), ColumnSchema("Line", .long),
      ColumnSchema("Offset", .long), ColumnSchema("Reason", .string),
      ColumnSchema("Text", .string),
    ])
    return rows(schema, letters) { letter in
      [
        .string(ByteString(letter.source)), .long(letter.line),
        letter.offset < 0 ? .null(.long) : .long(letter.offset),
        .string(ByteString(letter.reason)), .string(ByteString(letter.bytes)),
      ]
    }
  }
}

/// Lines at hand as files: adjacent ones of JSON that were read alike are one; a line of a
/// delimited file is one by itself, so that an open quote does not swallow the next.
private struct LinesInMemory: FileSystem {
  private(set) var paths: [String] = []
  private var texts: [String: [UInt8]] = [:]
  private var reading: LetterReading?

  /// Adds a line; `id` names the files.
  mutating func append(_ line: [UInt8], read reading: LetterReading, of id: String) {
    if self.reading != reading || reading.format != .json {
      self.reading = reading
      paths.append("\(id)-\(paths.count).\(reading.format.rawValue)")
      texts[paths[paths.count - 1]] = reading.header
    }
    // A JSON value may span lines, between which a blank is as good.
    let bytes = reading.format == .json ? line.map { $0 == 0x0A ? 0x20 : $0 } : line
    texts[paths[paths.count - 1], default: []] += bytes + [0x0A]
  }

  func status(of path: String) throws(FileFailure) -> FileStatus {
    FileStatus(kind: .regular, sizeBytes: Int64(texts[path]?.count ?? 0))
  }

  func open(_ path: String) throws(FileFailure) -> any ByteSource {
    MemorySource(texts[path] ?? [], path: path)
  }

  func list(_ path: String) throws(FileFailure) -> [String] {
    throw FileFailure(.notDirectory, path: path, operation: .list)
  }

  func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    throw FileFailure(.permissionDenied, path: path, operation: .write)
  }
}
