import SourceText

extension Parser {
  // grammar: partitionOperator
  mutating func parsePartition() -> SyntaxNode {
    var node = NodeBuilder(.partitionOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    expect(.by, .keyword, &node)
    node.add(.by, parseColumnPath() ?? requireName())
    if take(.in, .keyword, &node) {
      node.add(
        .scope,
        parseParenthesized() ?? parseFunctionCall() ?? parseDynamic() ?? missing("scope")
      )
    }
    if at(.openBrace) {
      open(.openBrace, &node)
      node.add(.query, parsePipeline() ?? missing("expression"))
      close(.closeBrace, &node)
    } else {
      parseSubquery(&node)
    }
    return node.finish(at: previousEnd)
  }

  // grammar: partitionByOperator
  mutating func parsePartitionBy() -> SyntaxNode {
    var node = NodeBuilder(.partitionByOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.by, parseColumnPath() ?? requireName())
    if take(.id, .keyword, &node) { node.add(.id, parseLiteral() ?? missing("literal")) }
    parseSubquery(&node)
    return node.finish(at: previousEnd)
  }
}
