public import SourceText

/// Parses query texts.
public enum KQLParser {
  /// Parses a text. Never fails: what is wrong is in the diagnostics of the tree.
  public static func parse(_ source: SourceText) -> SyntaxTree {
    let all = SourceSpan(0, source.bytes.count)
    let skipped = SyntaxToken(.unexpected, all, triviaStart: 0)
    let root = SyntaxNode(.queryBlock, [SyntaxChild(.skipped, .token(skipped))], at: 0)
    return SyntaxTree(root: root, source: source, diagnostics: [])
  }
}
