public import Columnar
public import FileAccess

/// Loads files into tables in memory.
public struct TableLoader: Sendable {
  private let files: any FileSystem
  private let randomness: any Randomness
  private let limits: LoadLimits

  /// Makes a loader.
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

  /// Loads the files of a request into one table.
  ///
  /// Lines that cannot be used are in the report, and the others are used. Throws `FileFailure`
  /// or `IngestionFailure` where a file cannot be used as a whole, and what `limits.charge`
  /// throws.
  public func load(_ request: LoadRequest) throws -> (table: ColumnTable, report: IngestionReport) {
    let schemas = TableSchemas.environment(request.environment)
    let known = request.columns == nil ? schemas.lookup(request.table) : nil
    let seed = randomness.nextUInt64()
    let collector = TableCollector(request, known: known, limits: limits, seed: seed)
    for path in request.paths {
      try read(path, request, collector, seed: seed)
      collector.endChunk()
      collector.note(bytesRead: 0)
    }
    try collector.review()
    let (table, report) = collector.finish()
    if table.schema.columns.isEmpty {
      throw IngestionFailure(
        request.paths.first ?? "-",
        "there are no rows, so the columns of '\(request.table)' are unknown; "
          + "state them as in \(request.table)(Name:string, Count:long)=FILE"
      )
    }
    return (table, report)
  }

  private func read(
    _ path: String,
    _ request: LoadRequest,
    _ collector: TableCollector,
    seed: UInt64
  ) throws {
    let block = try openText(path, in: files)
    _ = try block.refill()
    collector.note(bytesRead: block.bytesRead)
    switch request.format ?? FileFormat(path: path) ?? Self.detectFormat(block) {
    case .json:
      var reader = JSONFileReader(
        block,
        collector,
        knownTable: collector.knownTable,
        seed: seed,
        limits: limits
      )
      try reader.read()
    case .csv: try readDelimited(block, Self.detectDelimiter(block), request, collector)
    case .tsv: try readDelimited(block, UInt8(ascii: "\t"), request, collector)
    }
    collector.report.replacedSequenceCount += block.replacedSequenceCount
  }

  private func readDelimited(
    _ block: TextBlock,
    _ delimiter: UInt8,
    _ request: LoadRequest,
    _ collector: TableCollector
  ) throws {
    var reader = DelimitedFileReader(
      block,
      collector,
      delimiter: delimiter,
      hasStatedColumns: request.columns != nil,
      firstRecord: request.firstRecord,
      limits: limits
    )
    try reader.read()
  }

  /// Tells the format by the first bytes.
  private static func detectFormat(_ block: TextBlock) -> FileFormat {
    let text = UnsafeBufferPointer(start: block.base, count: block.end)
    switch text.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
    default: break
    }
    let line = text.prefix { $0 != 0x0A }
    return line.contains(0x09) && !line.contains(UInt8(ascii: ",")) ? .tsv : .csv
  }

  /// Tells what stands between the fields of a CSV file; Excel writes semicolons in many places.
  private static func detectDelimiter(_ block: TextBlock) -> UInt8 {
    let line = UnsafeBufferPointer(start: block.base, count: block.end).prefix { $0 != 0x0A }
    let hasComma = line.contains(UInt8(ascii: ","))
    return !hasComma && line.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
  }
}
