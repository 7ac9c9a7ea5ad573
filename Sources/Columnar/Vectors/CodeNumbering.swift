/// Numbers that an operator has given to the values of a dictionary, so that rows of it cost one
/// look-up by code. Only the dictionary seen last is remembered.
public final class CodeNumbering {
  /// Marks a code that has no number yet; no value may be given it.
  private static let unknown = UInt32.max - 1

  private var dictionary: VectorDictionary?
  private var numbers: UnsafeMutablePointer<UInt32>?

  public init() {}

  deinit { numbers?.deallocate() }

  /// Bytes held.
  public var byteCount: Int { numbers == nil ? 0 : (dictionary?.values.count ?? 0) * 4 }

  /// Writes the number of each row.
  ///
  /// - Parameter number: the number of a code that was not met before; asked in row order.
  public func write(
    _ rows: DictionaryRows,
    count: Int,
    into target: UnsafeMutablePointer<UInt32>,
    number: (Int) -> UInt32
  ) {
    let known = numbers(of: rows.dictionary)
    let codes = rows.base
    for row in 0..<count { target[row] = known[Int(codes[row])] }
    // A loop of its own, which runs over several rows at a time.
    var unknown: UInt32 = 0
    for row in 0..<count { unknown |= target[row] == Self.unknown ? 1 : 0 }
    guard unknown != 0 else { return }
    for row in 0..<count where target[row] == Self.unknown {
      let code = Int(codes[row])
      if known[code] == Self.unknown { known[code] = number(code) }
      target[row] = known[code]
    }
  }

  private func numbers(of dictionary: VectorDictionary) -> UnsafeMutablePointer<UInt32> {
    if let numbers, self.dictionary === dictionary { return numbers }
    numbers?.deallocate()
    let size = dictionary.values.count
    let fresh = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, size))
    fresh.initialize(repeating: Self.unknown, count: size)
    numbers = fresh
    self.dictionary = dictionary
    return fresh
  }
}
