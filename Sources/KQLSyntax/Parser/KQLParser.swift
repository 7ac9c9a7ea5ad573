public import SourceText

/// Parses query texts.
public enum KQLParser {
  /// Parses a text. Never fails: what is wrong is in the diagnostics of the tree.
  public static func parse(_ source: SourceText) -> SyntaxTree {
    var parser = Parser(source)
    let root = parser.parseQueryBlock()
    let diagnostics = parser.diagnostics.enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
    return SyntaxTree(root: root, source: source, diagnostics: diagnostics)
  }
}
