import CSIMD
public import Columnar
import PatternMatching

/// Keys under which filters know the terms and whole values of texts.
///
/// Two terms that any comparison of the engine takes for equal have one key: case is folded as
/// the string operators fold it. Terms of fewer than three characters have none.
public enum TermKeys {
  /// The least number of characters of a term with a key.
  public static let minimumLength = 3

  /// The key of values with a Kelvin sign or a long s: regular expressions that ignore case take
  /// these for `k` and `s`, as no other comparison does.
  public static let oddCase: UInt64 = 0x4F64_6443_6173_6500

  /// Calls `body` with the key of each term of three or more characters, and with `oddCase`.
  ///
  /// Bytes behind the text are read where they are of its page.
  @inline(__always)
  static func forEach(in text: TextView, _ body: (UInt64) -> Void) {
    if csimd_is_ascii(text.base, text.count) {
      forEachASCII(in: text, body)
    } else {
      if hasOddCase(text) { body(oddCase) }
      TermCharacter.forEachTerm(in: text.buffer) { range in
        if let key = key(ofTerm: text.part(range.lowerBound, range.upperBound)) { body(key) }
        return true
      }
    }
  }

  private static func hasOddCase(_ text: TextView) -> Bool {
    let marks: [[UInt8]] = [[0xE2, 0x84, 0xAA], [0xC5, 0xBF]]
    return marks.contains { mark in
      mark.withTextView { csimd_find(text.base, text.count, $0.base, $0.count) != nil }
    }
  }

  /// The key of a term, or nil where it is too short to have one.
  static func key(ofTerm term: TextView) -> UInt64? {
    if csimd_is_ascii(term.base, term.count) {
      return term.count >= minimumLength ? asciiKey(term.base, term.count) : nil
    }
    return csimd_count_scalars(term.base, term.count) >= minimumLength ? foldedKey(term) : nil
  }

  /// The key of a whole value; that of its term where it is just one.
  public static func key(ofValue value: TextView) -> UInt64 {
    csimd_is_ascii(value.base, value.count)
      ? asciiKey(value.base, value.count) : foldedKey(value)
  }

  /// All keys of a value.
  public static func keys(of value: TextView) -> Set<UInt64> {
    var keys: Set = [key(ofValue: value)]
    forEach(in: value) { keys.insert($0) }
    return keys
  }

  /// Keys of which a value must have all for a text to be matched somewhere in it.
  ///
  /// - Parameters:
  ///   - needle: the text.
  ///   - startsTerm: whether a term that starts the needle also starts one of the value.
  ///   - endsTerm: whether a term that ends the needle also ends one of the value.
  public static func keys(
    requiredBy needle: TextView,
    startsTerm: Bool,
    endsTerm: Bool
  ) -> [UInt64] {
    var keys: [UInt64] = []
    guard TermCharacter.cutsAlike(needle.buffer) else { return keys }
    TermCharacter.forEachTerm(in: needle.buffer) { range in
      let isCutBefore = range.lowerBound == 0 && !startsTerm
      let isCutBehind = range.upperBound == needle.count && !endsTerm
      if !isCutBefore, !isCutBehind,
        let key = key(ofTerm: needle.part(range.lowerBound, range.upperBound))
      {
        keys.append(key)
      }
      return true
    }
    return keys
  }

  @inline(__always)
  private static func forEachASCII(in text: TextView, _ body: (UInt64) -> Void) {
    let base = text.base
    // Where the term at hand starts; -1 between terms.
    var start = -1
    var at = 0
    while at < text.count {
      let left = text.count &- at
      var mask = termMask(base + at, readable: left)
      if left < 64 { mask &= (1 &<< UInt64(truncatingIfNeeded: left)) &- 1 }
      // A bit is set where a term starts or has ended.
      var edges = mask ^ (mask &<< 1 | (start < 0 ? 0 : 1))
      while edges != 0 {
        let edge = at &+ edges.trailingZeroBitCount
        edges &= edges &- 1
        if start < 0 {
          start = edge
        } else {
          if edge &- start >= minimumLength { body(asciiKey(base + start, edge &- start)) }
          start = -1
        }
      }
      at &+= 64
    }
    // A term that ends with the block has no edge there.
    if start >= 0, text.count &- start >= minimumLength {
      body(asciiKey(base + start, text.count &- start))
    }
  }

  /// Which of 64 bytes are letters or digits; bits behind the readable ones say nothing.
  ///
  /// Bytes behind a text are read only where they are of the same page, so that none is missing.
  @inline(__always)
  private static func termMask(_ bytes: UnsafePointer<UInt8>, readable: Int) -> UInt64 {
    let inPage = UInt(bitPattern: bytes) & 4_095
    if readable >= 64 || inPage <= 4_096 - 64 { return csimd_term_mask64(bytes) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { block in
      block.initialize(repeating: 0)
      for index in 0..<readable { block[index] = bytes[index] }
      return block.baseAddress.map { csimd_term_mask64($0) } ?? 0
    }
  }

  /// Hashes ASCII with its capitals lowered, eight bytes at a time.
  @inline(__always)
  private static func asciiKey(_ base: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset &+ 8 <= count {
      state = hashWord(csimd_lower64(csimd_load64(base + offset)), seed: state)
      offset &+= 8
    }
    if offset < count {
      state = hashWord(csimd_lower64(tail(base, count, from: offset)), seed: state)
    }
    return state
  }

  /// Up to seven last bytes as a number, the first of them highest; reads nothing behind them.
  @inline(__always)
  private static func tail(_ base: UnsafePointer<UInt8>, _ count: Int, from offset: Int) -> UInt64 {
    let length = count &- offset
    if count >= 8 {
      // The last eight bytes, without those that came before.
      let word = csimd_load64(base + (count &- 8)).bigEndian
      return word & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
    }
    if length >= 4 {
      // Two halves that overlap in the same bytes.
      let first = UInt64(csimd_load32(base).bigEndian)
      let last = UInt64(csimd_load32(base + (length &- 4)).bigEndian)
      return first &<< UInt64(truncatingIfNeeded: (length &- 4) &* 8) | last
    }
    var tail: UInt64 = 0
    for index in offset..<count { tail = tail &<< 8 | UInt64(base[index]) }
    return tail
  }

  /// Hashes characters folded as comparisons without case fold them.
  private static func foldedKey(_ text: TextView) -> UInt64 {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count * 4)
    var ascii: [UInt8]? = []
    TermCharacter.forEachFolded(in: text.buffer) { value in
      withUnsafeBytes(of: value.littleEndian) { folded.append(contentsOf: $0) }
      if value < 0x80 { ascii?.append(UInt8(truncatingIfNeeded: value)) } else { ascii = nil }
    }
    if let ascii { return ascii.withTextView { asciiKey($0.base, $0.count) } }
    return folded.withTextView { hashBytes($0.base, count: $0.count, seed: 2) }
  }
}
