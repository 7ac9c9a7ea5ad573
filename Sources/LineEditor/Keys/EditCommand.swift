/// What a key asks for.
enum EditCommand: Hashable {
  case enter
  case newline
  case left
  case right
  case up
  case down
  case wordLeft
  case wordRight
  case lineStart
  case lineEnd
  case textStart
  case textEnd
  case previousEntry
  case nextEntry
  case deleteBackward
  case deleteForward
  /// Ctrl-D: deletes forward, or ends the input where there is no text.
  case deleteOrEnd
  case killToLineEnd
  case killToLineStart
  /// Kills back to a space.
  case killBlankWord
  case killPreviousWord
  case killNextWord
  case yank
  case transpose
  case undo
  case complete
  case completeBackward
  case search
  case searchForward
  case cancel
  case clearScreen
  case suspend
  case interrupt
}

extension EditCommand {
  /// The command of a key; nil where it has none.
  init?(_ key: Key, _ modifiers: KeyModifiers) {
    let found: EditCommand?
    switch key {
    case .character(let byte) where modifiers == .control: found = Self.controls[byte]
    case .character(let byte) where modifiers == .alt: found = Self.alternatives[byte]
    // Ctrl-Shift-- on keyboards where `_` needs Shift.
    case .character(0x5F), .character(0x2D): found = modifiers.contains(.control) ? .undo : nil
    case .character: found = nil
    default: found = Self.named(key, modifiers)
    }
    guard let found else { return nil }
    self = found
  }

  private static func named(_ key: Key, _ modifiers: KeyModifiers) -> EditCommand? {
    let isWide = modifiers.contains(.control) || modifiers.contains(.alt)
    switch key {
    case .enter: return modifiers.isEmpty || modifiers == .control ? .enter : .newline
    case .left: return isWide ? .wordLeft : .left
    case .right: return isWide ? .wordRight : .right
    case .up: return .up
    case .down: return .down
    case .home: return isWide ? .textStart : .lineStart
    case .end: return isWide ? .textEnd : .lineEnd
    case .pageUp: return .previousEntry
    case .pageDown: return .nextEntry
    case .backspace: return isWide ? .killPreviousWord : .deleteBackward
    case .delete: return isWide ? .killNextWord : .deleteForward
    case .tab: return modifiers.contains(.shift) ? .completeBackward : .complete
    case .escape: return .cancel
    case .character: return nil
    }
  }

  private static let controls: [UInt8: EditCommand] = [
    UInt8(ascii: "a"): .lineStart, UInt8(ascii: "b"): .left, UInt8(ascii: "c"): .interrupt,
    UInt8(ascii: "d"): .deleteOrEnd, UInt8(ascii: "e"): .lineEnd, UInt8(ascii: "f"): .right,
    UInt8(ascii: "g"): .cancel, UInt8(ascii: "k"): .killToLineEnd,
    UInt8(ascii: "l"): .clearScreen, UInt8(ascii: "n"): .down, UInt8(ascii: "p"): .up,
    UInt8(ascii: "r"): .search, UInt8(ascii: "s"): .searchForward,
    UInt8(ascii: "t"): .transpose, UInt8(ascii: "u"): .killToLineStart,
    UInt8(ascii: "w"): .killBlankWord, UInt8(ascii: "y"): .yank, UInt8(ascii: "z"): .suspend,
    UInt8(ascii: "_"): .undo, UInt8(ascii: "/"): .undo,
  ]

  private static let alternatives: [UInt8: EditCommand] = [
    UInt8(ascii: "b"): .wordLeft, UInt8(ascii: "f"): .wordRight,
    UInt8(ascii: "d"): .killNextWord, UInt8(ascii: "<"): .textStart,
    UInt8(ascii: ">"): .textEnd,
  ]
}
