import Testing

@testable import KQLSyntax

/// Holds the tree of each query operator; names and literals are written as their text.
struct OperatorTreeTests {
  @Test(arguments: trees)
  func tree(text: String, expected: String) {
    let tree = SyntaxTree(text)
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.brief == expected.joinedLines)
  }

  /// One family of operators a file.
  static let trees =
    sourceTrees + columnTrees + rowTrees + groupingTrees + subqueryTrees + graphTrees
}
