import SourceText

extension Parser {
  // grammar: assertSchemaOperator
  mutating func parseAssertSchema() -> SyntaxNode {
    var node = NodeBuilder(.assertSchemaOperator)
    node.add(.keyword, advance())
    node.add(.schema, requireRowSchema())
    return node.finish(at: previousEnd)
  }
}
