import SourceText

extension Parser {
  // grammar: invokeOperator
  mutating func parseInvoke() -> SyntaxNode {
    var node = NodeBuilder(.invokeOperator)
    node.add(.keyword, advance())
    node.add(.call, parseCallPath())
    return node.finish(at: previousEnd)
  }

  /// Reads a call, or calls with dots between them.
  // grammar: callPath
  private mutating func parseCallPath() -> SyntaxNode {
    let base = requireFunctionCall()
    guard at(.dot) else { return base }
    var node = NodeBuilder(.path)
    node.add(.base, base)
    while at(.dot) {
      var segment = NodeBuilder(.memberSegment)
      segment.add(.dot, advance())
      segment.add(.member, requireFunctionCall())
      node.add(.segment, segment.finish(at: previousEnd))
    }
    return node.finish(at: previousEnd)
  }
}
