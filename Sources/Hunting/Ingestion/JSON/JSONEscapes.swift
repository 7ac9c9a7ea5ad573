import CSIMD
import Columnar

/// Turns the escapes of JSON strings into the characters that they stand for.
enum JSONEscapes {
  /// Reads a string without its quotes; nil where an escape is none.
  ///
  /// Half of a surrogate pair becomes U+FFFD. At least 64 bytes may be read behind `text`.
  static func decode(_ text: TextView, into arena: inout TextArena) -> TextView? {
    // Copies run up to 16 bytes ahead; no escape is shorter than what it stands for.
    let room = arena.room(text.count + 16)
    var written = 0
    var index = 0
    while index < text.count {
      let plain = copyPlain(text, from: index, to: room + written)
      index &+= plain
      written &+= plain
      if index >= text.count { break }
      guard let length = decodeEscape(text, at: &index, into: room + written) else {
        return nil
      }
      written &+= length
    }
    arena.take(written)
    return TextView(base: UnsafePointer(room), count: written)
  }

  /// Copies up to the next backslash and returns how many bytes that were.
  @inline(__always)
  private static func copyPlain(
    _ text: TextView,
    from start: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var count = 0
    while start &+ count < text.count {
      let source = text.base + (start &+ count)
      memcpy(target + count, source, 16)
      let stops = csimd_equal_mask16(source, 0x5C)
      if stops != 0 {
        return min(count &+ stops.trailingZeroBitCount, text.count &- start)
      }
      count &+= 16
    }
    return text.count &- start
  }

  /// Reads the escape at `index`, moves behind it and returns the bytes written; nil if none.
  private static func decodeEscape(
    _ text: TextView,
    at index: inout Int,
    into target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard index + 1 < text.count else { return nil }
    let letter = text[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): target[0] = letter
    case UInt8(ascii: "n"): target[0] = 0x0A
    case UInt8(ascii: "r"): target[0] = 0x0D
    case UInt8(ascii: "t"): target[0] = 0x09
    case UInt8(ascii: "b"): target[0] = 0x08
    case UInt8(ascii: "f"): target[0] = 0x0C
    case UInt8(ascii: "u"): return decodeUnits(text, at: &index, into: target)
    default: return nil
    }
    return 1
  }

  /// Reads `XXXX`, and the other half of a pair, and writes the character.
  private static func decodeUnits(
    _ text: TextView,
    at index: inout Int,
    into target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard var code = unit(text, at: index) else { return nil }
    index += 4
    if code & 0xFC00 == 0xD800, index + 1 < text.count, text[index] == UInt8(ascii: "\\"),
      text[index + 1] == UInt8(ascii: "u"), let second = unit(text, at: index + 2),
      second & 0xFC00 == 0xDC00
    {
      index += 6
      code = 0x10000 + (code & 0x3FF) << 10 + second & 0x3FF
    }
    let character = Unicode.Scalar(code) ?? "\u{FFFD}"
    var length = 0
    for byte in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter {
      target[length] = byte
      length += 1
    }
    return length
  }

  private static func unit(_ text: TextView, at start: Int) -> UInt32? {
    guard start + 4 <= text.count else { return nil }
    var code: UInt32 = 0
    for index in start..<start + 4 {
      let byte = text[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 0x57
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 0x37
      default: return nil
      }
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}
