import Columnar
public import Execution
import FileAccess
public import TableStore

/// Ingests the lines of a file of dead letters again, after whatever was wrong was mended.
///
/// Lines that are still bad become dead letters of the new batch, so nothing is lost.
public struct DeadLetterReplay {
  private let store: TableStore

  public init(_ store: TableStore) { self.store = store }

  /// Ingests one file of dead letters; the name of the batch is that of the file, so that a
  /// replay which is sent twice lands once.
  public func replay(_ file: DeadLetterFile) throws -> StoreIngestion.Answer {
    let reader = try store.readDeadLetters(file)
    var bytes: [UInt8] = []
    while let letter = try reader.next() { bytes += letter.bytes + [0x0A] }
    var request = LoadRequest(table: file.table, paths: [file.id])
    request.format = .json
    let lines = LinesInMemory(bytes)
    return try StoreIngestion(store, files: lines)
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
    let builders = schema.types.map { VectorBuilder(type: $0) }
    for file in files {
      let cells: [Scalar] = [
        .string(ByteString(file.id)), .string(ByteString(file.tenant)),
        .string(ByteString(file.table)), .string(ByteString(file.batch)),
        .datetime(DateTime(ticks: file.writtenTicks)), .long(file.letterCount),
        .long(file.byteCount),
      ]
      for (builder, cell) in zip(builders, cells) { builder.append(cell) }
    }
    let batch = Batch(columns: builders.map { $0.finish() }, count: files.count)
    return QueryResult(schema: schema, batches: [batch])
  }

  /// A row for each line of a file of dead letters.
  public static func lines(_ letters: [DeadLetter]) -> QueryResult {
    let schema = Schema([
      ColumnSchema("Source", .string), ColumnSchema("Line", .long),
      ColumnSchema("Offset", .long), ColumnSchema("Reason", .string),
      ColumnSchema("Text", .string),
    ])
    let builders = schema.types.map { VectorBuilder(type: $0) }
    for letter in letters {
      let cells: [Scalar] = [
        .string(ByteString(letter.source)), .long(letter.line),
        letter.offset < 0 ? .null(.long) : .long(letter.offset),
        .string(ByteString(letter.reason)), .string(ByteString(letter.bytes)),
      ]
      for (builder, cell) in zip(builders, cells) { builder.append(cell) }
    }
    let batch = Batch(columns: builders.map { $0.finish() }, count: letters.count)
    return QueryResult(schema: schema, batches: [batch])
  }
}

/// Lines at hand as the one file there is.
private struct LinesInMemory: FileSystem {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func status(of path: String) throws(FileFailure) -> FileStatus {
    FileStatus(kind: .regular, sizeBytes: Int64(bytes.count))
  }

  func open(_ path: String) throws(FileFailure) -> any ByteSource {
    MemorySource(bytes, path: path)
  }

  func list(_ path: String) throws(FileFailure) -> [String] {
    throw FileFailure(.notDirectory, path: path, operation: .list)
  }

  func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    throw FileFailure(.permissionDenied, path: path, operation: .write)
  }
}
