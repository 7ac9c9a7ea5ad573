import SourceText

extension Parser {
  /// Reads parameters such as `kind=inner hint.strategy=shuffle` before the operands of an
  /// operator.
  ///
  /// `declared` are the parameters of the operator besides those that every operator takes.
  // grammar: operatorParameter
  mutating func parseParameters(_ declared: Set<Keyword>, _ node: inout NodeBuilder) {
    while isParameterName(current, declared), peek(1).kind == .equal {
      var parameter = NodeBuilder(.operatorParameter)
      parameter.add(.name, advance())
      parameter.add(.equals, advance())
      parameter.add(.value, parseParameterValue())
      node.add(.parameter, parameter.finish(at: previousEnd))
    }
  }

  private func isParameterName(_ token: SyntaxToken, _ declared: Set<Keyword>) -> Bool {
    token.kind == .keyword
      && (Self.sharedParameters.contains(token.keyword)
        || declared.contains(token.keyword))
  }

  /// Reads the value of a parameter: a literal or a word.
  // grammar: parameterValue
  mutating func parseParameterValue() -> SyntaxNode {
    parseLiteral() ?? parseWord() ?? parseName() ?? missing("value")
  }

  /// Parameters that may stand before the operands of every operator that takes parameters.
  private static let sharedParameters: Set<Keyword> = [
    .crossCluster, .crossDatabase, .underscoreId, .underscoreIsFuzzy, .noWithSource,
    .packedColumn, .sourceColumnIndex, .bagexpansion, .binLegacy, .cycles, .decodeblocks,
    .expandoutput, .forceRemote, .hintConcurrency, .hintDistribution, .hintMaterialized,
    .hintNumPartitions, .hintPassFilters, .hintPassFiltersColumn, .hintProgressiveTop,
    .hintRemote, .hintShufflekey, .hintSpread, .hintStrategy, .isfuzzy, .kind, .withItemIndex,
    .withMatchId, .withSourceUnderscore, .withStepName, .withSource,
  ]
}
