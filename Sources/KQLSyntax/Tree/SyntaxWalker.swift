extension SyntaxNode {
  /// Calls `visit` with each token below the node in text order, without recursion.
  public func forEachToken(_ visit: (SyntaxToken) -> Void) {
    var pending: [(node: SyntaxNode, next: Int)] = [(self, 0)]
    while let top = pending.last {
      guard top.next < top.node.children.count else {
        pending.removeLast()
        continue
      }
      pending[pending.count - 1].next += 1
      switch top.node.children[top.next].element {
      case .token(let token): visit(token)
      case .node(let node): pending.append((node, 0))
      }
    }
  }

  /// Calls `visit` with the node and each node below it, parents first, in text order.
  ///
  /// Children of a node for which `visit` answers false are left out.
  public func forEachNode(_ visit: (SyntaxNode) -> Bool) {
    var pending = [self]
    while let node = pending.popLast() {
      guard visit(node) else { continue }
      for child in node.children.reversed() {
        if case .node(let below) = child.element { pending.append(below) }
      }
    }
  }
}
