import CSIMD
import Columnar

/// Collects the values of a column of fixed-width type and encodes them block by block.
final class FixedColumnWriter: @unchecked Sendable {
  private let schema: ColumnSchema
  private let width: Int
  private var values: Buffer
  private var nulls: Buffer
  private var count = 0
  private var nullCount = 0
  private var capacity: Int

  init(_ schema: ColumnSchema, capacity: Int) {
    self.schema = schema
    self.capacity = max(1, capacity)
    width = schema.type.byteWidth
    values = Buffer(byteCount: self.capacity * width)
    nulls = Buffer(byteCount: self.capacity)
  }

  /// Bytes held.
  var byteCount: Int { capacity * (width + 1) }

  /// Adds the rows of a vector of the column's type.
  func append(_ vector: Vector) {
    let flat = vector.flattened()
    guard case .fixed(let rows) = flat.layout else { unreachable("a fixed-width type is flat") }
    reserve(vector.count)
    withExtendedLifetime(flat) {
      memcpy(
        values.base + count * width,
        rows.values.base + rows.start * width,
        vector.count * width
      )
      let flags = nulls.values(UInt8.self) + count
      if let source = rows.nulls?.base {
        memcpy(flags, source, vector.count)
        for row in 0..<vector.count { nullCount &+= Int(flags[row]) }
      } else {
        memset(flags, 0, vector.count)
      }
    }
    count += vector.count
  }

  /// Encodes all rows.
  func encode() -> EncodedColumn {
    var column = EncodedColumn(ColumnDescription(name: schema.name, type: schema.type))
    column.description.nullCount = UInt32(truncatingIfNeeded: nullCount)
    let compressor = Compressor(level: 1)
    var sketch = DistinctSketch()
    for start in stride(from: 0, to: count, by: SegmentLayout.blockRows) {
      let rows = min(SegmentLayout.blockRows, count - start)
      let block =
        width <= 8 && schema.type != .real
        ? encodeIntegers(start, rows, &sketch) : encodeRaw(start, rows, compressor, &sketch)
      var entry = block.entry
      entry.offset = column.add(block.bytes)
      entry.storedBytes = UInt32(truncatingIfNeeded: block.bytes.count)
      column.fixedBlocks.append(entry)
      if entry.hasBounds { column.description.widen(entry.minimum, entry.maximum) }
    }
    column.addSketch(sketch, compressor)
    return column
  }

  /// Bits of the null flags of a block; empty where no row is null.
  private func nullBits(_ start: Int, _ rows: Int) -> [UInt8] {
    let flags = nulls.values(UInt8.self) + start
    guard memchr(flags, 1, rows) != nil else { return [] }
    var bits = [UInt8](repeating: 0, count: (rows + 63) / 64 * 8)
    for row in 0..<rows { bits[row / 8] |= flags[row] &<< UInt8(truncatingIfNeeded: row & 7) }
    return bits
  }

  private func encodeIntegers(
    _ start: Int,
    _ rows: Int,
    _ sketch: inout DistinctSketch
  ) -> (entry: FixedBlockEntry, bytes: [UInt8]) {
    let head = nullBits(start, rows)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: rows) { words in
      guard let word = words.baseAddress else { unreachable("a block has rows") }
      widen(start, rows, into: word)
      let hasValues = head.isEmpty || fillNulls(start, rows, word)
      if hasValues { sketch.insert(words: word, count: rows) }
      let packed = IntegerBlocks.pack(word, count: rows)
      var entry = FixedBlockEntry()
      entry.mode = packed.mode.rawValue
      entry.width = packed.width
      entry.minimum = packed.minimum
      entry.maximum = packed.maximum
      entry.flags = head.isEmpty ? 0 : FixedBlockEntry.hasNullsFlag
      if hasValues { entry.flags |= FixedBlockEntry.hasBoundsFlag }
      return (entry, head + packed.bytes)
    }
  }

  private func encodeRaw(
    _ start: Int,
    _ rows: Int,
    _ compressor: Compressor,
    _ sketch: inout DistinctSketch
  ) -> (entry: FixedBlockEntry, bytes: [UInt8]) {
    let head = nullBits(start, rows)
    if !head.isEmpty { clearNulls(start, rows) }
    add(start, rows, to: &sketch)
    let raw = UnsafeRawBufferPointer(start: values.base + start * width, count: rows * width)
    var entry = FixedBlockEntry()
    entry.flags = head.isEmpty ? 0 : FixedBlockEntry.hasNullsFlag
    if let packed = compressor.compress(raw) {
      entry.mode = BlockMode.compressed.rawValue
      return (entry, head + packed)
    }
    entry.mode = BlockMode.raw.rawValue
    return (entry, head + Array(raw))
  }

  /// The values as 64-bit integers, their sign kept.
  private func widen(_ start: Int, _ rows: Int, into words: UnsafeMutablePointer<UInt64>) {
    switch width {
    case 1:
      let source = values.values(UInt8.self) + start
      for row in 0..<rows { words[row] = UInt64(source[row]) }
    case 4:
      let source = values.values(Int32.self) + start
      for row in 0..<rows { words[row] = UInt64(bitPattern: Int64(source[row])) }
    default: memcpy(words, values.base + start * 8, rows * 8)
    }
  }

  /// Adds values that are not null to a sketch, by their bytes.
  private func add(_ start: Int, _ rows: Int, to sketch: inout DistinctSketch) {
    let flags = nulls.values(UInt8.self) + start
    let bytes = values.values(UInt8.self) + start * width
    for row in 0..<rows where flags[row] == 0 {
      sketch.insert(hashBytes(bytes + row * width, count: width))
    }
  }

  /// Gives null rows the value before them, so that they widen no range; false where all are null.
  private func fillNulls(
    _ start: Int,
    _ rows: Int,
    _ words: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    let flags = nulls.values(UInt8.self) + start
    guard let first = (0..<rows).first(where: { flags[$0] == 0 }) else {
      for row in 0..<rows { words[row] = 0 }
      return false
    }
    var last = words[first]
    for row in 0..<rows {
      if flags[row] != 0 { words[row] = last } else { last = words[row] }
    }
    return true
  }

  /// Zeroes what lies under null flags: it is unspecified, and would hinder compression.
  private func clearNulls(_ start: Int, _ rows: Int) {
    let flags = nulls.values(UInt8.self) + start
    for row in 0..<rows where flags[row] != 0 {
      memset(values.base + (start + row) * width, 0, width)
    }
  }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let larger = max(capacity * 2, count + more)
    let moved = Buffer(byteCount: larger * width)
    memcpy(moved.base, values.base, count * width)
    let flags = Buffer(byteCount: larger)
    memcpy(flags.base, nulls.base, count)
    values = moved
    nulls = flags
    capacity = larger
  }
}

extension ColumnDescription {
  /// Takes the bounds of a block into those of the column.
  fileprivate mutating func widen(_ least: Int64, _ greatest: Int64) {
    guard let known = bounds else {
      bounds = least...greatest
      return
    }
    bounds = min(known.lowerBound, least)...max(known.upperBound, greatest)
  }
}
