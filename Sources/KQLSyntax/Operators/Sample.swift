import SourceText

extension Parser {
  // grammar: sampleOperator
  mutating func parseSample() -> SyntaxNode {
    var node = NodeBuilder(.sampleOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.count, requireNamedExpression())
    return node.finish(at: previousEnd)
  }

  // grammar: sampleDistinctOperator
  mutating func parseSampleDistinct() -> SyntaxNode {
    var node = NodeBuilder(.sampleDistinctOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.count, requireNamedExpression())
    expect(.of, .keyword, &node)
    node.add(.of, requireNamedExpression())
    return node.finish(at: previousEnd)
  }
}
