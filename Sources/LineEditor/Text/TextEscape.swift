/// What is shown for what must not be shown.
enum TextEscape {
  /// A scalar, as `\u{202E}`.
  case scalar(UInt32)
  /// A byte of no scalar, as `\x9B`.
  case byte(UInt8)

  /// Cells of the escape, which is ASCII.
  var cells: Int {
    switch self {
    case .scalar(let value): 4 + max(1, (UInt32.bitWidth - value.leadingZeroBitCount + 3) / 4)
    case .byte: 4
    }
  }

  /// The bytes to show.
  var bytes: [UInt8] {
    switch self {
    case .scalar(let value): return Array("\\u{\(Self.hexadecimal(value))}".utf8)
    case .byte(let value):
      let padding = value < 0x10 ? "0" : ""
      return Array("\\x\(padding)\(Self.hexadecimal(UInt32(value)))".utf8)
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    String(value, radix: 16, uppercase: true)
  }
}
