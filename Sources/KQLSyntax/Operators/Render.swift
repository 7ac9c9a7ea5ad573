import SourceText

extension Parser {
  // grammar: renderOperator
  mutating func parseRender() -> SyntaxNode {
    var node = NodeBuilder(.renderOperator)
    node.add(.keyword, advance())
    if at(.identifier) || at(.keyword) && current.keyword.isChart {
      node.add(.chart, advance())
    } else {
      reportExpected("a chart such as 'timechart'")
      node.add(.chart, missingToken(.identifier))
    }
    while let property = parseLegacyRenderProperty() { node.add(.property, property) }
    if take(.with, .keyword, &node) {
      open(.openParenthesis, &node)
      bracketedList(.property, "property", .empty, &node) { $0.parseRenderProperty() }
      close(.closeParenthesis, &node)
    }
    return node.finish(at: previousEnd)
  }

  // grammar: renderProperty
  private mutating func parseRenderProperty() -> SyntaxNode? {
    guard current.keyword.isRenderProperty else { return nil }
    var node = NodeBuilder(.operatorParameter)
    node.add(.name, advance())
    expect(.equal, .equals, &node)
    node.add(.value, parseRenderValue())
    return node.finish(at: previousEnd)
  }

  /// Reads the value of a property: an expression, a word, or names up to the next property.
  // grammar: renderValue
  private mutating func parseRenderValue() -> SyntaxNode {
    guard at(.comma) || peek(1).kind != .comma || !isName(current, declared: true) || isLastName
    else { return parseNameList() }
    if let literal = parseLiteral() { return literal }
    if isName(current), peek(1).kind == .openParenthesis || peek(1).kind == .dot {
      return parsePath() ?? missing("value")
    }
    return parseWord() ?? parsePath() ?? missing("value")
  }

  /// Whether what follows the current name and its comma is the next property.
  private var isLastName: Bool {
    peek(1).kind == .comma && peek(2).keyword.isRenderProperty && peek(3).kind == .equal
  }

  // grammar: nameList
  private mutating func parseNameList() -> SyntaxNode {
    var node = NodeBuilder(.nameList)
    node.add(.item, requireName(declared: true))
    while at(.comma), !(peek(1).keyword.isRenderProperty && peek(2).kind == .equal) {
      node.add(.separator, advance())
      node.add(.item, requireName(declared: true))
    }
    return node.finish(at: previousEnd)
  }

  /// Reads a property in the form without parentheses: `kind=stacked title="x" by a, b`.
  // grammar: legacyRenderProperty
  private mutating func parseLegacyRenderProperty() -> SyntaxNode? {
    let hasEqual = peek(1).kind == .equal
    var node = NodeBuilder(.operatorParameter)
    switch current.keyword {
    case .kind where hasEqual, .title where hasEqual, .accumulate where hasEqual:
      return parseRenderProperty()
    case .with where peek(1).kind != .openParenthesis:
      node.add(.name, advance())
      node.add(.value, parseLiteral() ?? missing("string literal"))
    case .by:
      node.add(.name, advance())
      node.add(.value, parseLegacyNameList())
    default: return nil
    }
    return node.finish(at: previousEnd)
  }

  private mutating func parseLegacyNameList() -> SyntaxNode {
    var node = NodeBuilder(.nameList)
    openList(.item, "name", [], &node) { $0.parseDeclaredName() }
    return node.finish(at: previousEnd)
  }
}
