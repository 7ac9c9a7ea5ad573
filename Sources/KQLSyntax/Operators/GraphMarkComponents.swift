import SourceText

extension Parser {
  // grammar: graphMarkComponentsOperator
  mutating func parseGraphMarkComponents() -> SyntaxNode {
    var node = NodeBuilder(.graphMarkComponentsOperator)
    node.add(.keyword, advance())
    parseParameters([.withComponentId], &node)
    return node.finish(at: previousEnd)
  }
}
