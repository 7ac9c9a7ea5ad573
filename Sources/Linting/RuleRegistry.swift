extension LintRule {
  /// Every rule, by code.
  public static let all: [LintRule] = [
    timeFilterMissing, containsForHas, containsWord, caseFoldedComparison, unusedLet,
    searchEverywhere, unionEverything, regexForText, joinKindMissing, deprecatedTable,
    renamedColumn, renamedActionType, singleElementList, booleanLiteral, lateFilter, uselessSort,
    arbitraryRows, caseSensitiveName, wideResult, unusedSuppression, unknownSuppression,
  ]

  /// The rule of a code or a name, in any case.
  public static func named(_ text: String) -> LintRule? {
    let wanted = text.lowercased()
    return all.first { $0.code.lowercased() == wanted || $0.name == wanted }
  }
}
