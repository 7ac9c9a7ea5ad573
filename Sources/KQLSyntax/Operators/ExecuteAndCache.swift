import SourceText

extension Parser {
  // grammar: executeAndCacheOperator
  mutating func parseExecuteAndCache() -> SyntaxNode {
    var node = NodeBuilder(.executeAndCacheOperator)
    node.add(.keyword, advance())
    return node.finish(at: previousEnd)
  }
}
