public import SourceText

extension SyntaxTree {
  /// Writes the tree as an s-expression: `(kind role:(kind …) role:"token text")`.
  ///
  /// Meant for tests and for looking at a tree; punctuation is left out unless `full`.
  public func dump(full: Bool = false) -> String { root.dump(source, full: full) }
}

extension SyntaxNode {
  /// Writes the node as an s-expression; see ``SyntaxTree/dump(full:)``.
  public func dump(_ source: SourceText, full: Bool = false) -> String {
    var text = "(\(kind)"
    for child in children {
      switch child.element {
      case .node(let node):
        text += " \(child.role):\(node.dump(source, full: full))"
      case .token(let token) where token.isMissing:
        text += " \(child.role):<missing>"
      case .token(let token) where full || !child.role.isPunctuation:
        text += " \(child.role):`\(source.text(token.span))`"
      case .token:
        break
      }
    }
    return text + ")"
  }
}

extension SyntaxRole {
  /// Whether tokens in the role say nothing that the kind of the node does not say.
  fileprivate var isPunctuation: Bool {
    switch self {
    case .keyword, .open, .close, .separator, .equals, .colon, .dot, .bar, .endOfText: true
    default: false
    }
  }
}
