import KQLSyntax
import SourceText

extension LintRule {
  static let containsForHas = LintRule(
    "HL002",
    "contains-for-has",
    .warning,
    "`contains` reads every value where `has` finds the same through the index of terms",
    explanation: """
      `contains` looks at every byte of a column. `has` looks for whole terms (runs of letters \
      and digits), which the index of terms of a column answers without reading most of it. \
      Where the text that is looked for begins and ends with something that is neither a letter \
      nor a digit, both find the same rows, so `has` is better.
      """,
    example: LintExample(
      bad: #"DeviceProcessEvents | where FolderPath contains @"\Temp\""#,
      good: #"DeviceProcessEvents | where FolderPath has @"\Temp\""#
    )
  ) { context in
    ContainsSearch.all(in: context).compactMap { search in
      guard search.isBounded, search.hasTerm else { return nil }
      return LintMatch(
        "'\(search.word)' finds the same as '\(search.replacement)' here, without the index",
        at: search.token.span,
        help: "the text has no letter or digit at its ends, so '\(search.replacement)' "
          + "finds the same rows",
        fixIt: FixIt(
          "change to '\(search.replacement)'",
          span: search.token.span,
          replacement: search.replacement
        )
      )
    }
  }

  static let containsWord = LintRule(
    "HL003",
    "contains-word",
    .hint,
    "`contains` with a word: `has` is faster if the word is meant as a whole",
    explanation: """
      `contains "powershell"` also finds the text within longer words, such as `mypowershell2`, \
      and reads every value for it. If the word is meant as a whole, `has` finds it through the \
      index of terms. Which is meant only the author knows: there is no fix-it, and a search for \
      a part of a word is fine as it is. `hasprefix` and `hassuffix` are between the two.
      """,
    example: LintExample(
      bad: #"DeviceProcessEvents | where ProcessCommandLine contains "mimikatz""#,
      good: #"DeviceProcessEvents | where ProcessCommandLine has "mimikatz""#
    )
  ) { context in
    ContainsSearch.all(in: context).compactMap { search in
      guard !search.isBounded, search.hasTerm else { return nil }
      return LintMatch(
        "'\(search.word)' reads every value; '\(search.replacement)' finds whole words faster",
        at: search.token.span,
        help: "use '\(search.replacement)' unless parts of longer words are meant too"
      )
    }
  }
}

/// A `contains` or its kin over a column with a text of the query.
private struct ContainsSearch {
  let token: SyntaxToken
  let word: String
  /// The operator that looks for whole terms.
  let replacement: String
  let needle: String

  private static let counterparts: [Keyword: String] = [
    .contains: "has", .notContains: "!has", .notContainsWord: "!has", .containsCs: "has_cs",
    .containsCsWord: "has_cs", .notContainsCs: "!has_cs", .notContainsCsWord: "!has_cs",
  ]

  static func all(in context: LintContext) -> [ContainsSearch] {
    context.nodes(of: .stringMatch).compactMap { placed in
      let operands = placed.node.children(.operand)
      guard operands.count == 2, let token = placed.node.token(.operator),
        let replacement = counterparts[token.keyword],
        let needle = context.literal(operands[1]),
        context.calls.at(token.span).contains(where: \.searchesColumn)
      else { return nil }
      return ContainsSearch(
        token: token,
        word: context.text(token),
        replacement: replacement,
        needle: needle
      )
    }
  }

  /// Whether no term goes on beyond the needle's ends, so that it lies in a value as whole terms.
  var isBounded: Bool {
    guard let first = needle.unicodeScalars.first, let last = needle.unicodeScalars.last else {
      return false
    }
    return !Terms.contains(first) && !Terms.contains(last)
  }

  /// Whether a term is long enough for an index.
  var hasTerm: Bool { Terms.longest(in: needle) >= 3 }
}
