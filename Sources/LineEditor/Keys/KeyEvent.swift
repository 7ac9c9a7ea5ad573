/// A key, however it was sent.
enum Key: Hashable {
  /// A key with an ASCII character, in lower case; only with Ctrl or Alt, else it is text.
  case character(UInt8)
  case up
  case down
  case left
  case right
  case home
  case end
  case delete
  case pageUp
  case pageDown
  case backspace
  case tab
  case enter
  case escape
}

/// The keys held down with a key.
struct KeyModifiers: OptionSet, Hashable {
  let rawValue: Int

  static let shift = KeyModifiers(rawValue: 1)
  static let alt = KeyModifiers(rawValue: 2)
  static let control = KeyModifiers(rawValue: 4)
}

/// What came from the keyboard.
enum KeyEvent: Hashable {
  /// Typed text: whole characters, none a control character; invalid UTF-8 as it came.
  case text([UInt8])
  /// Pasted text with line feeds as line ends; any other bytes as they came.
  case paste([UInt8])
  /// A key that is no text.
  case press(Key, KeyModifiers)
}
