import Columnar
import QueryPlan

/// One key of an order, as words that ascend in the wanted order.
///
/// A row has a class first (nulls and NaN stand beside each other at the end that the key says),
/// then a word; texts of equal words are compared in full.
struct SortColumn {
  /// Class of an ordinary value; NaN is 1 or 3 and null 0 or 4, before or after.
  private static let valueClass: UInt8 = 2

  private let classes: [UInt8]
  private let words: [UInt64]
  private let texts: Vector?
  private let isDescending: Bool

  init(_ vector: Vector, _ key: SortKey) throws {
    isDescending = key.isDescending
    let values = vector.flattened()
    let count = values.count
    var classes = [UInt8](repeating: Self.valueClass, count: count)
    var words = [UInt64](repeating: 0, count: count)
    try Self.fill(&words, values)
    if isDescending {
      for row in 0..<count { words[row] = ~words[row] }
    }
    if values.type == .real { Self.classifyNaN(&classes, values, key.nullsFirst) }
    if let flags = values.nullRows()?.base {
      for row in 0..<count where flags[row] != 0 { classes[row] = key.nullsFirst ? 0 : 4 }
    }
    for row in 0..<count where classes[row] != Self.valueClass { words[row] = 0 }
    self.classes = classes
    self.words = words
    texts = Self.needsFullComparison(values.type) ? values : nil
  }

  /// Compares a row with one of the same key elsewhere: negative, zero or positive in the wanted
  /// order.
  func compare(_ left: Int, _ other: SortColumn, _ right: Int) -> Int {
    if classes[left] != other.classes[right] {
      return classes[left] < other.classes[right] ? -1 : 1
    }
    if words[left] != other.words[right] { return words[left] < other.words[right] ? -1 : 1 }
    guard let texts, let others = other.texts, classes[left] == Self.valueClass else { return 0 }
    let order = Self.compareFully(texts, left, others, right)
    return isDescending ? -order : order
  }

  /// Whether words alone decide, without a look at the values.
  var isExact: Bool { texts == nil }

  /// The rows in order, where words alone decide; without comparisons of whole rows.
  var sortedRows: [UInt32] {
    get throws {
      let rows = 0..<UInt32(truncatingIfNeeded: words.count)
      let values = rows.filter { isValue(Int($0)) }
      let sorted = try WordSort.sorted(values, by: words)
      if values.count == words.count { return sorted }
      let others = { (wanted: UInt8) in rows.filter { self.classes[Int($0)] == wanted } }
      return others(0) + others(1) + sorted + others(3) + others(4)
    }
  }

  /// Class and word of a row as one comparable pair.
  func rank(_ row: Int) -> (UInt8, UInt64) { (classes[row], words[row]) }

  /// Whether the value of a row is neither null nor NaN.
  func isValue(_ row: Int) -> Bool { classes[row] == Self.valueClass }

  private static func needsFullComparison(_ type: ScalarType) -> Bool {
    type.isText || type == .decimal || type == .guid
  }

  private static func classifyNaN(_ classes: inout [UInt8], _ values: Vector, _ first: Bool) {
    guard case .fixed(let rows) = values.layout else { return }
    let reals = rows.base(Double.self)
    for row in 0..<values.count where reals[row].isNaN { classes[row] = first ? 1 : 3 }
  }

  /// Words that ascend with the values; a prefix where a value is longer than a word.
  private static func fill(_ words: inout [UInt64], _ values: Vector) throws {
    switch values.layout {
    case .fixed(let rows): fillFixed(&words, rows, values.type)
    case .text(let rows):
      try MemoryAccount.forEachPiece(of: values.count) { piece in
        for row in piece { words[row] = prefix(rows[row]) }
      }
    case .constant, .dictionary: unreachable("the vector was flattened")
    }
  }

  private static func fillFixed(_ words: inout [UInt64], _ rows: FixedRows, _ type: ScalarType) {
    let signBit: UInt64 = 1 << 63
    switch type {
    case .bool:
      for row in words.indices { words[row] = UInt64(rows.base(UInt8.self)[row]) }
    case .int:
      for row in words.indices {
        words[row] = UInt64(bitPattern: Int64(rows.base(Int32.self)[row])) ^ signBit
      }
    case .long, .datetime, .timespan:
      for row in words.indices { words[row] = rows.base(UInt64.self)[row] ^ signBit }
    case .real:
      for row in words.indices {
        let value = rows.base(Double.self)[row]
        let bits = value == 0 ? 0 : value.bitPattern
        words[row] = bits & signBit == 0 ? bits ^ signBit : ~bits
      }
    default:
      break
    }
  }

  private static func prefix(_ text: TextView) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<min(8, text.count) {
      word |= UInt64(text[index]) &<< UInt64(56 &- index &* 8)
    }
    return word
  }

  private static func compareFully(
    _ values: Vector,
    _ left: Int,
    _ others: Vector,
    _ right: Int
  ) -> Int {
    switch (values.layout, others.layout) {
    case (.text(let rows), .text(let other)): return rows[left].compare(other[right])
    case (.fixed(let rows), .fixed(let other)):
      let (id, otherID) = (rows.base(GUID.self)[left], other.base(GUID.self)[right])
      if id == otherID { return 0 }
      return (id.high, id.low) < (otherID.high, otherID.low) ? -1 : 1
    default: unreachable("vectors of one type were flattened")
    }
  }
}
