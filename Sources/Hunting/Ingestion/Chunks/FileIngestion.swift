import Columnar
import Execution
public import FileAccess

/// Reads the files of a table and hands on their rows as columns, chunk by chunk, in order.
///
/// A file of one JSON event a line is cut into blocks of whole lines, which all threads parse;
/// other files are read by one thread, since where their records end depends on all before.
public struct FileIngestion: Sendable {
  private let files: any FileSystem
  private let randomness: any Randomness
  private let limits: LoadLimits

  /// Makes an ingestion.
  ///
  /// - Parameter randomness: seeds the hash tables, so that data cannot be made to collide.
  public init(
    files: any FileSystem = LocalFileSystem(),
    randomness: any Randomness = SystemRandomness(),
    limits: LoadLimits = LoadLimits()
  ) {
    self.files = files
    self.randomness = randomness
    self.limits = limits
  }

  /// Reads all files of a request.
  ///
  /// Lines that cannot be used are in the chunks, and the others are used. Throws `FileFailure`
  /// or `IngestionFailure` where a file cannot be used as a whole, and what the consumer and
  /// `limits.charge` throw; what was handed on before is then not the whole.
  public func read(_ request: LoadRequest, into consumer: any ChunkConsumer) throws {
    try read(request, TableOutline(request), seed: randomness.nextUInt64(), into: consumer)
  }

  func read(
    _ request: LoadRequest,
    _ outline: TableOutline,
    seed: UInt64,
    into consumer: any ChunkConsumer
  ) throws {
    let delivery = ChunkDelivery(outline, limits, consumer)
    for path in request.paths {
      let file = TableFile(path: path, request: request, outline: outline, seed: seed)
      try file.read(from: files, limits, delivery)
      try consumer.endFile()
    }
  }
}

/// Hands chunks to their consumer and keeps what is known of all of them.
final class ChunkDelivery {
  private let outline: TableOutline
  private let limits: LoadLimits
  private let consumer: any ChunkConsumer
  /// The columns so far that were not declared, in the order in which they came.
  private(set) var addedNames: [String] = []
  private var knownNames: Set<String> = []
  /// The same of the tables that events name.
  private var routedNames: [String: Set<String>] = [:]
  private var progress: LoadProgress

  init(_ outline: TableOutline, _ limits: LoadLimits, _ consumer: any ChunkConsumer) {
    self.outline = outline
    self.limits = limits
    self.consumer = consumer
    progress = LoadProgress(table: outline.table, bytes: 0, rows: 0)
  }

  /// Hands on the next chunk.
  func take(_ chunk: IngestedChunk) throws {
    for column in chunk.columns where column.declaredIndex == nil {
      guard knownNames.insert(column.name).inserted else { continue }
      addedNames.append(column.name)
      if outline.declared.count + addedNames.count > limits.columns {
        throw IngestionFailure(chunk.path, line: column.firstLine, limits.columnLimitReason)
      }
    }
    for routed in chunk.routed { try limitColumns(of: routed) }
    try consumer.take(chunk)
    progress = LoadProgress(
      table: progress.table,
      bytes: progress.bytes + chunk.textBytes,
      rows: progress.rows + chunk.routed.reduce(chunk.rowCount) { $0 + $1.rowCount }
    )
    limits.progress?(progress)
  }

  private func limitColumns(of chunk: IngestedChunk) throws {
    let names = routedNames[chunk.table, default: []].union(chunk.columns.map(\.name))
    if names.count > limits.columns {
      throw IngestionFailure(chunk.path, limits.columnLimitReason)
    }
    routedNames[chunk.table] = names
  }
}
