import KQLFunctions
import KQLSyntax
public import LineEditor
import SourceText

/// The colours of a query text.
public enum QueryHighlighter {
  /// The styles of a text, in its order; what has none is plain.
  public static func styles(of text: [UInt8]) -> [StyledRange] {
    // A command of the shell is no query.
    if text.first == UInt8(ascii: ".") { return [] }
    let tree = KQLParser.parse(SourceText(bytes: text))
    var tokens: [SyntaxToken] = []
    tree.root.forEachToken { tokens.append($0) }
    var styles: [StyledRange] = []
    for (index, token) in tokens.enumerated() {
      addComments(token.leadingTrivia, text, &styles)
      let next = index + 1 < tokens.count ? tokens[index + 1].kind : .endOfText
      if let style = style(of: token, before: next, text), token.span.length > 0 {
        styles.append(StyledRange(token.span.start..<token.span.end, style))
      }
    }
    return styles
  }

  private static func style(
    of token: SyntaxToken,
    before next: TokenKind,
    _ text: [UInt8]
  ) -> TextStyle? {
    switch token.kind {
    case .keyword: return .keyword
    case .identifier:
      guard next == .openParenthesis else { return nil }
      let name = String(decoding: text[token.span.start..<token.span.end], as: UTF8.self)
      let isKnown = FunctionCatalog.scalar(name) != nil || FunctionCatalog.aggregate(name) != nil
      return isKnown ? .function : nil
    case .stringLiteral: return .string
    case .longLiteral, .intLiteral, .realLiteral, .decimalLiteral, .boolLiteral,
      .datetimeLiteral, .timespanLiteral, .guidLiteral, .rawGuidLiteral:
      return .number
    case .unexpected: return .error
    case .openParenthesis, .closeParenthesis, .openBracket, .closeBracket, .openBrace,
      .closeBrace, .comma, .semicolon, .dot, .colon, .directive, .endOfText:
      return nil
    default: return .operator
    }
  }

  /// Comments run from `//` to the end of their line.
  private static func addComments(
    _ trivia: SourceSpan,
    _ text: [UInt8],
    _ styles: inout [StyledRange]
  ) {
    var place = trivia.start
    while place + 1 < trivia.end {
      guard text[place] == UInt8(ascii: "/"), text[place + 1] == UInt8(ascii: "/") else {
        place += 1
        continue
      }
      let end = text[place..<trivia.end].firstIndex(of: 0x0A) ?? trivia.end
      styles.append(StyledRange(place..<end, .comment))
      place = end
    }
  }
}
