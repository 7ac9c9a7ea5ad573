/// The levels of precedence of binary operators, loosest first.
enum BinaryLevel: Int, Comparable {
  // grammar: logicalOr
  case or
  // grammar: logicalAnd
  case and
  // grammar: equality
  case equality
  // grammar: relational
  case relational
  // grammar: additive
  case additive
  // grammar: multiplicative
  case multiplicative
  // grammar: stringMatch
  case stringMatch

  static func < (left: BinaryLevel, right: BinaryLevel) -> Bool { left.rawValue < right.rawValue }

  /// Whether operators of the level go on without parentheses, as in `a + b - c`.
  var isChain: Bool {
    switch self {
    case .or, .and, .additive, .multiplicative: true
    case .equality, .relational, .stringMatch: false
    }
  }

  /// The level of a token; nil if it is no binary operator.
  init?(_ token: SyntaxToken) {
    switch token.kind {
    case .keyword: self.init(token.keyword)
    case .equalEqual, .notEqual, .lessGreater: self = .equality
    case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: self = .relational
    case .plus, .minus: self = .additive
    case .asterisk, .slash, .percent: self = .multiplicative
    case .equalTilde, .notTilde, .colon: self = .stringMatch
    default: return nil
    }
  }

  private init?(_ keyword: Keyword) {
    switch keyword {
    case .or: self = .or
    case .and: self = .and
    case .in, .notIn, .inInsensitive, .notInInsensitive, .hasAny, .hasAll, .between, .notBetween:
      self = .equality
    case .has, .notHas, .hasCs, .notHasCs, .hasprefix, .notHasprefix, .hasprefixCs,
      .notHasprefixCs, .hassuffix, .notHassuffix, .hassuffixCs, .notHassuffixCs, .like, .notLike,
      .likeCs, .notLikeCs, .contains, .notContains, .notContainsWord, .containsCs,
      .containsCsWord, .notContainsCs, .notContainsCsWord, .startswith, .notStartswith,
      .startswithCs, .notStartswithCs, .endswith, .notEndswith, .endswithCs, .notEndswithCs,
      .matchesRegex:
      self = .stringMatch
    default: return nil
    }
  }

  /// The kind of node that an operator of the level makes.
  func kind(_ token: SyntaxToken) -> SyntaxKind {
    switch self {
    case .or: .logicalOr
    case .and: .logicalAnd
    case .relational: .comparison
    case .additive: .addition
    case .multiplicative: .multiplication
    case .stringMatch: .stringMatch
    case .equality:
      switch token.keyword {
      case .between, .notBetween: .betweenExpression
      case .none: .comparison
      default: .inExpression
      }
    }
  }
}
