import Columnar
import QueryPlan

/// A bound scalar expression with what binding needs to know of it beyond the plan.
struct BoundScalar: Sendable {
  var expression: Expression
  var type: BoundType
  /// Whether it is free of columns.
  var isConstant: Bool
  /// The number of plan nodes in it, every copy of a `let` counted.
  var weight: Int
  /// The columns of a function that yields several, such as `series_stats`; else empty.
  var parts: [BoundPart] = []
  /// Whether a window function is in it, so that it needs rows in order.
  var usesWindow = false

  init(
    _ expression: Expression,
    _ type: BoundType,
    isConstant: Bool = false,
    weight: Int = 1
  ) {
    self.expression = expression
    self.type = type
    self.isConstant = isConstant
    self.weight = weight
  }

  init(literal value: Scalar) {
    self.init(.literal(value), .scalar(value.type), isConstant: true)
  }

  /// Stands for something that could not be bound and was reported.
  static let failed = BoundScalar(.literal(.null(.dynamic)), .unknown, isConstant: true)

  /// The value, where it is a literal.
  var literal: Scalar? {
    if case .literal(let value) = expression, type != .unknown { value } else { nil }
  }
}

/// One column of an expression that yields several.
struct BoundPart: Sendable {
  let name: String
  let value: BoundScalar
}
