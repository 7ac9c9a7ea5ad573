/// Gathers pasted text up to the sequence that ends it.
struct PasteBuffer {
  /// What a byte did.
  enum Step {
    case more
    case ended
    /// Ctrl-C after a pause: the terminal seems to have lost the end.
    case cancelled
  }

  /// Whether no byte came for a while.
  var isStalled = false
  private var bytes: [UInt8] = []
  /// Bytes that are kept; it is far above what an entry takes.
  private static let limit = 64 << 20
  /// Bytes of the end sequence that have matched so far.
  private var matched = 0

  /// Takes a byte.
  mutating func take(_ byte: UInt8) -> Step {
    if isStalled, byte == 0x03 { return .cancelled }
    isStalled = false
    let end = KeySequence.pasteEnd
    if byte == end[matched] {
      matched += 1
      return matched == end.count ? .ended : .more
    }
    if matched > 0 {
      // The end sequence holds one ESC only, at its start, so a match can only restart there.
      for byte in end[..<matched] { keep(byte) }
      matched = byte == end[0] ? 1 : 0
    }
    if matched == 0 { keep(byte) }
    return .more
  }

  /// The text so far, with line feeds as line ends: terminals send carriage returns.
  func text() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      let isSecondOfPair = byte == 0x0A && previous == 0x0D
      if !isSecondOfPair { text.append(byte == 0x0D ? 0x0A : byte) }
      previous = byte
    }
    return text
  }

  private mutating func keep(_ byte: UInt8) {
    if bytes.count < Self.limit { bytes.append(byte) }
  }
}
