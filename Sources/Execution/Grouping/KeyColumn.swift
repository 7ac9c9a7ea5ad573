import CSIMD
import Columnar

/// Turns the rows of one key column into numbers of its values.
final class KeyColumn {
  let values: KeyValues
  private let isInserting: Bool
  private let codes = CodeNumbering()
  /// Room for the words of a batch.
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity = 1

  /// What a value that was never inserted has.
  static let missing = UInt32.max

  /// - Parameter isInserting: whether new values are taken in, or have the number `missing`.
  init(_ values: KeyValues, isInserting: Bool) {
    self.values = values
    self.isInserting = isInserting
    words = .allocate(capacity: 1)
  }

  deinit { words.deallocate() }

  /// Bytes held.
  var byteCount: Int { values.byteCount + codes.byteCount + capacity * 8 }

  /// Writes the number of each row.
  func encode(_ vector: Vector, into numbers: UnsafeMutablePointer<UInt32>) {
    let count = vector.count
    switch vector.layout {
    case .constant(let value):
      let number = self.number(of: value)
      for row in 0..<count { numbers[row] = number }
    case .dictionary(let rows):
      let texts: TextRows? =
        if case .text(let texts) = rows.dictionary.values.layout, texts.nulls == nil {
          texts
        } else {
          nil
        }
      codes.write(rows, count: count, into: numbers) { code in
        texts.map { number(of: $0[code]) } ?? number(of: rows.dictionary.values.scalar(at: code))
      }
    case .text(let rows):
      if isInserting, rows.nulls == nil, let interner = values.interner {
        return interner.intern(rows, count: count, into: numbers)
      }
      encodeBytes(rows.nulls?.base, count, numbers) { rows[$0] }
    case .fixed(let rows):
      if values.words == nil {
        let bytes = rows.base(GUID.self)
        encodeBytes(rows.nulls?.base, count, numbers) { row in
          let start = UnsafeRawPointer(bytes + row).assumingMemoryBound(to: UInt8.self)
          return TextView(base: start, count: 16)
        }
      } else {
        encodeFixed(rows, count, numbers)
      }
    }
  }

  private func number(of value: Scalar) -> UInt32 {
    if value.isNull { return numberOfNull() }
    let flat = Vector(constant: value, count: 1).flattened()
    var number: UInt32 = 0
    encode(flat, into: &number)
    return number
  }

  private func numberOfNull() -> UInt32 { isInserting ? values.insertNull() : values.null }

  @inline(__always)
  private func number(of text: TextView) -> UInt32 {
    guard let interner = values.interner else { return Self.missing }
    return isInserting ? interner.intern(text) : interner.find(text) ?? Self.missing
  }

  @inline(__always)
  private func encodeBytes(
    _ nulls: UnsafePointer<UInt8>?,
    _ count: Int,
    _ numbers: UnsafeMutablePointer<UInt32>,
    _ text: (Int) -> TextView
  ) {
    guard let nulls else {
      for row in 0..<count { numbers[row] = number(of: text(row)) }
      return
    }
    for row in 0..<count {
      numbers[row] = nulls[row] != 0 ? numberOfNull() : number(of: text(row))
    }
  }

  private func encodeFixed(
    _ rows: FixedRows,
    _ count: Int,
    _ numbers: UnsafeMutablePointer<UInt32>
  ) {
    guard let table = values.words else { return }
    let words = readWords(rows, count)
    let nulls = rows.nulls.flatMap { memchr($0.base, 1, count) == nil ? nil : $0.base }
    guard let nulls else {
      if isInserting {
        table.insert(words, count: count, into: numbers)
      } else {
        table.find(words, count: count, into: numbers)
      }
      return
    }
    for row in 0..<count {
      if nulls[row] != 0 {
        numbers[row] = numberOfNull()
      } else {
        numbers[row] = isInserting ? table.insert(words[row]) : table.find(words[row])
      }
    }
  }

  /// The rows as words, where they lie or copied.
  private func readWords(_ rows: FixedRows, _ count: Int) -> UnsafePointer<UInt64> {
    switch values.type {
    case .bool:
      let source = rows.base(UInt8.self)
      fill(count) { UInt64(source[$0]) }
    case .int:
      let source = rows.base(Int32.self)
      fill(count) { UInt64(bitPattern: Int64(source[$0])) }
    case .real:
      let source = rows.base(Double.self)
      fill(count) { Self.word(of: source[$0]) }
    default: return rows.base(UInt64.self)
    }
    return UnsafePointer(words)
  }

  @inline(__always)
  private func fill(_ count: Int, _ word: (Int) -> UInt64) {
    if count > capacity {
      words.deallocate()
      capacity = count
      words = .allocate(capacity: count)
    }
    let target = words
    for row in 0..<count { target[row] = word(row) }
  }

  /// All NaNs are one key, and so are the zeros.
  @inline(__always)
  private static func word(of value: Double) -> UInt64 {
    if value == 0 { return 0 }
    return value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }
}
