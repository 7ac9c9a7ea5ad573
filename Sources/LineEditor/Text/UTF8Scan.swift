/// Reads scalars out of bytes that may be invalid UTF-8.
enum UTF8Scan {
  /// The scalar at `offset` and its bytes; no scalar and one byte where none is well-formed there.
  static func scalar(
    in text: [UInt8],
    at offset: Int
  ) -> (scalar: Unicode.Scalar?, length: Int) {
    let lead = text[offset]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = sequenceLength(lead: lead)
    guard length > 1, offset + length <= text.count else { return (nil, 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for byte in text[(offset + 1)..<(offset + length)] {
      guard isContinuation(byte) else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let isShortest = value >= (length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80)
    guard isShortest, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, length)
  }

  /// The start of the scalar, or of the byte of none, that ends at or reaches over `offset`, which
  /// is above zero.
  static func start(before offset: Int, in text: [UInt8]) -> Int {
    let last = offset - 1
    guard isContinuation(text[last]) else { return last }
    for lead in stride(from: last - 1, through: max(last - 3, 0), by: -1) {
      if isContinuation(text[lead]) { continue }
      return lead + scalar(in: text, at: lead).length > last ? lead : last
    }
    return last
  }

  /// The bytes of the sequence that a lead byte starts; 1 where it starts none.
  static func sequenceLength(lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// Whether a byte can only stand inside a sequence.
  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// How many bytes at the end of `text` start a sequence that lacks its rest; 0 to 3.
  static func incompleteTail(of text: [UInt8]) -> Int {
    for back in 1...3 where back <= text.count {
      let byte = text[text.count - back]
      if isContinuation(byte) { continue }
      return sequenceLength(lead: byte) > back ? back : 0
    }
    return 0
  }
}
