/// How a scalar behaves in the cells of a terminal.
enum ScalarKind {
  /// Takes one cell.
  case narrow
  /// Takes two cells.
  case wide
  /// Takes no cell of its own, being drawn upon the character before it.
  case mark
  /// Must not reach the terminal: it controls it, reorders text or is invisible.
  case hidden

  /// Tells the kind of a scalar.
  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300: self = .narrow
    case 0..<0x20, 0x7F..<0xA0: self = .hidden
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3: self = .wide
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: self = .mark
    case 0xFE0E, 0xFE0F: self = .mark
    default: self = Self.byProperties(scalar)
    }
  }

  private static func byProperties(_ scalar: Unicode.Scalar) -> ScalarKind {
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return .hidden }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      return .hidden
    case .nonspacingMark, .enclosingMark: return .mark
    default: break
    }
    // Regional indicators take two cells as a pair, so one each.
    if (0x1F1E6...0x1F1FF).contains(scalar.value) { return .narrow }
    let isWide = properties.isEmojiPresentation || isWideScript(scalar.value)
    return isWide ? .wide : .narrow
  }

  private static func isWideScript(_ value: UInt32) -> Bool {
    value >= 0x1100 && wideScripts.contains { $0.contains(value) }
  }

  /// Scripts that are wide or full-width by Unicode's East Asian Width.
  private static let wideScripts: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0xA000...0xA4CF,
    0xA960...0xA97C, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
