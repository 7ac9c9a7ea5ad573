import Columnar

/// The values that a key column has had, numbered from 0 in the order in which they came.
///
/// Null is a value like others. Fixed-width values of at most eight bytes are kept as words,
/// others as their bytes. Shared by the column of a table and those of its probers.
final class KeyValues {
  let type: ScalarType
  let words: WordTable?
  let interner: ByteInterner?
  /// The number of null, or `UInt32.max`.
  private(set) var null = UInt32.max

  init(type: ScalarType) {
    self.type = type
    let isInterned = type.isText || type.byteWidth == 16
    words = isInterned ? nil : WordTable()
    interner = isInterned ? ByteInterner() : nil
  }

  /// Values so far.
  var count: Int { words?.count ?? interner?.count ?? 0 }

  /// Bytes held.
  var byteCount: Int { (words?.byteCount ?? 0) + (interner?.byteCount ?? 0) }

  /// The number of null, which it gets when it is first seen.
  func insertNull() -> UInt32 {
    if null == .max { null = words?.addVoid() ?? interner?.addVoid() ?? 0 }
    return null
  }

  /// The numbers here of another's values, in the order of theirs.
  func merge(_ other: KeyValues) throws -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(other.count)
    try MemoryAccount.forEachPiece(of: other.count) { piece in
      for number in piece { numbers.append(self.number(ofOther: number, in: other)) }
    }
    return numbers
  }

  private func number(ofOther number: Int, in other: KeyValues) -> UInt32 {
    if number == Int(other.null) { return insertNull() }
    if let words, let theirs = other.words { return words.insert(theirs.words[number]) }
    if let interner, let theirs = other.interner { return interner.intern(theirs[number]) }
    unreachable("key columns that are merged have one type")
  }

  /// All values by number.
  func vector() throws -> Vector {
    if let words { return fixedVector { words.words[$0] } }
    guard type.isText else {
      let builder = VectorBuilder(type: type, capacity: count)
      for number in 0..<count { append(number, to: builder) }
      return builder.finish()
    }
    guard let texts = try interner?.texts(type, null: null == .max ? nil : null) else {
      throw QueryFailure(.memory, "the values of a key need more than 4 GiB; group by less")
    }
    return texts
  }

  private func append(_ number: Int, to builder: VectorBuilder) {
    guard number != Int(null), let bytes = interner?[number] else { return builder.appendNull() }
    if type == .guid {
      builder.append(.guid(bytes.loadUnaligned(GUID.self)))
    } else {
      builder.append(.decimal(bytes.loadUnaligned(Decimal128.self)))
    }
  }

  private func fixedVector(_ word: (Int) -> UInt64) -> Vector {
    let values = Buffer(byteCount: count * type.byteWidth)
    switch type.byteWidth {
    case 1:
      let target = values.values(UInt8.self)
      for number in 0..<count { target[number] = UInt8(truncatingIfNeeded: word(number)) }
    case 4:
      let target = values.values(UInt32.self)
      for number in 0..<count { target[number] = UInt32(truncatingIfNeeded: word(number)) }
    default:
      let target = values.values(UInt64.self)
      for number in 0..<count { target[number] = word(number) }
    }
    var nulls: NullRows?
    if null != .max {
      let flags = Buffer(zeroed: count)
      flags.values(UInt8.self)[Int(null)] = 1
      nulls = NullRows(flags: flags)
    }
    let rows = FixedRows(values: values, nulls: nulls)
    return Vector(type: type, count: count, layout: .fixed(rows))
  }
}

extension TextView {
  /// Reads a value that was stored as its bytes.
  func loadUnaligned<Value: BitwiseCopyable>(_: Value.Type) -> Value {
    UnsafeRawPointer(base).loadUnaligned(as: Value.self)
  }
}
