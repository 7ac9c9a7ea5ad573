import KQLSyntax
public import LineEditor
import SourceText

/// When a text is a whole entry: it ends with `;`, is a command, or a blank line was typed.
public enum EntryRule {
  public static func isComplete(_ draft: EntryDraft) -> Bool {
    if draft.endsInTypedBlankLine || DotCommand.isMeant(draft.text) { return true }
    // Nothing was written: there is no reason to go to another line.
    if draft.text.allSatisfy({ $0 == 0x20 || (0x09...0x0D) ~= $0 }) { return true }
    guard draft.text.contains(UInt8(ascii: ";")) else { return false }
    return endsWithSemicolon(draft.text)
  }

  /// Whether the last token is a semicolon: one in a text or a comment ends nothing.
  private static func endsWithSemicolon(_ text: [UInt8]) -> Bool {
    let tree = KQLParser.parse(SourceText(bytes: text))
    var last: SyntaxToken?
    tree.root.forEachToken { token in
      if token.span.length > 0, token.kind != .endOfText { last = token }
    }
    return last?.kind == .semicolon
  }
}
