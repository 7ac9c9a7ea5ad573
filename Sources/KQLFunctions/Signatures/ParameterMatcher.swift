import Columnar

/// How well an argument fits a parameter; a later case is a better, more specific fit.
enum ParameterMatch: Int, Comparable {
  case none, unknown, promoted, notType, oneOfMany, scalar, summable, orderable, number, integer
  case tabular, exact

  static func < (first: ParameterMatch, second: ParameterMatch) -> Bool {
    first.rawValue < second.rawValue
  }
}

/// Tells how well arguments fit parameters.
struct ParameterMatcher {
  let arguments: [CallArgument]

  func match(
    _ argument: CallArgument,
    _ parameter: FunctionParameter,
    _ chosen: [FunctionParameter]
  ) -> ParameterMatch {
    if argument.isUnknown { return .unknown }
    let takesStar = parameter.form == .starOnly || parameter.form == .starAllowed
    switch argument.value {
    case .star: return takesStar ? .exact : .none
    case _ where parameter.form == .starOnly: return .none
    case .typeLiteral: return parameter.acceptsTypeLiteral ? .exact : .none
    case .table: return parameter.kind == .tabular ? .tabular : .none
    case .scalar(nil): return .unknown
    case .scalar(let type?): return match(type, argument, parameter, chosen)
    }
  }

  private func match(
    _ type: ScalarType,
    _ argument: CallArgument,
    _ parameter: FunctionParameter,
    _ chosen: [FunctionParameter]
  ) -> ParameterMatch {
    switch parameter.kind {
    case .declared: return declaredMatch(type, parameter)
    case .any: return .unknown
    case .scalar: return .scalar
    case .tabular: return .none
    case .parameter0, .parameter1:
      let index = parameter.kind == .parameter0 ? 0 : 1
      return index < chosen.count ? match(argument, chosen[index], chosen) : .none
    case .commonScalar, .commonOrderable, .commonScalarOrDynamic: return .exact
    case .notBool, .notRealOrBool, .notDynamic:
      return parameter.kind.accepts(type) ? .notType : .none
    case .number, .numberOrBool: return parameter.kind.accepts(type) ? .number : .none
    case .integer: return parameter.kind.accepts(type) ? .integer : .none
    case .summable: return parameter.kind.accepts(type) ? .summable : .none
    case .orderable: return parameter.kind.accepts(type) ? .orderable : .none
    case .integerOrArray, .stringOrDynamic, .stringOrArray, .dynamicArray, .dynamicBag:
      return parameter.kind.accepts(type) ? .oneOfMany : .none
    }
  }

  private func declaredMatch(
    _ type: ScalarType,
    _ parameter: FunctionParameter
  ) -> ParameterMatch {
    if parameter.types.contains(type) {
      return parameter.types.count == 1 && !parameter.acceptsTypeLiteral ? .exact : .oneOfMany
    }
    let promotes = parameter.types.contains { TypeRules.isPromotable(type, to: $0) }
    return promotes ? .promoted : .none
  }
}

extension FunctionParameter.Kind {
  /// Whether a value of a type fits, for kinds that look at nothing else.
  func accepts(_ type: ScalarType) -> Bool {
    switch self {
    case .integer: TypeRules.isInteger(type)
    case .integerOrArray: TypeRules.isInteger(type) || type == .dynamic
    case .stringOrDynamic, .stringOrArray: type == .string || type == .dynamic
    case .dynamicArray, .dynamicBag: type == .dynamic
    case .number: type.isNumeric
    case .numberOrBool: type.isNumeric || type == .bool
    case .summable: TypeRules.isSummable(type)
    case .orderable, .commonOrderable: TypeRules.isOrderable(type)
    case .notBool: type != .bool
    case .notRealOrBool: type != .real && type != .bool
    case .notDynamic: type != .dynamic
    case .tabular: false
    case .declared, .any, .scalar, .parameter0, .parameter1, .commonScalar,
      .commonScalarOrDynamic:
      true
    }
  }
}
