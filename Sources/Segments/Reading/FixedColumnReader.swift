import CSIMD
public import Columnar

/// Decodes a column of fixed-width type block by block.
public final class FixedColumnReader: Sendable {
  public let rowCount: Int
  /// The whole column; a row may be read once its block was ensured.
  public let vector: Vector
  private let context: ColumnContext
  private let values: Buffer
  private let nulls: Buffer?
  private let states: DecodeStates
  private let decoded: HeldBytes

  init(_ context: ColumnContext) throws(SegmentFailure) {
    self.context = context
    rowCount = context.rowCount
    let type = context.description.type
    guard context.directory.count == context.blockCount * FixedBlockEntry.byteCount else {
      throw context.damaged("directory")
    }
    decoded = HeldBytes(in: context.meter)
    values = Buffer(sparse: rowCount * type.byteWidth, owner: decoded)
    nulls =
      context.description.nullCount > 0 ? Buffer(sparse: rowCount, owner: decoded) : nil
    states = DecodeStates(context.blockCount)
    vector = Vector(
      type: type,
      count: rowCount,
      layout: .fixed(FixedRows(values: values, nulls: nulls.map { NullRows(flags: $0) }))
    )
  }

  /// Bytes decoded so far.
  public var decodedByteCount: Int { decoded.byteCount }

  /// Least and greatest value of a block, nulls left out; nil where all are null or the type does
  /// not order as integers.
  public func bounds(ofBlock block: Int) -> ClosedRange<Int64>? {
    let entry = entry(block)
    guard entry.hasBounds, entry.minimum <= entry.maximum else { return nil }
    return entry.minimum...entry.maximum
  }

  /// Whether a row of the block is null.
  public func hasNulls(inBlock block: Int) -> Bool { entry(block).hasNulls }

  /// Makes rows readable.
  public func ensure(_ rows: Range<Int>) throws(SegmentFailure) {
    guard !rows.isEmpty else { return }
    let first = rows.lowerBound / SegmentLayout.blockRows
    let last = (rows.upperBound - 1) / SegmentLayout.blockRows
    for block in first...last {
      try states.ensure(block) { () throws(SegmentFailure) in try decode(block) }
    }
  }

  private func entry(_ block: Int) -> FixedBlockEntry {
    guard let base = context.directory.baseAddress else { return FixedBlockEntry() }
    return FixedBlockEntry(base + block * FixedBlockEntry.byteCount)
  }

  private func decode(_ block: Int) throws(SegmentFailure) {
    let entry = entry(block)
    let start = block * SegmentLayout.blockRows
    let rows = min(SegmentLayout.blockRows, rowCount - start)
    var section = try context.file.section(
      offset: entry.offset,
      byteCount: entry.storedBytes,
      checksum: entry.checksum,
      of: context.id,
      "block \(block) of column '\(context.description.name)'"
    )
    if let nulls {
      let flags = nulls.values(UInt8.self) + start
      if entry.hasNulls {
        let headBytes = (rows + 63) / 64 * 8
        guard section.count >= headBytes else { throw context.damaged("block \(block)") }
        for row in 0..<rows {
          flags[row] = section[row &>> 3] &>> UInt8(truncatingIfNeeded: row & 7) & 1
        }
        section = UnsafeRawBufferPointer(rebasing: section[headBytes...])
      } else {
        memset(flags, 0, rows)
      }
    }
    guard decodeValues(entry, section, start, rows) else {
      throw context.damaged("block \(block)")
    }
    decoded.add(rows * (vector.type.byteWidth + (nulls == nil ? 0 : 1)))
  }

  private func decodeValues(
    _ entry: FixedBlockEntry,
    _ section: UnsafeRawBufferPointer,
    _ start: Int,
    _ rows: Int
  ) -> Bool {
    let width = vector.type.byteWidth
    let target = UnsafeMutableRawBufferPointer(
      start: values.base + start * width,
      count: rows * width
    )
    switch BlockMode(rawValue: entry.mode) {
    case .raw:
      guard section.count == target.count else { return false }
      target.copyMemory(from: section)
      return true
    case .compressed: return Decompression.expand(section, into: target)
    case .packed, .delta:
      if width == 8 {
        return IntegerBlocks.unpack(
          section,
          entry,
          into: values.values(UInt64.self) + start,
          count: rows
        )
      }
      return width < 8 && unpackNarrow(entry, section, start, rows)
    default: return false
    }
  }

  private func unpackNarrow(
    _ entry: FixedBlockEntry,
    _ section: UnsafeRawBufferPointer,
    _ start: Int,
    _ rows: Int
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, rows)) { words in
      guard let word = words.baseAddress,
        IntegerBlocks.unpack(section, entry, into: word, count: rows)
      else { return false }
      if vector.type == .bool {
        let target = values.values(UInt8.self) + start
        for row in 0..<rows { target[row] = UInt8(truncatingIfNeeded: word[row] & 1) }
      } else {
        let target = values.values(UInt32.self) + start
        for row in 0..<rows { target[row] = UInt32(truncatingIfNeeded: word[row]) }
      }
      return true
    }
  }
}
