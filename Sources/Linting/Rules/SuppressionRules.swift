import SourceText

extension LintRule {
  static let unusedSuppression = LintRule(
    "HL020",
    "unused-suppression",
    .hint,
    "a comment silences a rule that finds nothing there",
    explanation: """
      `// harrier-lint: disable=HL001` silences a rule on its line or, where it stands alone, on \
      the next one; `disable-file=` does so for the whole file. Once the query is mended the \
      comment is of no use, and it would hide the next mistake.
      """,
    example: LintExample(
      bad: """
        // harrier-lint: disable=HL007
        DeviceInfo | take 5
        """,
      good: "DeviceInfo | take 5"
    )
  ) { _ in [] }

  static let unknownSuppression = LintRule(
    "HL021",
    "unknown-suppression",
    .warning,
    "a comment silences a rule that does not exist",
    explanation: """
      A comment such as `// harrier-lint: disable=HL999` silences nothing: there is no such rule. \
      `harrier lint --list` shows the rules; codes and names are understood, `all` is every rule.
      """,
    example: LintExample(
      bad: """
        // harrier-lint: disable=time-filter
        DeviceInfo | take 5
        """,
      good: "DeviceInfo | take 5"
    )
  ) { _ in [] }
}
