import CSIMD
import Columnar

/// Values of one type that aggregates refer to by number, in the order in which they came.
///
/// A distinct table holds each value once. Values of a dictionary are taken in once for each
/// dictionary, so that rows of it cost one look-up by code.
final class ValueTable {
  let type: ScalarType
  private let isDistinct: Bool
  /// Values of word types.
  private let words = GroupArray<UInt64>(filler: 0)
  /// Bytes of the other types, and where each value ends.
  private let heap = GroupArray<UInt8>(filler: 0)
  private let ends = GroupArray<Int>(filler: 0)
  /// Hashes of the values of a distinct table of bytes.
  private let hashes = GroupArray<UInt64>(filler: 0)
  /// Open addressing: the number of a value plus one, or 0.
  private let slots = GroupArray<UInt32>(filler: 0)
  private let codes = CodeNumbering()
  /// The numbers of a batch.
  private let rowNumbers = GroupArray<UInt32>(filler: 0)

  /// The number that stands for null.
  static let null = UInt32.max

  init(type: ScalarType, isDistinct: Bool) {
    self.type = type
    self.isDistinct = isDistinct
    slots.resize(to: 64)
  }

  /// The number of values.
  var count: Int { type.hasWords ? words.count : ends.count }

  /// Bytes held.
  var byteCount: Int {
    words.byteCount + heap.byteCount + ends.byteCount + hashes.byteCount + slots.byteCount
      + codes.byteCount + rowNumbers.byteCount
  }

  /// Takes in a word and returns its number.
  @inline(__always)
  func insert(word: UInt64) -> UInt32 {
    guard isDistinct else {
      words.append(word)
      return UInt32(truncatingIfNeeded: words.count &- 1)
    }
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: mixedWord(word)) & mask
    while slots[place] != 0 {
      let number = slots[place] &- 1
      if words[Int(number)] == word { return number }
      place = (place &+ 1) & mask
    }
    words.append(word)
    slots[place] = UInt32(truncatingIfNeeded: words.count)
    if words.count &* 2 > mask { rehash() }
    return UInt32(truncatingIfNeeded: words.count &- 1)
  }

  /// Takes in a value given as bytes and returns its number.
  func insert(_ bytes: TextView) -> UInt32 {
    guard isDistinct else { return append(bytes) }
    let hash = type.hash(bytes)
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let number = slots[place] &- 1
      if hashes[Int(number)] == hash, type.areEqual(self.bytes(number), bytes) { return number }
      place = (place &+ 1) & mask
    }
    let number = append(bytes)
    hashes.append(hash)
    slots[place] = number &+ 1
    if ends.count &* 2 > mask { rehash() }
    return number
  }

  /// Takes in a value of another table of the same type.
  func insert(_ number: UInt32, of other: ValueTable) -> UInt32 {
    if number == Self.null { return number }
    return type.hasWords ? insert(word: other.words[Int(number)]) : insert(other.bytes(number))
  }

  /// The word of a value.
  func word(_ number: UInt32) -> UInt64 { words[Int(number)] }

  /// The bytes of a value; valid until the next change.
  func bytes(_ number: UInt32) -> TextView {
    let start = number == 0 ? 0 : ends[Int(number) - 1]
    return TextView(base: UnsafePointer(heap.base) + start, count: ends[Int(number)] - start)
  }

  private func append(_ bytes: TextView) -> UInt32 {
    let room = heap.extend(by: bytes.count)
    memcpy(room, bytes.base, bytes.count)
    ends.append(heap.count)
    return UInt32(truncatingIfNeeded: ends.count &- 1)
  }

  @inline(never)
  private func rehash() {
    let size = slots.count * 2
    slots.removeAll()
    slots.resize(to: size)
    let mask = size - 1
    for number in 0..<count {
      let hash = type.hasWords ? mixedWord(words[number]) : hashes[number]
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place] != 0 { place = (place &+ 1) & mask }
      slots[place] = UInt32(truncatingIfNeeded: number + 1)
    }
  }
}

extension ValueTable {
  /// Takes in the rows of a vector; the number of each, `null` for null, is valid until the next
  /// call.
  func numbers(of vector: Vector, count: Int) -> UnsafePointer<UInt32> {
    rowNumbers.resize(to: count)
    let target = rowNumbers.base
    if let rows = vector.dictionaryRows {
      codes.write(rows, count: count, into: target) { insert(row: $0, of: rows.dictionary.values) }
    } else {
      insert(vector, count: count, isWanted: { _ in true }, { target[$0] = $1 })
    }
    return UnsafePointer(target)
  }

  /// Takes in all values of another distinct table; the result has the number of each.
  func merge(_ other: ValueTable) -> [UInt32] {
    (0..<other.count).map { insert(UInt32(truncatingIfNeeded: $0), of: other) }
  }

  /// Takes in the rows of a vector for which `isWanted` holds and calls back with the number of
  /// each; null rows come as `null`.
  @inline(__always)
  func insert(
    _ vector: Vector,
    count: Int,
    isWanted: (Int) -> Bool,
    _ body: (Int, UInt32) -> Void
  ) {
    if vector.dictionaryRows != nil {
      let numbers = numbers(of: vector, count: count)
      for row in 0..<count where isWanted(row) { body(row, numbers[row]) }
      return
    }
    switch type {
    case .bool: insertWords(Bool.self, vector, count, isWanted, body)
    case .int: insertWords(Int32.self, vector, count, isWanted, body)
    case .long: insertWords(Int64.self, vector, count, isWanted, body)
    case .real: insertWords(Double.self, vector, count, isWanted, body)
    case .datetime: insertWords(DateTime.self, vector, count, isWanted, body)
    case .timespan: insertWords(TimeSpan.self, vector, count, isWanted, body)
    case .string, .dynamic, .guid, .decimal: insertBytes(vector, count, isWanted, body)
    }
  }

  private func insert(row: Int, of values: Vector) -> UInt32 {
    if case .text(let texts) = values.layout, texts.nulls == nil { return insert(texts[row]) }
    var number = Self.null
    insert(values.slice(row..<row + 1), count: 1, isWanted: { _ in true }) { number = $1 }
    return number
  }

  @inline(__always)
  private func insertWords<Value: WordValue>(
    _: Value.Type,
    _ vector: Vector,
    _ count: Int,
    _ isWanted: (Int) -> Bool,
    _ body: (Int, UInt32) -> Void
  ) {
    vector.withFixedRows(Value.self) { rows, nulls in
      for row in 0..<count where isWanted(row) {
        let isNull = nulls.map { $0[row] != 0 } ?? false
        body(row, isNull ? Self.null : insert(word: rows[row].word))
      }
    }
  }

  private func insertBytes(
    _ vector: Vector,
    _ count: Int,
    _ isWanted: (Int) -> Bool,
    _ body: (Int, UInt32) -> Void
  ) {
    vector.withByteRows { rows, nulls in
      for row in 0..<count where isWanted(row) {
        let isNull = nulls.map { $0[row] != 0 } ?? false
        body(row, isNull ? Self.null : insert(rows[row]))
      }
    }
  }
}
