/// Gives meaning to the sequences that terminals send for keys.
enum KeySequence {
  /// The parameters that announce pasted text, `ESC [ 200 ~`.
  static let pasteStart: [UInt8] = Array("200".utf8)
  /// The sequence behind pasted text.
  static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  /// The key of `ESC [ parameters final`; nil where it is unknown.
  static func control(parameters: [UInt8], final: UInt8) -> KeyEvent? {
    guard let numbers = numbers(parameters) else { return nil }
    let first = numbers.first ?? 0
    let modifiers = modifiers(numbers.count > 1 ? numbers[1] : 1)
    switch final {
    case ascii("~") where first == 27 && numbers.count > 2:
      return character(numbers[2], modifiers)
    case ascii("~"): return numbered(first).map { .press($0, modifiers) }
    case ascii("u"): return character(first, modifiers)
    case ascii("Z"): return .press(.tab, modifiers.union(.shift))
    default: return lettered(final).map { .press($0, modifiers) }
    }
  }

  /// The key of `ESC O parameters final`, which keypads send; nil where it is unknown.
  static func keypad(parameters: [UInt8], final: UInt8) -> KeyEvent? {
    guard let numbers = numbers(parameters) else { return nil }
    let modifiers = modifiers(numbers.last ?? 1)
    if final == ascii("M") { return .press(.enter, modifiers) }
    return lettered(final).map { .press($0, modifiers) }
  }

  /// The key of a control character.
  static func controlCharacter(_ byte: UInt8, _ modifiers: KeyModifiers = []) -> KeyEvent {
    switch byte {
    case 0x0D, 0x0A: return .press(.enter, modifiers)
    case 0x09: return .press(.tab, modifiers)
    case 0x08, 0x7F: return .press(.backspace, modifiers)
    case 0x1B: return .press(.escape, modifiers)
    default:
      return .press(.character(ASCIIFolding.fold(byte | 0x40)), modifiers.union(.control))
    }
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> UInt8 {
    UInt8(truncatingIfNeeded: scalar.value)
  }

  /// The numbers of parameters such as `1;5` or `97:65;3`; nil for private ones such as `?1`.
  private static func numbers(_ parameters: [UInt8]) -> [Int]? {
    if parameters.contains(where: { $0 < 0x30 || $0 > 0x3B }) { return nil }
    return parameters.split(separator: ascii(";"), omittingEmptySubsequences: false).map { part in
      part.prefix { $0 != ascii(":") }.prefix(8).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
  }

  /// Modifiers are sent as a set of bits plus one.
  private static func modifiers(_ parameter: Int) -> KeyModifiers {
    KeyModifiers(rawValue: max(parameter - 1, 0) & 7)
  }

  private static func lettered(_ final: UInt8) -> Key? {
    switch final {
    case ascii("A"): .up
    case ascii("B"): .down
    case ascii("C"): .right
    case ascii("D"): .left
    case ascii("F"): .end
    case ascii("H"): .home
    default: nil
    }
  }

  private static func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    default: nil
    }
  }

  /// The key of a code point, as newer keyboard protocols send it.
  private static func character(_ code: Int, _ modifiers: KeyModifiers) -> KeyEvent? {
    guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else { return nil }
    if code < 0x20 || code == 0x7F { return controlCharacter(UInt8(code), modifiers) }
    let isShortcut = modifiers.contains(.alt) || modifiers.contains(.control)
    if !isShortcut {
      return ScalarKind(scalar) == .hidden ? nil : .text(Array(String(scalar).utf8))
    }
    return code < 0x7F ? .press(.character(ASCIIFolding.fold(UInt8(code))), modifiers) : nil
  }
}
