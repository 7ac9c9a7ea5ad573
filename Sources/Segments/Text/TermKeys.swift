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
    var at = 0
    while at < text.count {
      while at < text.count, !isTermByte(base[at]) { at &+= 1 }
      let start = at
      while at < text.count, isTermByte(base[at]) { at &+= 1 }
      if at &- start >= minimumLength { body(asciiKey(base + start, at &- start)) }
    }
  }

  @inline(__always)
  private static func isTermByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
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
      var tail: UInt64 = 0
      while offset < count {
        tail = tail &<< 8 | UInt64(base[offset])
        offset &+= 1
      }
      state = hashWord(csimd_lower64(tail), seed: state)
    }
    return state
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
