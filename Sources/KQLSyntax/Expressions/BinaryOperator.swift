/// Tells which tokens are binary operators, by level of precedence.
enum BinaryOperator {
  /// Whether a token is an operator between texts such as `has`, `startswith`, `=~` or `:`.
  static func stringMatch(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .equalTilde, .notTilde, .colon: true
    case .keyword: stringMatch(token.keyword)
    default: false
    }
  }

  private static func stringMatch(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .has, .notHas, .hasCs, .notHasCs, .hasprefix, .notHasprefix, .hasprefixCs,
      .notHasprefixCs, .hassuffix, .notHassuffix, .hassuffixCs, .notHassuffixCs, .like, .notLike,
      .likeCs, .notLikeCs, .contains, .notContains, .notContainsWord, .containsCs,
      .containsCsWord, .notContainsCs, .notContainsCsWord, .startswith, .notStartswith,
      .startswithCs, .notStartswithCs, .endswith, .notEndswith, .endswithCs, .notEndswithCs,
      .matchesRegex:
      true
    default: false
    }
  }

  static func multiplicative(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .asterisk, .slash, .percent: true
    default: false
    }
  }

  static func additive(_ token: SyntaxToken) -> Bool {
    token.kind == .plus || token.kind == .minus
  }

  static func relational(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: true
    default: false
    }
  }

  /// The kind of node that an operator of the level of `==` makes.
  static func equality(_ token: SyntaxToken) -> SyntaxKind? {
    switch token.kind {
    case .equalEqual, .notEqual, .lessGreater: .comparison
    case .keyword:
      switch token.keyword {
      case .in, .notIn, .inInsensitive, .notInInsensitive, .hasAny, .hasAll: .inExpression
      case .between, .notBetween: .betweenExpression
      default: nil
      }
    default: nil
    }
  }
}
