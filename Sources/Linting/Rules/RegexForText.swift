import KQLSyntax
import SourceText

extension LintRule {
  static let regexForText = LintRule(
    "HL008",
    "regex-for-text",
    .warning,
    "`matches regex` with a pattern that is a plain text",
    explanation: """
      A regular expression is run over each value. Where the pattern is a plain text, an operator \
      for texts finds the same without it: `contains_cs` for `foo`, `contains` for `(?i)foo`, \
      `startswith_cs` for `^foo`, `endswith_cs` for `foo$`, `==` for `^foo$`. For whole words \
      `has` is faster still, and `has_any` replaces `(?i)\\b(foo|bar)\\b`.
      """,
    example: LintExample(
      bad: #"DeviceProcessEvents | where FileName matches regex @"^powershell\.exe$""#,
      good: #"DeviceProcessEvents | where FileName == "powershell.exe""#
    )
  ) { context in
    context.nodes(of: .stringMatch).compactMap { placed in
      let operands = placed.node.children(.operand)
      guard operands.count == 2, let token = placed.node.token(.operator),
        token.keyword == .matchesRegex, operands[0].isTight,
        let pattern = context.literal(operands[1]), let plain = PlainPattern(pattern)
      else { return nil }
      return plain.match(SourceSpan(token.span.start, operands[1].span.end))
    }
  }
}

/// A regular expression that stands for texts alone.
struct PlainPattern: Equatable {
  /// The texts any of which the pattern matches; never empty.
  private(set) var texts: [String] = []
  private(set) var ignoresCase = false
  private(set) var startsAtStart = false
  private(set) var endsAtEnd = false
  private(set) var isWord = false

  /// Reads a pattern; nil where it has anything but plain texts, `|`, `(?i)`, `^`, `$` and `\b`.
  init?(_ pattern: String) {
    var rest = Substring(pattern)
    if rest.hasPrefix("(?i)") {
      ignoresCase = true
      rest = rest.dropFirst(4)
    }
    if rest.hasPrefix("^") {
      startsAtStart = true
      rest = rest.dropFirst()
    } else {
      while rest.hasPrefix(".*"), !rest.hasPrefix(".*?") { rest = rest.dropFirst(2) }
    }
    if rest.hasPrefix(#"\b"#), rest.hasSuffix(#"\b"#), rest.count > 4 {
      isWord = true
      rest = rest.dropFirst(2).dropLast(2)
    }
    guard let read = Self.alternatives(&rest) else { return nil }
    if rest == "$" {
      endsAtEnd = true
    } else {
      while rest.hasPrefix(".*") { rest = rest.dropFirst(2) }
      guard rest.isEmpty else { return nil }
    }
    texts = read
    let isAnchored = startsAtStart || endsAtEnd
    if texts.contains(where: \.isEmpty) || texts.count > 1 && isAnchored { return nil }
    if isAnchored && isWord || startsAtStart && endsAtEnd && ignoresCase { return nil }
  }

  /// Reads `a|b|c`, in one pair of brackets or none, up to what is no text.
  private static func alternatives(_ rest: inout Substring) -> [String]? {
    let prefix = rest.hasPrefix("(?:") ? 3 : rest.hasPrefix("(") ? 1 : 0
    rest = rest.dropFirst(prefix)
    var texts: [String] = []
    while let text = plainText(&rest) {
      texts.append(text)
      guard rest.first == "|" else { break }
      rest = rest.dropFirst()
    }
    if prefix > 0 {
      guard rest.first == ")" else { return nil }
      rest = rest.dropFirst()
    } else if texts.count > 1, !rest.isEmpty {
      // In `a|b$` the end belongs to the last alternative alone.
      return nil
    }
    if let next = rest.first, "?*+{".contains(next) { return nil }
    return texts
  }

  /// Reads characters that stand for themselves; nil where one of them is repeated.
  private static func plainText(_ rest: inout Substring) -> String? {
    var text = ""
    while let character = rest.first {
      var width = 1
      var plain = character
      if character == "\\" {
        guard let escaped = rest.dropFirst().first, escaped.isASCII,
          !escaped.isLetter, !escaped.isNumber
        else { return text.isEmpty ? nil : text }
        plain = escaped
        width = 2
      } else if ".^$|?*+()[]{}".contains(character) {
        return text
      }
      if let next = rest.dropFirst(width).first, "?*+{".contains(next) { return nil }
      text.append(plain)
      rest = rest.dropFirst(width)
    }
    return text
  }

  func match(_ span: SourceSpan) -> LintMatch? {
    guard let text = texts.first else { return nil }
    if texts.count > 1 || isWord { return severalTexts(span) }
    guard let literal = KQLText.literal(text) else { return nil }
    let replacement = "\(searchOperator) \(literal)"
    return LintMatch(
      "the pattern is a plain text",
      at: span,
      help: "'\(searchOperator)' finds the same without a regular expression"
        + (startsAtStart || endsAtEnd ? "" : "; 'has' is faster where whole words are meant"),
      fixIt: FixIt("change to '\(replacement)'", span: span, replacement: replacement)
    )
  }

  private var searchOperator: String {
    let suffix = ignoresCase ? "" : "_cs"
    switch (startsAtStart, endsAtEnd) {
    case (true, true): return "=="
    case (true, false): return "startswith\(suffix)"
    case (false, true): return "endswith\(suffix)"
    case (false, false): return "contains\(suffix)"
    }
  }

  private func severalTexts(_ span: SourceSpan) -> LintMatch? {
    let areTerms = texts.allSatisfy { text in
      text.unicodeScalars.allSatisfy(Terms.contains) && text.unicodeScalars.count >= 3
    }
    guard areTerms else { return nil }
    let list = texts.map { "\"\($0)\"" }.joined(separator: ", ")
    let call = texts.count > 1 ? "has_any (\(list))" : "has \(list)"
    return LintMatch(
      "the pattern is a choice of plain words",
      at: span,
      help: "'\(call)' finds whole words through the index"
        + (ignoresCase ? "" : "; it ignores case, which the pattern does not")
    )
  }
}
