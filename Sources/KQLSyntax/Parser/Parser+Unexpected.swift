import SourceText

extension Parser {
  /// Reports that the current token fits nowhere, with a hint where the reason is plain.
  mutating func reportUnexpected() {
    guard canReport else { return }
    let found = describe(current)
    if at(.directive) {
      report(SyntaxDiagnostics.misplacedDirective(at: current.span))
    } else if Self.startsOperator(current), openBrackets == 0 {
      report(SyntaxDiagnostics.missingBar(found: found, at: current.span))
    } else if let (help, replacement) = foreignSyntax {
      report(
        SyntaxDiagnostics.foreignSyntax(
          found,
          at: errorSpan,
          help: help,
          replacement: replacement
        )
      )
    } else {
      report(SyntaxDiagnostics.unexpected(found, at: errorSpan, help: unexpectedHelp))
    }
  }

  private var unexpectedHelp: String? {
    switch current.kind {
    case .equal: "a comparison is written '=='"
    case .notEqual, .equalEqual: "comparisons do not chain: use parentheses"
    case .closeParenthesis, .closeBracket, .closeBrace: "no bracket is open here"
    case .stringLiteral, .identifier, .longLiteral:
      "a ',' or an operator may be missing before it"
    default: nil
    }
  }

  /// What the notation of another language is called here.
  private var foreignSyntax: (help: String, replacement: String?)? {
    let text = source.text(current.span)
    if let match = Self.foreignWords[text.lowercased()] { return match }
    if source.text(peek(-1).span) == "not" { return Self.foreignWords["not"] }
    if at(.exclamationMark) {
      return ("'!' stands right before its operator, as in '!has'; negation is 'not(…)'", nil)
    }
    return nil
  }

  private static let foreignWords: [String: (help: String, replacement: String?)] = [
    "is": ("use isnull(…), isnotnull(…), isempty(…) or isnotempty(…)", nil),
    "not": ("'not' is a function: not(…); operators are negated as in '!has'", nil),
    "and": ("keywords are written in lower case", "and"),
    "or": ("keywords are written in lower case", "or"),
    "?": ("a choice is written iff(condition, yes, no)", nil),
  ]
}
