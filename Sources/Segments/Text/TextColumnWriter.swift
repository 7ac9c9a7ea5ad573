import CSIMD
import Columnar

/// Collects the values of a string or dynamic column as a dictionary and a code a row.
final class TextColumnWriter: @unchecked Sendable {
  private let schema: ColumnSchema
  private let interner = ByteInterner()
  private var codes: Buffer
  private var capacity: Int
  private var count = 0
  private var nullCount = 0
  /// The code of null, once there was one.
  private var nullCode: UInt32?
  /// Codes of the values of the dictionary that rows came with last.
  private var translation: [UInt32] = []
  private var translated: VectorDictionary?

  private static let unknown = UInt32.max

  init(_ schema: ColumnSchema, capacity: Int) {
    self.schema = schema
    self.capacity = max(1, capacity)
    codes = Buffer(byteCount: self.capacity * 4)
  }

  /// Bytes held.
  var byteCount: Int { interner.byteCount + capacity * 4 + translation.count * 4 }

  /// Bytes of all distinct values.
  var textByteCount: Int { interner.heapByteCount }

  /// Adds the rows of a vector of the column's type.
  func append(_ vector: Vector) {
    reserve(vector.count)
    let target = codes.values(UInt32.self) + count
    withExtendedLifetime(vector) {
      switch vector.layout {
      case .constant(let value):
        let code = self.code(of: value)
        for row in 0..<vector.count { target[row] = code }
        if value.isNull { nullCount += vector.count }
      case .dictionary(let rows): append(rows, vector.count, target)
      case .text(let rows): append(rows, vector.count, target)
      case .fixed: unreachable("a text type has no fixed-width rows")
      }
    }
    count += vector.count
  }

  private func append(_ rows: TextRows, _ rowCount: Int, _ target: UnsafeMutablePointer<UInt32>) {
    for row in 0..<rowCount {
      if let nulls = rows.nulls, nulls.base[row] != 0 {
        target[row] = codeOfNull()
        nullCount += 1
      } else {
        target[row] = interner.intern(rows[row])
      }
    }
  }

  private func append(
    _ rows: DictionaryRows,
    _ rowCount: Int,
    _ target: UnsafeMutablePointer<UInt32>
  ) {
    let values = rows.dictionary.values
    if translated !== rows.dictionary {
      translated = rows.dictionary
      translation = Array(repeating: Self.unknown, count: values.count)
    }
    guard case .text(let texts) = values.layout else { unreachable("values are text") }
    let source = rows.base
    translation.withUnsafeMutableBufferPointer { known in
      for row in 0..<rowCount {
        let own = Int(source[row])
        if known[own] == Self.unknown {
          let isNull = texts.nulls.map { $0.base[own] != 0 } ?? false
          known[own] = isNull ? codeOfNull() : interner.intern(texts[own])
        }
        target[row] = known[own]
      }
    }
    guard let nullCode, schema.type == .dynamic else { return }
    for row in 0..<rowCount where target[row] == nullCode { nullCount += 1 }
  }

  private func code(of value: Scalar) -> UInt32 {
    switch value {
    case .string(let text): text.bytes.withTextView { interner.intern($0) }
    case .dynamic(let value): value.bytes.withTextView { interner.intern($0) }
    default: codeOfNull()
    }
  }

  /// The code of null: that of bytes which no dynamic value has.
  private func codeOfNull() -> UInt32 {
    if let nullCode { return nullCode }
    let code = Self.nullMark.withTextView { interner.intern($0) }
    nullCode = code
    return code
  }

  /// Stands for null in the dictionary; no encoded dynamic value starts like this.
  private static let nullMark: [UInt8] = [0xFF, 0xFF, 0x6E]

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let larger = max(capacity * 2, count + more)
    let moved = Buffer(byteCount: larger * 4)
    memcpy(moved.base, codes.base, count * 4)
    codes = moved
    capacity = larger
  }

  // MARK: Encoding

  /// Encodes the dictionary, its filters and the codes; the keys of all values go to `terms` too.
  func encode(_ terms: SegmentTerms) -> EncodedColumn {
    var column = EncodedColumn(ColumnDescription(name: schema.name, type: schema.type))
    column.description.nullCount = UInt32(truncatingIfNeeded: nullCount)
    column.description.entryCount = UInt32(truncatingIfNeeded: interner.count)
    column.description.textBytes = UInt64(truncatingIfNeeded: interner.heapByteCount)
    column.description.nullEntry = nullCode ?? .max
    var chunks = ChunkEncoder(
      interner,
      isDynamic: schema.type == .dynamic,
      hasFilters: interner.heapByteCount >= SegmentLayout.filterThresholdBytes,
      terms: terms
    )
    chunks.encode(into: &column)
    for start in stride(from: 0, to: count, by: SegmentLayout.blockRows) {
      encodeCodes(start, min(SegmentLayout.blockRows, count - start), into: &column)
    }
    column.description.chunkCount = UInt32(truncatingIfNeeded: column.chunks.count)
    return column
  }

  private func encodeCodes(_ start: Int, _ rows: Int, into column: inout EncodedColumn) {
    let code = codes.values(UInt32.self) + start
    var least = UInt32.max
    var greatest: UInt32 = 0
    for row in 0..<rows {
      least = min(least, code[row])
      greatest = max(greatest, code[row])
    }
    var entry = CodeBlockEntry()
    entry.minimum = least
    entry.maximum = greatest
    if rows > 1, isSequence(code, rows) {
      entry.mode = BlockMode.sequence.rawValue
    } else {
      entry.mode = BlockMode.packed.rawValue
      entry.width = IntegerBlocks.bits(UInt64(greatest &- least))
      let bytes = pack(code, rows, least, entry.width)
      entry.storedBytes = UInt32(truncatingIfNeeded: bytes.count)
      entry.offset = column.add(bytes)
    }
    column.codeBlocks.append(entry)
  }

  private func isSequence(_ code: UnsafePointer<UInt32>, _ rows: Int) -> Bool {
    guard Int(code[rows - 1]) - Int(code[0]) == rows - 1 else { return false }
    return (1..<rows).allSatisfy { code[$0] == code[$0 - 1] &+ 1 }
  }

  private func pack(
    _ code: UnsafePointer<UInt32>,
    _ rows: Int,
    _ least: UInt32,
    _ width: UInt8
  ) -> [UInt8] {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: rows) { words in
      guard let word = words.baseAddress else { return [] }
      for row in 0..<rows { word[row] = UInt64(code[row]) }
      return IntegerBlocks.packed(word, count: rows, base: UInt64(least), width: width, after: [])
    }
  }
}
