import Columnar
import KQLFunctions
import QueryPlan
import SourceText

extension Binder {
  /// Converts a value to a type by the function that KQL would use; literals are converted here
  /// where that is exact.
  func convert(_ value: BoundScalar, to type: ScalarType) -> BoundScalar {
    guard value.type != .unknown || value.expression.type != type else { return value }
    guard value.type != .scalar(type) else { return value }
    if let literal = value.literal, let converted = Self.convert(literal, to: type) {
      return BoundScalar(literal: converted)
    }
    let span = Self.span(of: value.expression)
    return .call(FunctionCatalog.conversion(to: type), [value], .scalar(type), span)
  }

  private static func convert(_ value: Scalar, to type: ScalarType) -> Scalar? {
    switch (value, type) {
    case (.null, .string): .string(ByteString([]))
    case (.null, _): .null(type)
    case (.int(let number), .long): .long(Int64(number))
    case (.int(let number), .real): .real(Double(number))
    case (.long(let number), .real): .real(Double(number))
    default: nil
    }
  }

  private static func span(of expression: Expression) -> SourceSpan {
    switch expression {
    case .call(let call): call.span
    case .membership(let membership): membership.span
    default: .at(0)
    }
  }

  /// The type that two numbers meet in: the wider one, int counting as long.
  static func widest(_ left: ScalarType, _ right: ScalarType) -> ScalarType {
    let order: [ScalarType] = [.long, .real, .decimal]
    let first = order.firstIndex(of: left == .int ? .long : left) ?? 0
    let second = order.firstIndex(of: right == .int ? .long : right) ?? 0
    return order[max(first, second)]
  }
}
