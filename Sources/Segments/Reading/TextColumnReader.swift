import CSIMD
public import Columnar
import Synchronization

/// Decodes a string or dynamic column: codes block by block, dictionary values chunk by chunk.
public final class TextColumnReader: Sendable {
  public let rowCount: Int
  /// The distinct values; one may be read once its chunk was ensured.
  public let dictionary: VectorDictionary
  /// The whole column; a row may be read once its block and its value were ensured.
  public let vector: Vector
  /// First value of each chunk, and behind the last the number of values.
  public let chunkStarts: [Int]
  private let context: ColumnContext
  private let heapStarts: [Int]
  private let views: Buffer
  private let heap: Buffer
  private let codes: Buffer
  private let chunkStates: DecodeStates
  private let codeStates: DecodeStates
  private let filterStates: DecodeStates
  private let decoded = Atomic<Int>(0)

  init(_ context: ColumnContext) throws(SegmentFailure) {
    self.context = context
    rowCount = context.rowCount
    let description = context.description
    let chunkCount = Int(description.chunkCount)
    let wanted = chunkCount * ChunkEntry.byteCount + context.blockCount * CodeBlockEntry.byteCount
    guard context.directory.count == wanted else { throw context.damaged("directory") }
    (chunkStarts, heapStarts) = try Self.starts(context)
    let entryCount = Int(description.entryCount)
    views = Buffer(byteCount: entryCount * 8)
    heap = Buffer(byteCount: Int(description.textBytes))
    codes = Buffer(byteCount: rowCount * 4)
    var nulls: NullRows?
    if description.nullEntry < description.entryCount {
      let flags = Buffer(byteCount: entryCount)
      memset(flags.base, 0, entryCount)
      flags.values(UInt8.self)[Int(description.nullEntry)] = 1
      nulls = NullRows(flags: flags)
    }
    let text = TextRows(views: views, heap: heap, nulls: nulls, isAscending: true)
    dictionary = VectorDictionary(
      values: Vector(type: description.type, count: entryCount, layout: .text(text)),
      isDistinct: true
    )
    vector = Vector(
      type: description.type,
      count: rowCount,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
    chunkStates = DecodeStates(chunkCount)
    filterStates = DecodeStates(chunkCount)
    codeStates = DecodeStates(context.blockCount)
  }

  /// Adds the entries and bytes of the chunks up, and holds them against the description.
  private static func starts(
    _ context: ColumnContext
  ) throws(SegmentFailure) -> (entries: [Int], bytes: [Int]) {
    var entries = [0]
    var bytes = [0]
    for chunk in 0..<Int(context.description.chunkCount) {
      let entry = ChunkEntry(directory: context.directory, chunk)
      entries.append(entries[chunk] + Int(entry.entryCount))
      bytes.append(bytes[chunk] + Int(entry.textBytes))
    }
    guard entries.last == Int(context.description.entryCount),
      bytes.last.map(UInt64.init) == context.description.textBytes,
      context.description.textBytes <= UInt32.max
    else { throw context.damaged("directory") }
    return (entries, bytes)
  }

  /// Bytes decoded so far.
  public var decodedByteCount: Int { decoded.load(ordering: .relaxed) }

  /// Distinct values.
  public var entryCount: Int { dictionary.values.count }

  /// Bytes of all distinct values.
  public var textByteCount: Int { Int(context.description.textBytes) }

  /// Chunks of the dictionary.
  public var chunkCount: Int { chunkStarts.count - 1 }

  /// The chunk of a value.
  public func chunk(of entry: Int) -> Int {
    var low = 0
    var high = chunkCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if chunkStarts[middle] <= entry { low = middle } else { high = middle }
    }
    return low
  }

  /// The values of a chunk that was ensured.
  public func values(ofChunk chunk: Int) -> Vector {
    dictionary.values.slice(chunkStarts[chunk]..<chunkStarts[chunk + 1])
  }

  /// Least and greatest code of a block of rows.
  public func codeBounds(ofBlock block: Int) -> ClosedRange<UInt32> {
    let entry = codeEntry(block)
    return min(entry.minimum, entry.maximum)...entry.maximum
  }

  // MARK: Filters

  /// Whether a chunk may hold values in which all of the keys lie; true where it has no filter.
  public func mayHold(_ keys: [UInt64], inChunk chunk: Int) throws(SegmentFailure) -> Bool {
    let entry = ChunkEntry(directory: context.directory, chunk)
    if entry.filterBlocks == 0 { return true }
    try filterStates.ensure(chunk) { () throws(SegmentFailure) in
      _ = try context.file.section(
        offset: entry.filterOffset,
        byteCount: entry.filterBlocks &* UInt32(BlockFilter.blockBytes),
        checksum: entry.filterChecksum,
        of: context.id,
        "filter of chunk \(chunk) of column '\(context.description.name)'"
      )
    }
    guard let base = context.file.source.bytes.baseAddress else { return true }
    let filter = base + Int(entry.filterOffset)
    let blocks = Int(entry.filterBlocks)
    return keys.allSatisfy { BlockFilter.mayHold($0, filter, blocks: blocks) }
  }

  // MARK: Decoding

  /// Makes the codes of rows readable.
  public func ensureCodes(_ rows: Range<Int>) throws(SegmentFailure) {
    guard !rows.isEmpty else { return }
    let first = rows.lowerBound / SegmentLayout.blockRows
    let last = (rows.upperBound - 1) / SegmentLayout.blockRows
    for block in first...last {
      try codeStates.ensure(block) { () throws(SegmentFailure) in try decodeCodes(block) }
    }
  }

  /// Makes the values of a chunk readable.
  public func ensure(chunk: Int) throws(SegmentFailure) {
    try chunkStates.ensure(chunk) { () throws(SegmentFailure) in try decodeChunk(chunk) }
  }

  /// Makes all values readable.
  public func ensureAllValues() throws(SegmentFailure) {
    for chunk in 0..<chunkCount { try ensure(chunk: chunk) }
  }

  /// Makes the values of rows readable whose codes are.
  public func ensureValues(
    of rows: UnsafePointer<UInt32>,
    count: Int
  ) throws(SegmentFailure) {
    if chunkCount <= 1 { return try ensureAllValues() }
    let code = codes.values(UInt32.self)
    var low = 0
    var high = 0
    for row in 0..<count {
      let entry = Int(code[Int(rows[row])])
      if entry >= low, entry < high { continue }
      let chunk = chunk(of: entry)
      low = chunkStarts[chunk]
      high = chunkStarts[chunk + 1]
      try ensure(chunk: chunk)
    }
  }

  /// Reads every part, decoded or not.
  func verify() throws(SegmentFailure) {
    try ensureCodes(0..<rowCount)
    try ensureAllValues()
    for chunk in 0..<chunkCount { _ = try mayHold([], inChunk: chunk) }
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
    decoded.add(rows * 4, ordering: .relaxed)
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

  private func decodeChunk(_ chunk: Int) throws(SegmentFailure) {
    let entry = ChunkEntry(directory: context.directory, chunk)
    let section = try context.file.section(
      offset: entry.offset,
      byteCount: entry.storedBytes,
      checksum: entry.checksum,
      of: context.id,
      "chunk \(chunk) of column '\(context.description.name)'"
    )
    let rawBytes = Int(entry.entryCount) * 4 + Int(entry.textBytes)
    let isWhole: Bool
    if entry.mode == BlockMode.compressed.rawValue {
      isWhole = withUnsafeTemporaryAllocation(byteCount: max(1, rawBytes), alignment: 8) { raw in
        let target = UnsafeMutableRawBufferPointer(rebasing: raw[..<rawBytes])
        return Decompression.expand(section, into: target)
          && place(UnsafeRawBufferPointer(target), entry, chunk)
      }
    } else {
      isWhole = section.count == rawBytes && place(section, entry, chunk)
    }
    guard isWhole else { throw context.damaged("chunk \(chunk)") }
    decoded.add(rawBytes + Int(entry.entryCount) * 4, ordering: .relaxed)
  }

  /// Puts the values of a chunk into views and heap; false where their lengths do not add up.
  private func place(_ raw: UnsafeRawBufferPointer, _ entry: ChunkEntry, _ chunk: Int) -> Bool {
    let view = views.values(UInt64.self) + chunkStarts[chunk]
    let heapStart = heapStarts[chunk]
    let count = Int(entry.entryCount)
    var at = 0
    for index in 0..<count {
      let length = Int(raw.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
      guard length <= Int(entry.textBytes) &- at else { return false }
      view[index] =
        UInt64(truncatingIfNeeded: heapStart &+ at) | UInt64(truncatingIfNeeded: length) &<< 32
      at &+= length
    }
    guard at == Int(entry.textBytes) else { return false }
    if at > 0, let base = raw.baseAddress {
      memcpy(heap.base + heapStart, base + count * 4, at)
    }
    return true
  }
}

extension ChunkEntry {
  /// Reads the entry of a chunk, which lie at the front of a directory of checked size.
  fileprivate init(directory: UnsafeRawBufferPointer, _ chunk: Int) {
    guard let base = directory.baseAddress else {
      self.init()
      return
    }
    self.init(base + chunk * Self.byteCount)
  }
}
