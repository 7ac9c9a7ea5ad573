import SourceText

extension Parser {
  // grammar: queryParametersStatement
  mutating func parseQueryParameters() -> SyntaxNode {
    var node = NodeBuilder(.queryParametersStatement)
    node.add(.keyword, advance())
    expect(.queryParameters, .keyword, &node)
    open(.openParenthesis, &node)
    bracketedList(.parameter, "parameter", [], &node) { $0.parseFunctionParameter() }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }
}
