import Columnar

/// How the rows of a column are written.
enum ColumnForm: UInt8 {
  /// One value, as a column of one row.
  case constant
  /// Whether there are nulls, values, null flags.
  case fixed
  /// Whether there are nulls, lengths, null flags, number of bytes, bytes.
  case text
  /// Number of values, codes, values as a column.
  case numbered
}

/// Writes batches as bytes: column after column, in the byte order of the machine.
///
/// Values that several rows share, by a dictionary or by views of the same bytes, are written once.
struct BatchEncoder {
  private(set) var bytes: [UInt8] = []
  private var numbering = ValueNumbering()

  mutating func encode(_ batch: Batch) {
    bytes.removeAll(keepingCapacity: true)
    for column in batch.columns { append(column) }
  }

  private mutating func append(_ vector: Vector) {
    switch vector.layout {
    case .constant(let value):
      bytes.append(ColumnForm.constant.rawValue)
      if vector.count > 0 { append(Vector(constant: value, count: 1).flattened()) }
    case .fixed(let rows): append(rows, vector)
    case .text(let rows):
      let count = vector.count
      let isRepeated = numbering.number(count, atMost: count / 2) { row in
        // A null is told from an empty text by a word that no view has.
        rows.nulls.map { $0.base[row] != 0 } ?? false ? .max - 1 : rows.base[row]
      }
      if isRepeated { appendNumbered(vector) } else { append(rows, count) }
    case .dictionary(let rows):
      _ = numbering.number(vector.count, atMost: vector.count) { UInt64(rows.base[$0]) }
      appendNumbered(vector)
    }
  }

  private mutating func append(_ rows: FixedRows, _ vector: Vector) {
    let width = vector.type.byteWidth
    bytes.append(ColumnForm.fixed.rawValue)
    bytes.append(rows.nulls == nil ? 0 : 1)
    append(UnsafeRawPointer(rows.values.base) + rows.start * width, vector.count * width)
    if let nulls = rows.nulls { append(UnsafeRawPointer(nulls.base), vector.count) }
  }

  private mutating func append(_ rows: TextRows, _ count: Int) {
    bytes.append(ColumnForm.text.rawValue)
    bytes.append(rows.nulls == nil ? 0 : 1)
    var total = 0
    for row in 0..<count {
      let length = UInt32(truncatingIfNeeded: rows.base[row] &>> 32)
      total += Int(length)
      append(word: length)
    }
    if let nulls = rows.nulls { append(UnsafeRawPointer(nulls.base), count) }
    append(word: UInt64(truncatingIfNeeded: total))
    bytes.reserveCapacity(bytes.count + total)
    for row in 0..<count {
      let text = rows[row]
      append(UnsafeRawPointer(text.base), text.count)
    }
  }

  /// Writes codes and the rows where each value comes first; values were numbered before.
  private mutating func appendNumbered(_ vector: Vector) {
    bytes.append(ColumnForm.numbered.rawValue)
    append(word: UInt32(truncatingIfNeeded: numbering.firstRows.count))
    numbering.codes.withUnsafeBytes { codes in
      if let base = codes.baseAddress { append(base, codes.count) }
    }
    let values = numbering.firstRows.withUnsafeBufferPointer { rows -> Vector in
      guard let base = rows.baseAddress else { return Vector.empty(vector.type) }
      return vector.gather(base, count: rows.count).flattened()
    }
    switch values.layout {
    case .fixed(let rows): append(rows, values)
    case .text(let rows): append(rows, values.count)
    case .constant, .dictionary: unreachable("the values were flattened")
    }
  }

  private mutating func append(_ base: UnsafeRawPointer, _ count: Int) {
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: base, count: count))
  }

  private mutating func append<Word: FixedWidthInteger>(word: Word) {
    withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) }
  }
}

/// Numbers the distinct words of rows from 0.
private struct ValueNumbering {
  /// The number of each row's word.
  private(set) var codes: [UInt32] = []
  /// For each number the row in which its word comes first.
  private(set) var firstRows: [UInt32] = []
  /// Words plus one, 0 in a free slot, beside their numbers.
  private var slots: [(word: UInt64, number: UInt32)] = []

  /// Numbers words; false where there are more distinct ones than a limit.
  mutating func number(_ count: Int, atMost limit: Int, _ word: (Int) -> UInt64) -> Bool {
    codes.removeAll(keepingCapacity: true)
    firstRows.removeAll(keepingCapacity: true)
    var size = 64
    while size < count * 2 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement((word: 0, number: 0), count: size))
    for row in 0..<count {
      let wanted = word(row) &+ 1
      var slot = Int(truncatingIfNeeded: hashWord(wanted)) & (size - 1)
      while slots[slot].word != 0, slots[slot].word != wanted { slot = (slot + 1) & (size - 1) }
      if slots[slot].word == 0 {
        if firstRows.count == limit { return false }
        slots[slot] = (wanted, UInt32(truncatingIfNeeded: firstRows.count))
        firstRows.append(UInt32(truncatingIfNeeded: row))
      }
      codes.append(slots[slot].number)
    }
    return true
  }
}

extension Batch {
  /// About how many bytes the rows take when each has its own copy of its texts.
  var flatByteCount: Int {
    columns.reduce(0) { total, column in
      switch column.layout {
      case .constant: total + 8
      case .fixed: total + count * column.type.byteWidth
      case .text(let rows):
        total + (0..<count).reduce(count * 4) { $0 + Int(rows.base[$1] &>> 32) }
      case .dictionary(let rows): total + Self.flatByteCount(rows, count)
      }
    }
  }

  private static func flatByteCount(_ rows: DictionaryRows, _ count: Int) -> Int {
    guard case .text(let values) = rows.dictionary.values.layout else {
      return count * rows.dictionary.values.type.byteWidth
    }
    return (0..<count).reduce(count * 4) { $0 + Int(values.base[Int(rows.base[$1])] &>> 32) }
  }
}
