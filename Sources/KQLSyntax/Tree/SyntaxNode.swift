public import SourceText

/// A node or a token.
public enum SyntaxElement: Sendable {
  case node(SyntaxNode)
  case token(SyntaxToken)

  /// The node, if it is one.
  public var node: SyntaxNode? {
    if case .node(let node) = self { node } else { nil }
  }

  /// The token, if it is one.
  public var token: SyntaxToken? {
    if case .token(let token) = self { token } else { nil }
  }

  /// Where its text is, without the trivia of the first token.
  public var span: SourceSpan {
    switch self {
    case .node(let node): node.span
    case .token(let token): token.span
    }
  }
}

/// A child of a node with the part that it plays there.
public struct SyntaxChild: Sendable {
  public let role: SyntaxRole
  public let element: SyntaxElement

  init(_ role: SyntaxRole, _ element: SyntaxElement) {
    self.role = role
    self.element = element
  }
}

/// An immutable node of the lossless syntax tree.
///
/// Which children a kind of node has is written in ``SyntaxKind``. Depth is capped by the parser,
/// so
/// recursion over children is safe.
public final class SyntaxNode: Sendable {
  public let kind: SyntaxKind
  /// All children in text order.
  public let children: [SyntaxChild]
  /// Where the text of the node is, without the trivia of its first token; empty where all is
  /// missing.
  public let span: SourceSpan

  init(_ kind: SyntaxKind, _ children: [SyntaxChild], at fallback: Int) {
    self.kind = kind
    self.children = children
    self.span = Self.cover(children) ?? .at(fallback)
  }

  /// The first child node in a role.
  public func child(_ role: SyntaxRole) -> SyntaxNode? {
    for child in children where child.role == role {
      if case .node(let node) = child.element { return node }
    }
    return nil
  }

  /// All child nodes in a role, in text order.
  public func children(_ role: SyntaxRole) -> [SyntaxNode] {
    children.compactMap { $0.role == role ? $0.element.node : nil }
  }

  /// The first token in a role; it may be missing in the text (``SyntaxToken/isMissing``).
  public func token(_ role: SyntaxRole) -> SyntaxToken? {
    for child in children where child.role == role {
      if case .token(let token) = child.element { return token }
    }
    return nil
  }

  /// All tokens in a role, in text order.
  public func tokens(_ role: SyntaxRole) -> [SyntaxToken] {
    children.compactMap { $0.role == role ? $0.element.token : nil }
  }

  /// All nodes and tokens in a role, in text order.
  public func elements(in role: SyntaxRole) -> [SyntaxElement] {
    children.compactMap { $0.role == role ? $0.element : nil }
  }

  /// Covers what is in the text: empty parts at the edges do not stretch it over trivia.
  private static func cover(_ children: [SyntaxChild]) -> SourceSpan? {
    let first = children.first { $0.element.span.length > 0 } ?? children.first
    let last = children.last { $0.element.span.length > 0 } ?? children.last
    guard let first, let last else { return nil }
    return SourceSpan(first.element.span.start, last.element.span.end)
  }
}
