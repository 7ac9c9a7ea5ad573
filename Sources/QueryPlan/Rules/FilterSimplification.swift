import Columnar

/// Leaves out of filters what is decided before a row was read.
enum FilterSimplification {
  static func apply(_ plan: Plan) -> Plan {
    let rewritten = plan.replacingInputs(apply)
    guard case .filter(let filter) = rewritten else { return rewritten }
    if case .values(let values) = filter.input, values.rows.isEmpty { return filter.input }
    switch simplify(filter.predicate) {
    case .literal(.bool(true)): return filter.input
    case .literal(.bool(false)):
      guard case .scan(let scan) = filter.input else {
        return .filter(Filter(input: filter.input, predicate: .literal(.bool(false))))
      }
      return .values(Values(columns: scan.columns, rows: []))
    case let predicate: return .filter(Filter(input: filter.input, predicate: predicate))
    }
  }

  /// The condition without operands that decide nothing.
  static func simplify(_ condition: Expression) -> Expression {
    guard case .call(let call) = condition else { return condition }
    switch call.function {
    case "And", "Or":
      return logic(call.replacing(call.arguments.map(simplify)), isAnd: call.function == "And")
    case "not":
      let inner = call.replacing(call.arguments.map(simplify))
      guard case .literal(.bool(let value)) = inner.arguments.first else { return .call(inner) }
      return .literal(.bool(!value))
    default: return ImpossibleText.decide(call)
    }
  }

  /// False decides an `And` and true an `Or`, over null too; the opposite adds nothing.
  private static func logic(_ call: Call, isAnd: Bool) -> Expression {
    var left: [Expression] = []
    for operand in call.arguments {
      guard case .literal(.bool(let value)) = operand else {
        left.append(operand)
        continue
      }
      if value != isAnd { return .literal(.bool(value)) }
    }
    guard let first = left.first else { return .literal(.bool(isAnd)) }
    return left.count == 1 ? first : .call(call.replacing(left))
  }
}

extension Call {
  /// The call with other arguments.
  fileprivate func replacing(_ arguments: [Expression]) -> Call {
    Call(function, arguments, type: type, span: span)
  }
}
