import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds `has`, `contains`, `startswith`, `=~`, `matches regex` and their kin.
  func bindStringMatchChain(_ node: SyntaxNode) -> BoundScalar {
    if let star = node.children(.operand).first, star.kind == .starExpression {
      return bindStarMatch(node)
    }
    return bindChain(node) { left, right, token in
      guard let name = Self.stringOperator(token) else { return .failed }
      return bindStringMatch(name, left, right, token)
    }
  }

  /// The official name of a string operator.
  static func stringOperator(_ token: SyntaxToken) -> String? {
    switch token.kind {
    case .equalTilde: "EqualTilde"
    case .notTilde: "BangTilde"
    case .colon: "Search"
    default: stringOperatorNames[token.keyword]
    }
  }

  private static let stringOperatorNames: [Keyword: String] = [
    .contains: "Contains", .containsCs: "ContainsCs", .notContains: "NotContains",
    .notContainsCs: "NotContainsCs", .containsCsWord: "ContainsCs",
    .notContainsWord: "NotContains", .notContainsCsWord: "NotContainsCs",
    .startswith: "StartsWith", .startswithCs: "StartsWithCs",
    .notStartswith: "NotStartsWith", .notStartswithCs: "NotStartsWithCs",
    .endswith: "EndsWith", .endswithCs: "EndsWithCs", .notEndswith: "NotEndsWith",
    .notEndswithCs: "NotEndsWithCs", .has: "Has", .hasCs: "HasCs", .notHas: "NotHas",
    .notHasCs: "NotHasCs", .hasprefix: "HasPrefix", .hasprefixCs: "HasPrefixCs",
    .notHasprefix: "NotHasPrefix", .notHasprefixCs: "NotHasPrefixCs",
    .hassuffix: "HasSuffix", .hassuffixCs: "HasSuffixCs", .notHassuffix: "NotHasSuffix",
    .notHassuffixCs: "NotHasSuffixCs", .like: "Like", .likeCs: "LikeCs",
    .notLike: "NotLike", .notLikeCs: "NotLikeCs", .matchesRegex: "MatchRegex",
  ]

  func bindStringMatch(
    _ name: String,
    _ left: BoundScalar,
    _ right: BoundScalar,
    _ token: SyntaxToken
  ) -> BoundScalar {
    let span = frame.callSpan ?? token.span
    guard Self.isText(left.type), Self.isText(right.type) else {
      report(
        .operatorUndefined(
          text(token),
          [left.type, right.type],
          at: span,
          help: "convert the operand with tostring()"
        )
      )
      return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
    }
    return .call(
      name,
      [convert(left, to: .string), convert(right, to: .string)],
      .scalar(.bool),
      span
    )
  }

  private static func isText(_ type: BoundType) -> Bool {
    switch type {
    case .scalar(.string), .scalar(.dynamic), .unknown: true
    default: false
    }
  }

  /// `* has "x"`: true where it is for any column; `* !has "x"`: true where no column has it.
  private func bindStarMatch(_ node: SyntaxNode) -> BoundScalar {
    let operands = node.children(.operand)
    guard operands.count == 2, let token = node.tokens(.operator).first,
      let name = Self.stringOperator(token), let row = frame.row
    else {
      report(.starNotAllowed(at: span(node)))
      return .failed
    }
    let needle = bindScalar(operands[1])
    guard Self.isText(needle.type) else {
      report(.operatorUndefined(text(token), [needle.type], at: frame.callSpan ?? token.span))
      return .failed
    }
    let combine = Self.isNegated(name) ? everyColumn : anyColumn
    return combine(row.columns, span(node)) { column in
      self.bindStringMatch(name, self.convert(self.column(column), to: .string), needle, token)
    }
  }

  /// Whether an operator, by its official name, says that something is not so.
  static func isNegated(_ name: String) -> Bool { name.hasPrefix("Not") || name == "BangTilde" }

  /// A test that holds where it does for any column.
  func anyColumn(
    _ columns: [PlanColumn],
    _ span: SourceSpan,
    _ test: (PlanColumn) -> BoundScalar
  ) -> BoundScalar {
    combine(columns.map(test), "Or", ofNone: false, span)
  }

  /// A test that holds where it does for every column.
  func everyColumn(
    _ columns: [PlanColumn],
    _ span: SourceSpan,
    _ test: (PlanColumn) -> BoundScalar
  ) -> BoundScalar {
    combine(columns.map(test), "And", ofNone: true, span)
  }

  private func combine(
    _ tests: [BoundScalar],
    _ name: String,
    ofNone: Bool,
    _ span: SourceSpan
  ) -> BoundScalar {
    if tests.count == 1, let only = tests.first { return only }
    if tests.isEmpty { return BoundScalar(literal: .bool(ofNone)) }
    return .call(name, tests, .scalar(.bool), span)
  }
}
