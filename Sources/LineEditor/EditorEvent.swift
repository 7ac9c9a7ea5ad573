/// What a person did at the prompt.
public enum EditorEvent: Sendable, Equatable {
  /// Entered a text: its bytes as they were typed, valid UTF-8 or not, with line feeds as line
  /// ends and without those behind the text.
  case entry([UInt8])
  /// Dropped the text with Ctrl-C.
  case interrupted
  /// Pressed Ctrl-D on an empty text, or closed the input.
  case endOfInput
}
