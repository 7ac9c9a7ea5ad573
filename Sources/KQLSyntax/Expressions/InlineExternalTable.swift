import SourceText

extension Parser {
  // grammar: inlineExternalTable
  mutating func parseInlineExternalTable() -> SyntaxNode? {
    guard at(.inlineExternalTable) else { return nil }
    var node = NodeBuilder(.inlineExternalTable)
    node.add(.keyword, advance())
    node.add(.schema, optional: parseRowSchema())
    expect(.kind, .keyword, &node)
    expect(.equal, .equals, &node)
    node.add(.kindName, parseWord() ?? requireName())
    node.add(.partition, optional: parseInlinePartition())
    node.add(.pathFormat, optional: parseInlinePathFormat())
    if take(.dataFormat, .keyword, &node) {
      expect(.equal, .equals, &node)
      node.add(.dataFormat, parseWord() ?? requireName())
    }
    open(.openParenthesis, &node)
    bracketedList(.value, "connection string", .trailingComma, &node) { $0.parseExpression() }
    close(.closeParenthesis, &node)
    node.add(.with, optional: parseWithClause())
    return node.finish(at: previousEnd)
  }

  // grammar: inlinePartition
  private mutating func parseInlinePartition() -> SyntaxNode? {
    guard at(.partition) else { return nil }
    var node = NodeBuilder(.inlinePartitionClause)
    node.add(.keyword, advance())
    expect(.by, .keyword, &node)
    open(.openParenthesis, &node)
    bracketedList(.column, "partition column", [], &node) { $0.parseInlinePartitionColumn() }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: inlinePartitionColumn
  private mutating func parseInlinePartitionColumn() -> SyntaxNode? {
    guard nameLength(at: 0, declared: true) > 0 else { return nil }
    var node = NodeBuilder(.inlinePartitionColumn)
    node.add(.name, requireName(declared: true))
    expect(.colon, .colon, &node)
    node.add(.type, requireTypeName())
    if take(.equal, .equals, &node) { node.add(.expression, requireExpression()) }
    return node.finish(at: previousEnd)
  }

  // grammar: inlinePathFormat
  private mutating func parseInlinePathFormat() -> SyntaxNode? {
    guard at(.pathFormat) else { return nil }
    var node = NodeBuilder(.inlinePathFormatClause)
    node.add(.keyword, advance())
    expect(.equal, .equals, &node)
    open(.openParenthesis, &node)
    while !current.kind.isClosing, let item = parsePathFormatItem() { node.add(.item, item) }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  private mutating func parsePathFormatItem() -> SyntaxNode? {
    parseString() ?? parseFunctionCall() ?? parseName(declared: true)
  }
}
