import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds `a and b and c` to one call with all operands.
  func bindLogical(_ node: SyntaxNode, _ name: String) -> BoundScalar {
    let operands = node.children(.operand)
    let tokens = node.tokens(.operator)
    var values: [BoundScalar] = []
    var previous: BoundType = .scalar(.bool)
    for (index, operand) in operands.enumerated() {
      let value = bindScalar(operand)
      let isTruth = value.type.mayBe(.bool) || value.type == .scalar(.dynamic)
      let wasTruth = previous.mayBe(.bool) || previous == .scalar(.dynamic)
      if index > 0, !isTruth || !wasTruth, index <= tokens.count {
        let token = tokens[index - 1]
        report(
          .operatorUndefined(
            text(token),
            [previous, value.type],
            at: frame.callSpan ?? token.span,
            help: "compare with == or convert with tobool()"
          )
        )
        previous = .unknown
        values.append(.failed)
        continue
      }
      previous = index == 0 ? value.type : .scalar(.bool)
      values.append(value.type == .scalar(.bool) ? value : convert(value, to: .bool))
    }
    return .call(name, values, .scalar(.bool), span(node))
  }

  /// Binds `==`, `!=`, `<` and the like, left to right.
  func bindComparisonChain(_ node: SyntaxNode) -> BoundScalar {
    bindChain(node) { left, right, token in
      let span = frame.callSpan ?? token.span
      switch token.kind {
      case .equalEqual, .equal: return bindEquality("Equal", left, right, token)
      case .notEqual, .lessGreater: return bindEquality("NotEqual", left, right, token)
      case .lessThan: return bindOrder("LessThan", left, right, token)
      case .lessThanOrEqual: return bindOrder("LessThanOrEqual", left, right, token)
      case .greaterThan: return bindOrder("GreaterThan", left, right, token)
      case .greaterThanOrEqual: return bindOrder("GreaterThanOrEqual", left, right, token)
      default:
        report(.invalid("a comparison expected", at: span))
        return .failed
      }
    }
  }

  func bindEquality(
    _ name: String,
    _ left: BoundScalar,
    _ right: BoundScalar,
    _ token: SyntaxToken
  ) -> BoundScalar {
    let span = frame.callSpan ?? token.span
    guard case .scalar(let first) = left.type, case .scalar(let second) = right.type else {
      return .call(name, [left, right], .scalar(.bool), span)
    }
    if Self.comparesInside(first, second) {
      return .call(name, [left, right], .scalar(.bool), span)
    }
    // Published queries compare a value with that of a neighbouring row, by prev() or next(), as
    // if its type were known; that binds and is refused once it runs over dynamic values.
    let areNeighbours = left.usesWindow || right.usesWindow
    guard first != .dynamic || second != .dynamic || areNeighbours else {
      return refuseDynamics(token)
    }
    guard let type = Self.equalityType(first, second) else {
      report(.operatorUndefined(text(token), [left.type, right.type], at: span))
      return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
    }
    return .call(
      name,
      [convert(left, to: type), convert(right, to: type)],
      .scalar(.bool),
      span
    )
  }

  /// Two values of types that only the data tells are not compared: what is meant is unknown.
  private func refuseDynamics(_ token: SyntaxToken) -> BoundScalar {
    report(.dynamicRefused(text(token), at: frame.callSpan ?? token.span))
    return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
  }

  /// Whether a dynamic value meets a number: the operator reads the number inside, since the
  /// other's type might cut it off.
  private static func comparesInside(_ left: ScalarType, _ right: ScalarType) -> Bool {
    let numbers: [ScalarType] = [.int, .long, .real]
    return left == .dynamic && numbers.contains(right)
      || right == .dynamic && numbers.contains(left)
  }

  /// The type in which two values are compared for equality.
  static func equalityType(_ left: ScalarType, _ right: ScalarType) -> ScalarType? {
    if left == right { return left }
    if left.isNumeric, right.isNumeric { return widest(left, right) }
    if left == .dynamic { return right }
    if right == .dynamic { return left }
    if left == .string { return right }
    if right == .string { return left }
    if left == .timespan || left == .datetime, right.isNumeric { return left }
    if right == .timespan || right == .datetime, left.isNumeric { return right }
    if left == .bool, right.isNumeric { return right == .int ? .long : right }
    if right == .bool, left.isNumeric { return left == .int ? .long : left }
    return nil
  }

  private func bindOrder(
    _ name: String,
    _ left: BoundScalar,
    _ right: BoundScalar,
    _ token: SyntaxToken
  ) -> BoundScalar {
    let span = frame.callSpan ?? token.span
    guard case .scalar(let first) = left.type, case .scalar(let second) = right.type else {
      return .call(name, [left, right], .scalar(.bool), span)
    }
    if Self.comparesInside(first, second) {
      return .call(name, [left, right], .scalar(.bool), span)
    }
    guard first != .dynamic || second != .dynamic else { return refuseDynamics(token) }
    guard let type = Self.orderType(first, second) else {
      report(.operatorUndefined(text(token), [left.type, right.type], at: span))
      return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
    }
    return .call(
      name,
      [convert(left, to: type), convert(right, to: type)],
      .scalar(.bool),
      span
    )
  }

  /// The type in which two values are compared by size.
  static func orderType(_ left: ScalarType, _ right: ScalarType) -> ScalarType? {
    if left.isNumeric, right.isNumeric { return widest(left, right) }
    if left == .bool, right == .bool { return .long }
    if left == .bool, right.isNumeric { return widest(.long, right) }
    if right == .bool, left.isNumeric { return widest(.long, left) }
    if left == right, left == .datetime || left == .timespan { return left }
    if left == .dynamic, right.isNumeric { return right }
    if right == .dynamic, left.isNumeric { return left }
    return nil
  }

  /// Binds `x between (a .. b)`; with a timespan for b the upper bound is a + b.
  func bindBetween(_ node: SyntaxNode) -> BoundScalar {
    guard let operand = node.child(.operand), let lower = node.child(.lower),
      let upper = node.child(.upper), let token = node.token(.operator)
    else { return .failed }
    let value = bindScalar(operand)
    let low = bindScalar(lower)
    var high = bindScalar(upper)
    let span = frame.callSpan ?? token.span
    if low.type.mayBe(.datetime), high.type == .scalar(.timespan), value.type.mayBe(.datetime) {
      high = .call("Add", [low, high], .scalar(.datetime), span)
    }
    let name = token.keyword == .notBetween ? "NotBetween" : "Between"
    guard let type = betweenType(value, low, high) else {
      let isKnown = ![value, low, high].contains { $0.type == .unknown }
      if isKnown {
        report(.operatorUndefined(text(token), [value.type, low.type, high.type], at: span))
      }
      return .call(name, [value, low, high], .scalar(.bool), span)
    }
    let arguments = [value, low, high].map { convert($0, to: type) }
    return .call(name, arguments, .scalar(.bool), span)
  }

  /// The type in which a value is compared with two bounds; nil where they do not go together.
  private func betweenType(
    _ value: BoundScalar,
    _ low: BoundScalar,
    _ high: BoundScalar
  ) -> ScalarType? {
    guard case .scalar(let first) = value.type, case .scalar(let second) = low.type,
      case .scalar(let third) = high.type
    else { return nil }
    if first.isNumeric, second.isNumeric, third.isNumeric {
      return Self.widest(first, Self.widest(second, third))
    }
    if first.isNumeric, second == .dynamic, third == .dynamic { return first }
    if first == .dynamic, second.isNumeric, second == third { return second }
    let isTime = first == .datetime || first == .timespan
    return isTime && second == first && third == first ? first : nil
  }
}
