/// Text that is safe to show on a terminal: the only way for data to get there.
///
/// Data are written by attackers: control characters, escape sequences, bidirectional overrides
/// and invalid bytes are shown as visible symbols and never reach the terminal raw.
public struct TerminalText: Sendable {
  /// The safe text.
  public let text: String
  /// Cells that it takes on a terminal.
  public let width: Int

  /// Makes safe text of bytes; line ends and tabs become symbols too.
  public init(_ bytes: [UInt8]) { self.init(String(decoding: bytes, as: UTF8.self)) }

  /// Makes safe text.
  public init(_ raw: String) {
    var safe = String.UnicodeScalarView()
    var width = 0
    for scalar in raw.unicodeScalars {
      let shown = Self.visible(scalar)
      safe.append(contentsOf: shown)
      width += shown.reduce(0) { $0 + Self.width(of: $1) }
    }
    text = String(safe)
    self.width = width
  }

  private init(text: String, width: Int) {
    self.text = text
    self.width = width
  }

  /// The text cut to a width, with an ellipsis where something was cut.
  public func fitted(to limit: Int) -> TerminalText {
    if width <= limit { return self }
    var cut = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let cells = Self.width(of: scalar)
      if used + cells > limit - 1 { break }
      cut.append(scalar)
      used += cells
    }
    cut.append("…")
    return TerminalText(text: String(cut), width: used + 1)
  }

  /// What is shown for a scalar.
  private static func visible(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    switch scalar.value {
    case 0x0A: return "⏎".unicodeScalars
    case 0x09: return "→".unicodeScalars
    case 0..<0x20: return symbol(0x2400 + scalar.value)
    case 0x7F: return "␡".unicodeScalars
    case 0x80..<0xA0: return "\u{FFFD}".unicodeScalars
    default: break
    }
    switch scalar.properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
      return "<U+\(String(scalar.value, radix: 16, uppercase: true))>".unicodeScalars
    default: return String(scalar).unicodeScalars
    }
  }

  private static func symbol(_ value: UInt32) -> String.UnicodeScalarView {
    Unicode.Scalar(value).map { String($0).unicodeScalars } ?? "\u{FFFD}".unicodeScalars
  }

  /// Cells of a scalar: none for marks, two for wide scripts and emoji.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    let isWide = wideRanges.contains { $0.contains(value) }
    return isWide ? 2 : 1
  }

  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
