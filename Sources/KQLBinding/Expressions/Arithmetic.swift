import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds `a + b - c` or `a * b / c`, left to right.
  func bindArithmeticChain(_ node: SyntaxNode) -> BoundScalar {
    bindChain(node) { left, right, token in
      guard let name = Self.arithmeticNames[token.kind] else { return .failed }
      return bindArithmetic(name, left, right, token)
    }
  }

  /// Binds the operands of a flat chain and joins them from the left.
  func bindChain(
    _ node: SyntaxNode,
    _ join: (BoundScalar, BoundScalar, SyntaxToken) -> BoundScalar
  ) -> BoundScalar {
    let operands = node.children(.operand)
    let operators = node.tokens(.operator)
    guard let first = operands.first, operators.count <= 400 else {
      if !operands.isEmpty { reportLimit(span(node)) }
      return .failed
    }
    var value = bindScalar(first)
    for (operand, token) in zip(operands.dropFirst(), operators) {
      value = join(value, bindScalar(operand), token)
    }
    return value
  }

  private static let arithmeticNames: [TokenKind: String] = [
    .plus: "Add", .minus: "Subtract", .asterisk: "Multiply", .slash: "Divide",
    .percent: "Modulo",
  ]

  private func bindArithmetic(
    _ name: String,
    _ left: BoundScalar,
    _ right: BoundScalar,
    _ token: SyntaxToken
  ) -> BoundScalar {
    let span = frame.callSpan ?? token.span
    guard case .scalar(let first) = left.type, case .scalar(let second) = right.type else {
      let known = left.type == .unknown ? right.type : left.type
      return .call(name, [left, right], unknownResult(name, known), span)
    }
    if first == .datetime, name == "Divide" || name == "Modulo",
      second == .timespan || second == .datetime
    {
      let operands = [left, right].map { sinceOrigin($0, span) }
      let type = name == "Divide" ? ScalarType.real : .timespan
      return .call(name, operands, .scalar(type), span)
    }
    guard let rule = ArithmeticRule.find(name, first, second) else {
      if first == .dynamic, second == .dynamic {
        report(.dynamicRefused(text(token), at: span))
      } else {
        report(.operatorUndefined(text(token), [left.type, right.type], at: span))
      }
      return .failed
    }
    return .call(
      name,
      [convert(left, to: rule.left), convert(right, to: rule.right)],
      .scalar(rule.result),
      span
    )
  }

  /// An instant as the time since the first one there is.
  private func sinceOrigin(_ value: BoundScalar, _ span: SourceSpan) -> BoundScalar {
    guard value.type == .scalar(.datetime) else { return value }
    let origin = BoundScalar(literal: .datetime(DateTime(ticks: 0)))
    return .call("Subtract", [value, origin], .scalar(.timespan), span)
  }

  /// The type where one operand is not known.
  private func unknownResult(_ name: String, _ known: BoundType) -> BoundType {
    switch known {
    case .scalar(.int): .scalar(.long)
    default: .unknown
    }
  }

  /// Binds `-x` and `+x`.
  func bindUnary(_ node: SyntaxNode) -> BoundScalar {
    guard let operand = node.child(.operand), let token = node.token(.operator) else {
      return .failed
    }
    let isMinus = token.kind == .minus
    if isMinus, let least = leastLong(operand) { return least }
    let value = bindScalar(operand)
    guard case .scalar(let type) = value.type else { return value }
    guard type.isNumeric || type == .timespan || type == .dynamic else {
      report(.operatorUndefined(text(token), [value.type], at: frame.callSpan ?? token.span))
      return .failed
    }
    guard isMinus else { return value }
    if let literal = value.literal, let negated = Self.negate(literal) {
      return BoundScalar(literal: negated)
    }
    let number = type == .int ? convert(value, to: .long) : value
    return .call("UnaryMinus", [number], number.type, span(node))
  }

  /// The least long, whose digits without the sign are no long.
  private func leastLong(_ node: SyntaxNode) -> BoundScalar? {
    guard node.kind == .longLiteral, let token = node.token(.value),
      text(token) == "9223372036854775808"
    else { return nil }
    return BoundScalar(literal: .long(.min))
  }

  private static func negate(_ value: Scalar) -> Scalar? {
    switch value {
    case .long(let number): .long(0 &- number)
    case .real(let number): .real(-number)
    case .timespan(let time): .timespan(TimeSpan(ticks: 0 &- time.ticks))
    default: nil
    }
  }
}

/// Which types an arithmetic operator takes and gives.
struct ArithmeticRule {
  let left: ScalarType
  let right: ScalarType
  let result: ScalarType

  private init(_ left: ScalarType, _ right: ScalarType, _ result: ScalarType) {
    (self.left, self.right, self.result) = (left, right, result)
  }

  /// The rule for an operator and two types; nil where there is none.
  static func find(_ name: String, _ left: ScalarType, _ right: ScalarType) -> ArithmeticRule? {
    if left == .dynamic || right == .dynamic { return withDynamic(name, left, right) }
    if left.isNumeric, right.isNumeric {
      let type = Binder.widest(left, right)
      return ArithmeticRule(type, type, type)
    }
    switch name {
    case "Add": return addition(left, right)
    case "Subtract": return subtraction(left, right)
    case "Multiply": return multiplication(left, right)
    case "Divide": return division(left, right)
    default: return remainder(left, right)
    }
  }

  private static func addition(_ left: ScalarType, _ right: ScalarType) -> ArithmeticRule? {
    switch (left, right) {
    case (.timespan, .timespan): ArithmeticRule(left, right, .timespan)
    case (.datetime, .timespan), (.timespan, .datetime): ArithmeticRule(left, right, .datetime)
    default: nil
    }
  }

  private static func subtraction(_ left: ScalarType, _ right: ScalarType) -> ArithmeticRule? {
    switch (left, right) {
    case (.timespan, .timespan), (.datetime, .datetime): ArithmeticRule(left, right, .timespan)
    case (.datetime, .timespan): ArithmeticRule(left, right, .datetime)
    default: nil
    }
  }

  private static func multiplication(_ left: ScalarType, _ right: ScalarType) -> ArithmeticRule? {
    switch (left, right) {
    case (.timespan, _) where right.isNumeric:
      ArithmeticRule(.timespan, factor(right), .timespan)
    case (_, .timespan) where left.isNumeric:
      ArithmeticRule(factor(left), .timespan, .timespan)
    default: nil
    }
  }

  private static func division(_ left: ScalarType, _ right: ScalarType) -> ArithmeticRule? {
    switch (left, right) {
    case (.timespan, .timespan): ArithmeticRule(left, right, .real)
    case (.timespan, _) where right.isNumeric:
      ArithmeticRule(.timespan, factor(right), .timespan)
    default: nil
    }
  }

  private static func remainder(_ left: ScalarType, _ right: ScalarType) -> ArithmeticRule? {
    switch (left, right) {
    case (.timespan, .timespan), (.datetime, .timespan):
      ArithmeticRule(left, right, .timespan)
    default: nil
    }
  }

  /// How a number beside a timespan is taken: whole numbers as long, others as real.
  private static func factor(_ type: ScalarType) -> ScalarType {
    type == .int || type == .long ? .long : .real
  }

  /// A dynamic operand takes the type that the other one asks for; two are refused.
  private static func withDynamic(
    _ name: String,
    _ left: ScalarType,
    _ right: ScalarType
  ) -> ArithmeticRule? {
    let other = left == .dynamic ? right : left
    let isLeft = left == .dynamic
    if other.isNumeric {
      let type = other == .int ? ScalarType.long : other
      return ArithmeticRule(type, type, type)
    }
    switch (other, name) {
    case (.timespan, "Add"), (.timespan, "Subtract"):
      return ArithmeticRule(.timespan, .timespan, .timespan)
    case (.datetime, "Subtract"):
      return ArithmeticRule(.datetime, .datetime, .timespan)
    case (.datetime, "Add"):
      return isLeft
        ? ArithmeticRule(.timespan, .datetime, .datetime)
        : ArithmeticRule(.datetime, .timespan, .datetime)
    default:
      return nil
    }
  }
}
