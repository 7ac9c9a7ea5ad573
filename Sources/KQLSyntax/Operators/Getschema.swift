import SourceText

extension Parser {
  // grammar: getschemaOperator
  mutating func parseGetschema() -> SyntaxNode {
    var node = NodeBuilder(.getschemaOperator)
    node.add(.keyword, advance())
    if take(.kind, .keyword, &node) {
      expect(.equal, .equals, &node)
      node.add(.kindName, parseWord() ?? requireName())
    }
    return node.finish(at: previousEnd)
  }
}
