import SourceText

extension Parser {
  // grammar: facetOperator
  mutating func parseFacet() -> SyntaxNode {
    var node = NodeBuilder(.facetOperator)
    node.add(.keyword, advance())
    expect(.by, .keyword, &node)
    openList(.column, "name", [], &node) { $0.parseColumnPath() }
    guard take(.with, .keyword, &node) else { return node.finish(at: previousEnd) }
    if at(.openParenthesis) {
      parseSubquery(&node)
    } else {
      node.add(.subquery, nested { $0.parseSingleStage() } ?? missing("query operator"))
    }
    return node.finish(at: previousEnd)
  }
}
