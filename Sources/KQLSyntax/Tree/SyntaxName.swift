public import SourceText

/// Reads names off the tree.
public enum SyntaxName {
  /// The bytes of the name that a `name` node stands for.
  ///
  /// A word is itself, `['a b']` and `["a b"]` are the text of their string literal, `{a}` is `a`.
  public static func decode(_ node: SyntaxNode, in source: SourceText) -> [UInt8] {
    let parts = node.tokens(.name).map { source.bytes[$0.span.start..<$0.span.end] }
    guard let token = node.token(.name), token.kind == .stringLiteral else {
      return Array(parts.joined())
    }
    return StringLiteral.decode(adjacent: parts)
  }

  /// The pattern that a `wildcardName` node stands for: its parts without brackets, as `Device*`.
  public static func pattern(_ node: SyntaxNode, in source: SourceText) -> [UInt8] {
    Array(node.tokens(.part).map { source.bytes[$0.span.start..<$0.span.end] }.joined())
  }

  /// Whether the name is written in brackets (`['a b']`), so that it is no keyword or call.
  public static func isBracketed(_ node: SyntaxNode) -> Bool { node.token(.open) != nil }
}
