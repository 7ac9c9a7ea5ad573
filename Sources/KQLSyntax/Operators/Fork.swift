import SourceText

extension Parser {
  // grammar: forkOperator
  mutating func parseFork() -> SyntaxNode {
    var node = NodeBuilder(.forkOperator)
    node.add(.keyword, advance())
    repeat {
      guard let branch = parseForkBranch() else {
        node.add(.branch, missing("sub-query in parentheses"))
        break
      }
      node.add(.branch, branch)
    } while !endsStage(current)
    return node.finish(at: previousEnd)
  }

  // grammar: forkBranch
  private mutating func parseForkBranch() -> SyntaxNode? {
    let length = nameLength(at: 0)
    let hasName = length > 0 && peek(length).kind == .equal
    guard hasName || at(.openParenthesis) else { return nil }
    var node = NodeBuilder(.forkBranch)
    if hasName {
      node.add(.name, requireName())
      expect(.equal, .equals, &node)
    }
    if Parser.startsOperator(peek(1)) || peek(1).kind.isClosing {
      parseSubquery(&node)
    } else {
      open(.openParenthesis, &node)
      node.add(.subquery, parsePipeline() ?? missing("sub-query"))
      if !at(.closeParenthesis) { skipToClose(&node) }
      close(.closeParenthesis, &node)
    }
    return node.finish(at: previousEnd)
  }
}
