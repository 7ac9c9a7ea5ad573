import SourceText

@testable import KQLSyntax

extension SyntaxTree {
  /// The tree as an s-expression in which names and literals are their text. A lone query is
  /// written
  /// without its statement, and a lone operator after a table without its pipeline.
  var brief: String {
    let statements = root.children(.statement)
    guard root.children.count == 2, let query = statements.first?.child(.expression) else {
      return root.brief(source)
    }
    let stages = query.children(.stage)
    guard query.kind == .pipeline, stages.count == 1, query.child(.source)?.kind == .name else {
      return query.brief(source)
    }
    return stages[0].brief(source)
  }
}

extension SyntaxNode {
  fileprivate func brief(_ source: SourceText) -> String {
    if let token = soleToken { return source.text(token.span) }
    let parts = children.compactMap { child -> String? in
      switch child.element {
      case .node(let node): "\(child.role):\(node.brief(source))"
      case .token(let token):
        Self.silent.contains(child.role) ? nil : "\(child.role):\(source.text(token.span))"
      }
    }
    return "(" + (["\(kind)"] + parts).joined(separator: " ") + ")"
  }

  /// The token of a name, a type or a literal that is one token.
  private var soleToken: SyntaxToken? {
    guard
      kind == .name || kind == .typeName || kind == .starExpression
        || "\(kind)".hasSuffix("Literal")
    else { return nil }
    return children.count == 1 ? children[0].element.token : nil
  }

  private static let silent: Set<SyntaxRole> = [
    .keyword, .open, .close, .separator, .equals, .colon, .dot, .bar, .endOfText,
  ]
}

extension String {
  /// The text with its line breaks and the blanks around them as single blanks.
  var joinedLines: String {
    split(separator: "\n").map { line in
      String(line.drop { $0 == " " })
    }.joined(separator: " ")
  }
}
