public import SourceText

/// The syntax tree of a text, with what is wrong in it.
///
/// There always is a tree: an error leaves missing tokens and `skippedTokens` nodes in it.
public struct SyntaxTree: Sendable {
  /// A node of kind `queryBlock`.
  public let root: SyntaxNode
  /// The text.
  public let source: SourceText
  /// What is wrong, in text order.
  public let diagnostics: [Diagnostic]

  init(root: SyntaxNode, source: SourceText, diagnostics: [Diagnostic]) {
    self.root = root
    self.source = source
    self.diagnostics = diagnostics
  }
}
