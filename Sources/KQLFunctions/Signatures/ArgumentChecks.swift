import Columnar

/// Checks the arguments of a call against the parameters of its signature.
struct ArgumentChecks {
  let symbol: FunctionSymbol
  let signature: FunctionSignature
  let arguments: [CallArgument]
  let parameters: [FunctionParameter]

  /// What is wrong with the call; a wrong count hides the rest, as types of arguments that stand
  /// in the wrong place say nothing.
  func problems() -> [CallProblem] {
    if let problem = countProblem() { return [problem] }
    if let problem = commonTypeProblem() { return [problem] }
    return arguments.indices.flatMap { argumentProblems($0) }
  }

  /// For each argument the type to which it must be converted.
  func conversions() -> [ScalarType?] {
    let target = commonTarget()
    return zip(arguments, parameters).map { argument, parameter in
      guard let type = argument.type else { return nil }
      let wanted = conversion(of: type, parameter, commonTarget: target)
      return wanted == type ? nil : wanted
    }
  }

  // MARK: Counts

  private func countProblem() -> CallProblem? {
    let matcher = ParameterMatcher(arguments: arguments)
    let layout = ParameterLayout(signature: signature, matcher: matcher)
    let count = arguments.count
    if layout.accepts(name: symbol.name, count: count) { return nil }
    let range = signature.minimumArgumentCount...signature.maximumArgumentCount
    if range.contains(count) {
      return CallProblem(code: "KS121", reason: .argumentGroups, argument: nil)
    }
    return .count(range, found: count, isRepeated: signature.hasRepeatableParameters)
  }

  // MARK: Common types

  private var hasCommonParameters: Bool { parameters.contains { $0.kind.isCommon } }

  private func commonTypeProblem() -> CallProblem? {
    guard hasCommonParameters, commonType() == .none else { return nil }
    return CallProblem(code: "KS232", reason: .noCommonType, argument: nil)
  }

  private func commonType() -> ScalarType?? {
    CommonType(arguments: arguments, parameters: parameters).type()
  }

  /// The type to which arguments of `common…` and widened numeric parameters are converted.
  private func commonTarget() -> ScalarType? {
    if hasCommonParameters {
      return CommonType(arguments: arguments, parameters: parameters).type(
        ignoringDynamic: signature.returns == .commonNonDynamic
      ) ?? nil
    }
    let types = arguments.map(\.type)
    if signature.returns == .widest {
      return TypeRules.promotedToLong(TypeRules.widest(types))
    }
    guard symbol.category == .operator, types.allSatisfy({ $0?.isNumeric ?? false }) else {
      return nil
    }
    return TypeRules.widest(types)
  }

  private func conversion(
    of type: ScalarType,
    _ parameter: FunctionParameter,
    commonTarget: ScalarType?
  ) -> ScalarType? {
    switch parameter.kind {
    case .declared:
      if parameter.types.contains(type) { return nil }
      return parameter.types.first { TypeRules.isPromotable(type, to: $0) }
    case .commonScalar, .commonOrderable, .commonScalarOrDynamic: return commonTarget
    case .number, .numberOrBool, .summable, .notBool, .scalar:
      return type.isNumeric ? commonTarget : nil
    default: return nil
    }
  }

  // MARK: Single arguments

  private func argumentProblems(_ index: Int) -> [CallProblem] {
    let argument = arguments[index]
    let parameter = parameters[index]
    switch argument.value {
    case .star: return starProblems(index, parameter)
    case .scalar where argument.isLiteral && argument.text == "~" && isDefaultMark(parameter):
      return []
    case .scalar, .typeLiteral, .table:
      return typeProblems(index, argument, parameter) + formProblems(index, argument, parameter)
    }
  }

  private func starProblems(_ index: Int, _ parameter: FunctionParameter) -> [CallProblem] {
    let isAllowed =
      parameter.form == .starOnly || parameter.form == .starAllowed
      || symbol.category == .operator
    return isAllowed ? [] : [problem("KS191", "a value, not `*`", index)]
  }

  /// Whether `"~"` may stand for the default of a parameter, as some plugins have it.
  private func isDefaultMark(_ parameter: FunctionParameter) -> Bool {
    ["autocluster", "basket", "diffpatterns"].contains(symbol.name)
      && symbol.category == .plugin && parameter.isOptional && !parameter.isRepeatable
  }

  private func typeProblems(
    _ index: Int,
    _ argument: CallArgument,
    _ parameter: FunctionParameter
  ) -> [CallProblem] {
    switch argument.value {
    case .table:
      if parameter.kind == .tabular || parameter.kind == .any { return [] }
      return [problem("KS114", "a single value", index)]
    case .typeLiteral:
      if parameter.acceptsTypeLiteral || parameter.kind == .any { return [] }
      return scalarProblems(nil, index, parameter)
    case .scalar(let type?):
      return scalarProblems(type, index, parameter)
    case .scalar(nil), .star:
      return []
    }
  }

  /// Checks a type; nil is that of a type literal, which is no value.
  private func scalarProblems(
    _ type: ScalarType?,
    _ index: Int,
    _ parameter: FunctionParameter
  ) -> [CallProblem] {
    switch parameter.kind {
    case .declared:
      let matches = type.map { type in
        parameter.types.contains { TypeRules.isAssignable(type, to: $0, promoting: true) }
      }
      return matches ?? false ? [] : [problem("KS107", parameter.describedTypes, index)]
    case .notBool, .notDynamic, .notRealOrBool:
      guard let type, !parameter.kind.accepts(type) else { return [] }
      return [CallProblem(code: "KS116", reason: .notAllowed(type.name), argument: index)]
    case .parameter0, .parameter1:
      let other = arguments[parameter.kind == .parameter0 ? 0 : 1].type
      if type == other || other == nil { return [] }
      return [problem("KS141", other?.name ?? "", index)]
    case .commonScalar, .commonOrderable, .commonScalarOrDynamic:
      return commonProblems(type, index, parameter)
    default:
      if let type, parameter.kind.accepts(type) { return [] }
      let (code, words) = parameter.kind.expectation
      return [problem(code, words, index)]
    }
  }

  private func commonProblems(
    _ type: ScalarType?,
    _ index: Int,
    _ parameter: FunctionParameter
  ) -> [CallProblem] {
    guard let type, parameter.kind.accepts(type) else {
      let (code, words) = parameter.kind.expectation
      return [problem(code, words, index)]
    }
    guard parameter.kind != .commonScalarOrDynamic, let common = commonType() ?? nil else {
      return []
    }
    let fits =
      common == .dynamic
      ? type == .dynamic : TypeRules.isAssignable(type, to: common, promoting: true)
    return fits ? [] : [problem("KS141", common.name, index)]
  }

  private func formProblems(
    _ index: Int,
    _ argument: CallArgument,
    _ parameter: FunctionParameter
  ) -> [CallProblem] {
    guard !argument.isUnknown || argument.isColumn else { return [] }
    switch parameter.form {
    case .column, .columnOfFirst, .columnInCommon:
      return argument.isColumn ? [] : [form("KS109", "the name of a column", index)]
    case .constant:
      return argument.isConstant ? [] : [form("KS129", "a constant", index)]
    case .literal, .literalNotEmpty:
      return literalProblems(index, argument, parameter)
    case .any, .aggregate, .elementOfFirst, .starAllowed, .starOnly:
      return []
    }
  }

  /// The official binder wants the literal itself; the engine puts the value of a constant in its
  /// place first, so that a `let` will do.
  private func literalProblems(
    _ index: Int,
    _ argument: CallArgument,
    _ parameter: FunctionParameter
  ) -> [CallProblem] {
    if case .typeLiteral = argument.value { return [] }
    guard argument.isConstant else { return [form("KS131", "a constant", index)] }
    guard let text = argument.text else { return [] }
    if parameter.form == .literalNotEmpty {
      return text.isEmpty ? [form("KS133", "a text that is not empty", index)] : []
    }
    return allows(text, parameter)
      ? [] : [problem("KS140", "one of " + parameter.values.joined(separator: ", "), index)]
  }

  private func allows(_ text: String, _ parameter: FunctionParameter) -> Bool {
    guard !parameter.values.isEmpty else { return true }
    if symbol.name == "countof" { return parameter.values.contains(text) }
    return parameter.values.contains { $0.lowercased() == text.lowercased() }
  }

  private func problem(_ code: String, _ expected: String, _ index: Int) -> CallProblem {
    CallProblem(
      code: code,
      reason: .expected(expected, found: arguments[index].describedType),
      argument: index
    )
  }

  private func form(_ code: String, _ expected: String, _ index: Int) -> CallProblem {
    CallProblem(code: code, reason: .expected(expected, found: nil), argument: index)
  }
}

extension FunctionParameter {
  /// Words for declared types: `long`, `string or dynamic`.
  var describedTypes: String {
    let names = types.map(\.name) + (acceptsTypeLiteral ? ["typeof(…)"] : [])
    guard let last = names.last, names.count > 1 else { return names.first ?? "a value" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension FunctionParameter.Kind {
  var isCommon: Bool {
    self == .commonScalar || self == .commonOrderable || self == .commonScalarOrDynamic
  }

  /// The official code and the words for an argument that does not fit.
  var expectation: (code: String, words: String) {
    switch self {
    case .integer: ("KS134", "an integer")
    case .integerOrArray: ("KS136", "an integer or an array of integers")
    case .stringOrDynamic: ("KS141", "string or dynamic")
    case .stringOrArray: ("KS233", "a string or an array of strings")
    case .dynamicArray: ("KS234", "a dynamic array")
    case .dynamicBag: ("KS235", "a dynamic property bag")
    case .number: ("KS137", "a number")
    case .numberOrBool: ("KS137", "a number or bool")
    case .summable: ("KS138", "a number, timespan or datetime")
    case .orderable, .commonOrderable:
      ("KS206", "a number, timespan, datetime, string or bool")
    case .tabular: ("KS111", "a table")
    case .any, .declared, .scalar, .notBool, .notRealOrBool, .notDynamic, .parameter0,
      .parameter1, .commonScalar, .commonScalarOrDynamic:
      ("KS114", "a single value")
    }
  }
}
