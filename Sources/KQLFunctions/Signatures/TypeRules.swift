import Columnar

/// Relations between scalar types as the official binder has them; nil is an unknown type.
enum TypeRules {
  /// Whether values of a type convert to another without a call: int to long to real to decimal,
  /// and dynamic to string.
  static func isPromotable(_ type: ScalarType, to wider: ScalarType) -> Bool {
    switch (type, wider) {
    case (.int, .long), (.int, .real), (.int, .decimal), (.long, .real), (.long, .decimal),
      (.real, .decimal), (.dynamic, .string):
      true
    default: false
    }
  }

  /// Whether an argument of a type may stand for a parameter of another.
  static func isAssignable(
    _ type: ScalarType?,
    to target: ScalarType?,
    promoting: Bool = false
  ) -> Bool {
    guard let type, let target else { return true }
    return type == target || (promoting && isPromotable(type, to: target))
  }

  static func isInteger(_ type: ScalarType) -> Bool { type == .int || type == .long }

  static func isSummable(_ type: ScalarType) -> Bool {
    type.isNumeric || type == .datetime || type == .timespan
  }

  static func isOrderable(_ type: ScalarType) -> Bool {
    isSummable(type) || type == .string || type == .bool
  }

  static func promotedToLong(_ type: ScalarType?) -> ScalarType? { type == .int ? .long : type }

  /// The widest of the numeric types of a list; nil where there is none.
  static func widest(_ types: [ScalarType?]) -> ScalarType? {
    types.reduce(nil) { widest, type in
      guard let type, type.isNumeric else { return widest }
      guard let widest else { return type }
      return isPromotable(widest, to: type) ? type : widest
    }
  }

  /// The common type of two: dynamic wins over all, unknown over the rest, else the wider one.
  /// `.none` where there is no common type; `orDynamic` makes that dynamic.
  static func common(
    _ first: ScalarType?,
    _ second: ScalarType?,
    orDynamic: Bool
  ) -> ScalarType?? {
    guard let first, let second else { return .some(nil) }
    if first == second { return first }
    if first == .dynamic || second == .dynamic { return .dynamic }
    if isPromotable(first, to: second) { return second }
    if isPromotable(second, to: first) { return first }
    return orDynamic ? .dynamic : .none
  }
}
