import SourceText

/// Lays out query texts in one style.
///
/// One operator of a pipeline a line, lists and conditions wrapped at 100 columns, comments kept
/// where
/// they are. Only white space changes: the tokens are the same before and after, and formatting
/// what
/// was formatted changes nothing.
public enum KQLFormatter {
  /// The width that lines are wrapped to where that is possible.
  static let lineWidth = 100

  /// The formatted text of a tree; the text itself where it has syntax errors.
  public static func format(_ tree: SyntaxTree) -> [UInt8] {
    guard !tree.diagnostics.hasErrors else { return tree.source.bytes }
    var builder = LayoutBuilder(tree.source)
    builder.add(tree.root)
    var printer = LayoutPrinter(source: tree.source, steps: builder.steps)
    let result = printer.run()
    // Blanks between two tokens can matter (`bool (x)` calls a function, `bool(x)` is a literal).
    return hasSameTokens(tree.source, SourceText(bytes: result)) ? result : tree.source.bytes
  }

  /// The formatted text of a tree as a string.
  public static func formatted(_ tree: SyntaxTree) -> String {
    String(decoding: format(tree), as: UTF8.self)
  }

  private static func hasSameTokens(_ left: SourceText, _ right: SourceText) -> Bool {
    tokens(of: left).elementsEqual(tokens(of: right), by: ==)
  }

  /// The kinds and texts of the tokens of a text.
  static func tokens(of source: SourceText) -> [TokenText] {
    var lexer = Lexer(source)
    lexer.run()
    return lexer.tokens.map {
      TokenText(kind: $0.kind, bytes: source.bytes[$0.span.start..<$0.span.end])
    }
  }

  /// What must not change in formatting.
  struct TokenText: Equatable {
    let kind: TokenKind
    let bytes: ArraySlice<UInt8>
  }
}
