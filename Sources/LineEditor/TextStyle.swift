/// What a piece of text is, for its colour.
public enum TextStyle: Sendable, Hashable, CaseIterable {
  case plain
  case keyword
  case `operator`
  case function
  case string
  case number
  case comment
  case error
  /// The prompt before the text.
  case prompt
  /// A control character or an invalid byte, shown as an escape.
  case escaped
  /// Descriptions and hints below the text.
  case faint
  /// The selected completion.
  case selected
}

/// A range of bytes of the text with its style.
public struct StyledRange: Sendable, Equatable {
  /// The bytes.
  public let range: Range<Int>
  /// What they are.
  public let style: TextStyle

  /// Gives `range` a style.
  public init(_ range: Range<Int>, _ style: TextStyle) {
    self.range = range
    self.style = style
  }
}
