import SourceText

extension Parser {
  // grammar: evaluateOperator
  mutating func parseEvaluate() -> SyntaxNode {
    var node = NodeBuilder(.evaluateOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.call, requireFunctionCall())
    if take(.colon, .colon, &node) {
      node.add(.schema, parseRowSchema(allowsStar: true) ?? requireRowSchema())
    }
    return node.finish(at: previousEnd)
  }
}
