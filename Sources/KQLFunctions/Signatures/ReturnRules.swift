import Columnar

/// Tells what a call yields under a signature.
struct ReturnRules {
  let symbol: FunctionSymbol
  let signature: FunctionSignature
  let arguments: [CallArgument]
  let parameters: [FunctionParameter]
  let context: CallContext

  func result() -> CallResult {
    if let type = engineType { return .scalar(type) }
    return officialResult()
  }

  /// The type where the engine's answers were seen to differ from the official binder's: weeks
  /// are counted as a real, and constants are folded in wider types.
  private var engineType: ScalarType? {
    guard symbol.category == .function else { return nil }
    let isFolded = !arguments.isEmpty && arguments.allSatisfy(\.isConstant)
    switch symbol.name {
    case "datetime_diff": return arguments.first?.text?.lowercased() == "week" ? .real : nil
    case "ceiling":
      let isInteger = arguments.first?.type.map(TypeRules.isInteger) ?? false
      return isFolded && isInteger ? .real : nil
    case "datetime_part", "getyear", "hourofday", "monthofyear": return isFolded ? .long : nil
    default: return nil
    }
  }

  private func officialResult() -> CallResult {
    switch signature.returns {
    case .declared(let type?): .scalar(type)
    case .declared(nil), .custom: CustomReturns(rules: self).result()
    case .parameter0: .scalar(argument(0)?.type)
    case .parameter1: .scalar(argument(1)?.type)
    case .parameter0Promoted: .scalar(TypeRules.promotedToLong(argument(0)?.type))
    case .parameter0Array: .scalar(.dynamic)
    case .parameter0Literal: .scalar(namedType(0))
    case .parameter1Literal: .scalar(namedType(1))
    case .parameterNLiteral: .scalar(namedType(signature.parameters.count - 1))
    case .common: .scalar(common(ignoringDynamic: false))
    case .commonNonDynamic: .scalar(common(ignoringDynamic: true))
    case .widest:
      .scalar(TypeRules.promotedToLong(TypeRules.widest(arguments.map(\.type))))
    case .entity(let kind): .entity(kind)
    }
  }

  /// The first argument that belongs to a parameter.
  func argument(_ parameterIndex: Int) -> CallArgument? {
    guard parameterIndex < signature.parameters.count else { return nil }
    let wanted = signature.parameters[parameterIndex]
    return parameters.firstIndex(of: wanted).flatMap {
      $0 < arguments.count ? arguments[$0] : nil
    }
  }

  private func namedType(_ parameterIndex: Int) -> ScalarType? {
    if case .typeLiteral(let type)? = argument(parameterIndex)?.value { type } else { nil }
  }

  private func common(ignoringDynamic: Bool) -> ScalarType? {
    let common = CommonType(arguments: arguments, parameters: parameters)
    return common.type(ignoringDynamic: ignoringDynamic) ?? nil
  }
}
