import CSIMD
public import Columnar

/// Decodes a string or dynamic column: codes block by block, dictionary values chunk by chunk.
public final class TextColumnReader: Sendable {
  public let rowCount: Int
  /// The distinct values; one may be read once its chunk was ensured.
  public let dictionary: VectorDictionary
  /// The whole column; a row may be read once its block and its value were ensured.
  public let vector: Vector
  private let context: ColumnContext
  private let values: DictionaryReader
  private let filters: FilterReader
  private let codes: Buffer
  private let states: DecodeStates
  private let decoded: HeldBytes

  convenience init(_ context: ColumnContext) throws(SegmentFailure) {
    let wanted =
      Int(context.description.chunkCount) * ChunkEntry.byteCount
      + context.blockCount * CodeBlockEntry.byteCount
      + context.description.filters.sectionCount * 8
    guard context.directory.count == wanted else { throw context.damaged("directory") }
    let values = try DictionaryReader(context)
    let dictionary = VectorDictionary(values: values.values, isDistinct: true, loader: values)
    self.init(context, values, dictionary, FilterReader(context))
  }

  /// Makes a reader that has decoded no codes, over a dictionary that may be in use.
  private init(
    _ context: ColumnContext,
    _ values: DictionaryReader,
    _ dictionary: VectorDictionary,
    _ filters: FilterReader
  ) {
    self.context = context
    self.filters = filters
    self.values = values
    self.dictionary = dictionary
    rowCount = context.rowCount
    let description = context.description
    decoded = HeldBytes(in: context.meter)
    codes = Buffer(sparse: rowCount * 4, owner: decoded)
    vector = Vector(
      type: description.type,
      count: rowCount,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
    states = DecodeStates(context.blockCount)
  }

  /// A reader that has decoded no codes but shares the values.
  func withoutRows() -> TextColumnReader {
    TextColumnReader(context, values, dictionary, filters)
  }

  /// Bytes decoded so far.
  public var decodedByteCount: Int {
    decoded.byteCount + values.decodedByteCount
  }

  /// Distinct values.
  public var entryCount: Int { dictionary.values.count }

  /// Bytes of all distinct values.
  public var textByteCount: Int { Int(context.description.textBytes) }

  /// Chunks of the dictionary.
  public var chunkCount: Int { values.chunkCount }

  /// The values of a chunk, by their numbers.
  public func entries(ofChunk chunk: Int) -> Range<Int> {
    values.chunkStarts[chunk]..<values.chunkStarts[chunk + 1]
  }

  /// The chunk of a value.
  public func chunk(of entry: Int) -> Int { values.chunk(of: entry) }

  /// Least and greatest code of a block of rows.
  public func codeBounds(ofBlock block: Int) -> ClosedRange<UInt32> {
    let entry = codeEntry(block)
    return min(entry.minimum, entry.maximum)...entry.maximum
  }

  /// The code of each row; readable where blocks were ensured.
  public var codeBase: UnsafePointer<UInt32> { UnsafePointer(codes.values(UInt32.self)) }

  /// The chunks that may hold values in which all keys of one of the alternatives lie; all of them
  /// where the column has no filters.
  public func chunks(holding alternatives: [[UInt64]]) throws(SegmentFailure) -> [Int] {
    try filters.chunks(holding: alternatives)
  }

  /// Makes the codes of rows readable.
  public func ensureCodes(_ rows: Range<Int>) throws(SegmentFailure) {
    guard !rows.isEmpty else { return }
    let first = rows.lowerBound / SegmentLayout.blockRows
    let last = (rows.upperBound - 1) / SegmentLayout.blockRows
    for block in first...last {
      try states.ensure(block) { () throws(SegmentFailure) in try decodeCodes(block) }
    }
  }

  /// Makes the values of a chunk readable.
  public func ensure(chunk: Int) throws(SegmentFailure) { try values.ensure(chunk: chunk) }

  /// Makes all values readable.
  public func ensureAllValues() throws(SegmentFailure) { try values.ensureAll() }

  /// Makes the values of a run of rows readable whose codes are.
  public func ensureValues(ofRows rows: Range<Int>) throws(SegmentFailure) {
    if values.isLoaded { return }
    try ensureValues(rows.count) { rows.lowerBound &+ $0 }
  }

  /// Makes the values of rows readable whose codes are; `rows` count from `start`.
  public func ensureValues(
    of rows: UnsafePointer<UInt32>,
    count: Int,
    from start: Int = 0
  ) throws(SegmentFailure) {
    if values.isLoaded { return }
    try ensureValues(count) { start &+ Int(rows[$0]) }
  }

  @inline(__always)
  private func ensureValues(_ count: Int, _ row: (Int) -> Int) throws(SegmentFailure) {
    if chunkCount <= 1 { return try values.ensureAll() }
    let code = codeBase
    var known = 0..<0
    for index in 0..<count {
      let entry = Int(code[row(index)])
      if known.contains(entry) { continue }
      let chunk = values.chunk(of: entry)
      known = entries(ofChunk: chunk)
      try values.ensure(chunk: chunk)
    }
  }

  /// Reads every part.
  func verify() throws(SegmentFailure) {
    try ensureCodes(0..<rowCount)
    try ensureAllValues()
    try filters.verify()
  }

  private func codeEntry(_ block: Int) -> CodeBlockEntry {
    guard let base = context.directory.baseAddress else { return CodeBlockEntry() }
    let offset = chunkCount * ChunkEntry.byteCount + block * CodeBlockEntry.byteCount
    return CodeBlockEntry(base + offset)
  }

  private func decodeCodes(_ block: Int) throws(SegmentFailure) {
    let entry = codeEntry(block)
    let start = block * SegmentLayout.blockRows
    let rows = min(SegmentLayout.blockRows, rowCount - start)
    let target = codes.values(UInt32.self) + start
    if entry.mode == BlockMode.sequence.rawValue {
      for row in 0..<rows { target[row] = entry.minimum &+ UInt32(truncatingIfNeeded: row) }
    } else {
      try unpackCodes(entry, block, into: target, rows)
    }
    var greatest: UInt32 = 0
    for row in 0..<rows { greatest = max(greatest, target[row]) }
    guard Int(greatest) < entryCount else { throw context.damaged("codes of block \(block)") }
    decoded.add(rows * 4)
  }

  private func unpackCodes(
    _ entry: CodeBlockEntry,
    _ block: Int,
    into target: UnsafeMutablePointer<UInt32>,
    _ rows: Int
  ) throws(SegmentFailure) {
    if entry.mode == BlockMode.packed.rawValue, entry.width == 0 {
      for row in 0..<rows { target[row] = entry.minimum }
      return
    }
    let section = try context.file.section(
      offset: entry.offset,
      byteCount: entry.storedBytes,
      checksum: entry.checksum,
      of: context.id,
      "codes of block \(block) of column '\(context.description.name)'"
    )
    let width = UInt32(entry.width)
    guard entry.mode == BlockMode.packed.rawValue, width <= 32,
      section.count >= csimd_packed_size(rows, width),
      let bytes = section.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { throw context.damaged("codes of block \(block)") }
    csimd_unpack32(bytes, rows, entry.minimum, width, target)
  }
}
