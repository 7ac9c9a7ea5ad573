import Columnar

/// Turns one key column into words: the value itself where it fits, else a number for its bytes.
final class KeyColumn {
  let type: ScalarType
  /// Shared by the columns that must agree on numbers: those of a table and of its probers.
  let interner: ByteInterner
  /// Word of each code of the dictionary seen last; `missing` where not yet known.
  private var codeWords: UnsafeMutablePointer<UInt64>?
  private var codeDictionary: VectorDictionary?

  /// No value has this word: interned numbers are below 2^32.
  static let missing = UInt64.max

  init(type: ScalarType, interner: ByteInterner = ByteInterner()) {
    self.type = type
    self.interner = interner
  }

  deinit { codeWords?.deallocate() }

  /// Bytes held.
  var byteCount: Int { interner.byteCount + (codeDictionary?.values.count ?? 0) * 8 }

  /// Whether words are numbers of interned bytes.
  var isInterned: Bool { type.isText || type.byteWidth == 16 }

  /// Writes the word of each row to `words[row * stride]`; a null row has the word 0.
  ///
  /// With `inserting` false an unknown value has the word `missing`, which no key has.
  func encode(
    _ vector: Vector,
    into words: UnsafeMutablePointer<UInt64>,
    stride: Int,
    inserting: Bool
  ) {
    switch vector.layout {
    case .constant(let value):
      let word = self.word(of: value, inserting: inserting)
      for row in 0..<vector.count { words[row &* stride] = word }
    case .dictionary(let rows):
      encodeCodes(rows, vector.count, words, stride, inserting)
    case .text(let rows):
      for row in 0..<vector.count { words[row &* stride] = word(rows[row], inserting) }
      clearNulls(rows.nulls, vector.count, words, stride)
    case .fixed(let rows):
      encodeFixed(rows, vector.count, words, stride, inserting)
      clearNulls(rows.nulls, vector.count, words, stride)
    }
  }

  /// The word of another column's word, for merging tables.
  func translate(_ word: UInt64, from other: KeyColumn) -> UInt64 {
    guard isInterned else { return word }
    return UInt64(interner.intern(other.interner[Int(truncatingIfNeeded: word)]))
  }

  /// The bytes of an interned word.
  func bytes(of word: UInt64) -> TextView { interner[Int(truncatingIfNeeded: word)] }

  private func word(of value: Scalar, inserting: Bool) -> UInt64 {
    if value.isNull { return 0 }
    let flat = Vector(constant: value, count: 1).flattened()
    var word: UInt64 = 0
    encode(flat, into: &word, stride: 1, inserting: inserting)
    return word
  }

  @inline(__always)
  private func word(_ text: TextView, _ inserting: Bool) -> UInt64 {
    if inserting { return UInt64(interner.intern(text)) }
    return interner.find(text).map(UInt64.init) ?? Self.missing
  }

  private func encodeCodes(
    _ rows: DictionaryRows,
    _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>,
    _ stride: Int,
    _ inserting: Bool
  ) {
    let known = wordsOfCodes(rows.dictionary)
    let values = rows.dictionary.values
    let texts: TextRows? = if case .text(let rows) = values.layout { rows } else { nil }
    let codes = rows.base
    for row in 0..<count {
      let code = Int(codes[row])
      var word = known[code]
      if word == Self.missing {
        if let texts, texts.nulls == nil {
          word = self.word(texts[code], inserting)
        } else {
          word = self.word(of: values.scalar(at: code), inserting: inserting)
        }
        known[code] = word
      }
      words[row &* stride] = word
    }
  }

  private func wordsOfCodes(_ dictionary: VectorDictionary) -> UnsafeMutablePointer<UInt64> {
    if let codeWords, codeDictionary === dictionary { return codeWords }
    codeWords?.deallocate()
    let fresh = UnsafeMutablePointer<UInt64>.allocate(capacity: dictionary.values.count)
    fresh.initialize(repeating: Self.missing, count: dictionary.values.count)
    codeWords = fresh
    codeDictionary = dictionary
    return fresh
  }

  private func encodeFixed(
    _ rows: FixedRows,
    _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>,
    _ stride: Int,
    _ inserting: Bool
  ) {
    switch type {
    case .bool:
      let values = rows.base(UInt8.self)
      for row in 0..<count { words[row &* stride] = UInt64(values[row]) }
    case .int:
      let values = rows.base(Int32.self)
      for row in 0..<count { words[row &* stride] = UInt64(bitPattern: Int64(values[row])) }
    case .real:
      let values = rows.base(Double.self)
      for row in 0..<count { words[row &* stride] = Self.word(of: values[row]) }
    case .long, .datetime, .timespan:
      let values = rows.base(UInt64.self)
      for row in 0..<count { words[row &* stride] = values[row] }
    case .decimal, .guid:
      let bytes = rows.base(GUID.self)
      for row in 0..<count {
        let text = UnsafeRawPointer(bytes + row).assumingMemoryBound(to: UInt8.self)
        words[row &* stride] = word(TextView(base: text, count: 16), inserting)
      }
    case .string, .dynamic: unreachable("text types have no fixed-width rows")
    }
  }

  /// All NaNs are one key, and so are the zeros.
  @inline(__always)
  private static func word(of value: Double) -> UInt64 {
    if value == 0 { return 0 }
    return value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }

  private func clearNulls(
    _ nulls: NullRows?,
    _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>,
    _ stride: Int
  ) {
    guard let nulls else { return }
    let flags = nulls.base
    for row in 0..<count where flags[row] != 0 { words[row &* stride] = 0 }
  }
}
