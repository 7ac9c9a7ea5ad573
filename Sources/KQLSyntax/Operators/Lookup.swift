import SourceText

extension Parser {
  // grammar: lookupOperator
  mutating func parseLookup() -> SyntaxNode {
    var node = NodeBuilder(.lookupOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.source, requireExpression("table"))
    parseJoinConditions(&node)
    return node.finish(at: previousEnd)
  }
}
