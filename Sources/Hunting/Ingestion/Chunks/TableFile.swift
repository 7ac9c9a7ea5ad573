import Columnar
import Execution
import FileAccess

/// A file of a table on its way into chunks.
struct TableFile: Sendable {
  let path: String
  let request: LoadRequest
  let outline: TableOutline
  let seed: UInt64

  /// Reads the file and hands on its chunks.
  func read(
    from files: any FileSystem,
    _ limits: LoadLimits,
    _ delivery: ChunkDelivery
  ) throws {
    let source = RewindableSource(try openText(path, in: files))
    let block = TextBlock(source)
    _ = try block.refill()
    let format = request.format ?? FileFormat(path: path) ?? Self.detectFormat(block)
    if format != .json, request.routes != nil {
      throw IngestionFailure(
        path,
        "only JSON events name their table, and this is \(format.rawValue.uppercased()); "
          + "name the table with --table"
      )
    }
    if format == .json,
      try request.hasOneEventALine || JSONLayout.detect(block, limits) == .lines
    {
      return try readLines(source.rewound(), limits, delivery)
    }
    source.forget()
    let builder = ChunkBuilder(
      outline,
      added: format == .json ? [] : delivery.addedNames,
      limits: limits,
      seed: seed
    )
    let text = SerialText(block, builder, delivery)
    switch format {
    case .json:
      var reader = JSONValuesReader(text, limits: limits, seed: seed)
      try reader.read()
    case .csv: try readDelimited(text, Self.detectDelimiter(block), limits)
    case .tsv: try readDelimited(text, UInt8(ascii: "\t"), limits)
    }
  }

  private func readDelimited(
    _ text: SerialText,
    _ delimiter: UInt8,
    _ limits: LoadLimits
  ) throws {
    var reader = DelimitedFileReader(
      text,
      delimiter: delimiter,
      hasStatedColumns: request.columns != nil,
      firstRecord: request.firstRecord,
      limits: limits
    )
    try reader.read()
  }

  /// Lets all threads parse blocks of lines.
  private func readLines(
    _ source: any ByteSource,
    _ limits: LoadLimits,
    _ delivery: ChunkDelivery
  ) throws {
    let memory = BlockMemory(blockBytes: max(1, limits.blockBytes))
    let blocks = LineBlocks(source, in: memory, recordBytes: limits.recordBytes)
    let work = OrderedWork(threads: limits.threads, window: limits.threads * 2)
    try work.run(
      next: { () throws -> LineBlock? in
        guard let block = try blocks.next() else { return nil }
        try limits.charge?(block.workBytes)
        return block
      },
      makeWorker: {
        let parser = JSONLineParser(outline, path: path, limits: limits, seed: seed)
        return { block in
          let chunk = try parser.parse(block)
          memory.giveBack(block)
          return (chunk, block.workBytes)
        }
      },
      deliver: { chunk, workBytes in
        try delivery.take(chunk)
        try limits.charge?(-workBytes)
      }
    )
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

extension LineBlock {
  /// About what a block and the columns made of it take until they are handed on.
  fileprivate var workBytes: Int { count * 2 }
}
