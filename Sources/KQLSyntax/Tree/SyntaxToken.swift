public import SourceText

/// A token of the tree: a piece of the text with the white space and comments before it.
///
/// The trivia and text of all tokens of a tree, one after the other, are the whole text.
public struct SyntaxToken: Sendable, Hashable {
  /// What the token is.
  public let kind: TokenKind
  /// Which keyword it is; `none` for anything but ``TokenKind/keyword``.
  public let keyword: Keyword
  /// Whether the text lacks it: an empty token that keeps the shape of a node.
  public let isMissing: Bool
  /// Where its text is, without the trivia.
  public let span: SourceSpan
  /// Offset of the first byte of its trivia.
  let triviaStart: Int

  /// White space and comments before it.
  public var leadingTrivia: SourceSpan { SourceSpan(triviaStart, span.start) }

  init(
    _ kind: TokenKind,
    _ span: SourceSpan,
    triviaStart: Int,
    keyword: Keyword = .none,
    isMissing: Bool = false
  ) {
    self.kind = kind
    self.keyword = keyword
    self.isMissing = isMissing
    self.span = span
    self.triviaStart = triviaStart
  }
}
