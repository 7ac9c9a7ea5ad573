import CSIMD
import Columnar

/// Turns one key column of a join into words: the value itself where it fits, else a number for
/// its bytes.
final class JoinKeyColumn {
  let type: ScalarType
  /// Shared by the column of a build side and those of its probers, which only look up.
  let interner: ByteInterner
  /// Word of each code of the dictionary seen last; `unseen` where not yet known.
  private var codeWords: UnsafeMutablePointer<UInt64>?
  private var codeDictionary: VectorDictionary?

  /// The word of a value that the build side lacks: interned numbers are below 2^32.
  static let missing = UInt64.max
  private static let unseen = UInt64.max - 1

  init(type: ScalarType, interner: ByteInterner = ByteInterner()) {
    self.type = type
    self.interner = interner
  }

  deinit { codeWords?.deallocate() }

  /// Whether words are numbers of interned bytes.
  var isInterned: Bool { type.isText || type.byteWidth == 16 }

  /// Writes the word of each row; a null row has the word 0.
  func encode(_ vector: Vector, into words: UnsafeMutablePointer<UInt64>, inserting: Bool) {
    let count = vector.count
    switch vector.layout {
    case .constant(let value):
      let word = self.word(of: value, inserting)
      for row in 0..<count { words[row] = word }
    case .dictionary(let rows): encodeCodes(rows, count, words, inserting)
    case .text(let rows):
      for row in 0..<count { words[row] = word(rows[row], inserting) }
      clearNulls(rows.nulls, count, words)
    case .fixed(let rows):
      encodeFixed(rows, count, words, inserting)
      clearNulls(rows.nulls, count, words)
    }
  }

  private func word(of value: Scalar, _ inserting: Bool) -> UInt64 {
    if value.isNull { return 0 }
    let flat = Vector(constant: value, count: 1).flattened()
    var word: UInt64 = 0
    encode(flat, into: &word, inserting: inserting)
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
    _ inserting: Bool
  ) {
    let known = wordsOfCodes(rows.dictionary)
    let values = rows.dictionary.values
    let texts: TextRows? =
      if case .text(let texts) = values.layout, texts.nulls == nil { texts } else { nil }
    let codes = rows.base
    for row in 0..<count {
      let code = Int(codes[row])
      if known[code] == Self.unseen {
        known[code] =
          texts.map { word($0[code], inserting) } ?? word(of: values.scalar(at: code), inserting)
      }
      words[row] = known[code]
    }
  }

  private func wordsOfCodes(_ dictionary: VectorDictionary) -> UnsafeMutablePointer<UInt64> {
    if let codeWords, codeDictionary === dictionary { return codeWords }
    codeWords?.deallocate()
    let fresh = UnsafeMutablePointer<UInt64>.allocate(capacity: dictionary.values.count)
    fresh.initialize(repeating: Self.unseen, count: dictionary.values.count)
    codeWords = fresh
    codeDictionary = dictionary
    return fresh
  }

  private func encodeFixed(
    _ rows: FixedRows,
    _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>,
    _ inserting: Bool
  ) {
    switch type {
    case .bool:
      let values = rows.base(UInt8.self)
      for row in 0..<count { words[row] = UInt64(values[row]) }
    case .int:
      let values = rows.base(Int32.self)
      for row in 0..<count { words[row] = UInt64(bitPattern: Int64(values[row])) }
    case .real:
      let values = rows.base(Double.self)
      for row in 0..<count { words[row] = Self.word(of: values[row]) }
    case .long, .datetime, .timespan:
      memcpy(words, rows.base(UInt64.self), count * 8)
    case .decimal, .guid:
      let bytes = rows.base(GUID.self)
      for row in 0..<count {
        let text = UnsafeRawPointer(bytes + row).assumingMemoryBound(to: UInt8.self)
        words[row] = word(TextView(base: text, count: 16), inserting)
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

  private func clearNulls(_ nulls: NullRows?, _ count: Int, _ words: UnsafeMutablePointer<UInt64>) {
    guard let flags = nulls?.base else { return }
    for row in 0..<count where flags[row] != 0 { words[row] = 0 }
  }
}
