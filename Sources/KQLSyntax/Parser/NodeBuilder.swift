import SourceText

/// Collects the children of a node while its production is parsed.
struct NodeBuilder {
  let kind: SyntaxKind
  private(set) var children: [SyntaxChild] = []

  init(_ kind: SyntaxKind) { self.kind = kind }

  mutating func add(_ role: SyntaxRole, _ token: SyntaxToken) {
    children.append(SyntaxChild(role, .token(token)))
  }

  mutating func add(_ role: SyntaxRole, _ node: SyntaxNode) {
    children.append(SyntaxChild(role, .node(node)))
  }

  /// Adds a node where there is one, and says whether there was.
  @discardableResult
  mutating func add(_ role: SyntaxRole, optional node: SyntaxNode?) -> Bool {
    guard let node else { return false }
    add(role, node)
    return true
  }

  /// The bracket that was opened last.
  var lastOpen: SyntaxToken? {
    children.last { $0.role == .open }?.element.token
  }

  /// Makes the node; `offset` is where it is if it has no children.
  consuming func finish(at offset: Int) -> SyntaxNode {
    SyntaxNode(kind, children, at: offset)
  }
}
