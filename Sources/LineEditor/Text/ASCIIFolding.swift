/// Questions about bytes that are letters, digits or space in ASCII.
enum ASCIIFolding {
  /// The lower-case letter of an upper-case one; other bytes unchanged.
  static func fold(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Whether a byte is a space, a tab or a line end.
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Whether a byte belongs to a word: letters, digits, `_` and whatever is not ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    let isLetter = (0x61...0x7A).contains(fold(byte))
    return isLetter || (0x30...0x39).contains(byte) || byte == 0x5F || byte >= 0x80
  }
}
