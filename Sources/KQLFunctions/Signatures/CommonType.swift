import Columnar

/// Finds the common type of the arguments that belong to `common…` parameters.
struct CommonType {
  let arguments: [CallArgument]
  let parameters: [FunctionParameter]

  /// The type: `.none` where there is none, `.some(nil)` where it is unknown.
  func type(ignoringDynamic: Bool = false) -> ScalarType?? {
    var found: ScalarType??
    for (argument, parameter) in zip(arguments, parameters) where parameter.kind.isCommon {
      guard case .scalar(let type) = argument.value else { continue }
      if ignoringDynamic, type == .dynamic { continue }
      if let type, parameter.kind == .commonOrderable, !TypeRules.isOrderable(type) { continue }
      guard let current = found else {
        found = .some(type)
        continue
      }
      let orDynamic = parameter.kind == .commonScalarOrDynamic
      guard let common = TypeRules.common(current, type, orDynamic: orDynamic) else {
        return .none
      }
      found = .some(common)
    }
    if found == nil, ignoringDynamic { return type() }
    return found
  }
}
