import Columnar
import PatternMatching

// `in` and its kin: a value against values and the elements of dynamic arrays.

extension ScalarFunction {
  static let membershipFamily: [ScalarFunction] = [inSet, notInSet, inAnyCase, notInAnyCase]

  /// What `in` and `!in` take.
  private static let memberOperands = """
    value:bool table:Tabular !
    | value:NotBool table:Tabular
    | value:bool value:Scalar*1... !
    | value:NotBool value:Scalar*1...
    """

  static let inSet = ScalarFunction(
    "In",
    memberOperands,
    "Tells whether a value is one of several.",
    examples: [
      Example("print 2 in (1, 2, 3)", "true"),
      Example("print \"A\" in (dynamic([\"a\", \"b\"]))", "false"),
    ],
    kernels: [.membership(ignoresCase: false, isNegated: false)]
  )

  static let notInSet = ScalarFunction(
    "NotIn",
    memberOperands,
    "Tells whether a value is none of several.",
    examples: [
      Example("print 2 !in (1, 2, 3)", "false"), Example("print long(null) !in (1)", "true"),
    ],
    kernels: [.membership(ignoresCase: false, isNegated: true)]
  )

  static let inAnyCase = ScalarFunction(
    "InCs",
    "value:string+dynamic table:Tabular | value:string+dynamic value:Scalar*1...",
    "Tells whether a text is one of several, whatever the case.",
    examples: [
      Example("print \"A\" in~ (\"a\", \"b\")", "true"),
      Example("print \"A\" in~ (\"b\")", "false"),
    ],
    kernels: [.membership(ignoresCase: true, isNegated: false)]
  )

  static let notInAnyCase = ScalarFunction(
    "NotInCs",
    "value:string+dynamic table:Tabular | value:string+dynamic value:Scalar*1...",
    "Tells whether a text is none of several, whatever the case.",
    examples: [
      Example("print \"A\" !in~ (\"a\", \"b\")", "false"),
      Example("print \"A\" !in~ (\"b\")", "true"),
    ],
    kernels: [.membership(ignoresCase: true, isNegated: true)]
  )
}

extension ScalarKernel {
  fileprivate static func membership(ignoresCase: Bool, isNegated: Bool) -> ScalarKernel {
    let operand: Parameter = ignoresCase ? .type(.string) : .any
    return ScalarKernel([operand, .any], isVariadic: true, result: .bool) { call in
      let value = call.arguments[0]
      let candidates = call.arguments.dropFirst()
      let count = call.isConstant ? 1 : call.count
      let outcome: Vector
      if candidates.allSatisfy({ $0.constant != nil }) {
        let set = call.site.prepare(ValueSet.self) {
          ValueSet(candidates.compactMap(\.constant), type: value.type, ignoresCase: ignoresCase)
        }
        outcome = set.test(value, count: count, isNegated: isNegated)
      } else {
        outcome = testRows(call, count: count, ignoresCase: ignoresCase, isNegated: isNegated)
      }
      return call.widened(outcome)
    }
  }
}

/// Tests each row against candidates that depend on the row.
private func testRows(
  _ call: KernelCall,
  count: Int,
  ignoresCase: Bool,
  isNegated: Bool
) -> Vector {
  let value = call.arguments[0]
  let builder = FixedBuilder<Bool>(capacity: count)
  for row in 0..<count {
    let candidates = call.arguments.dropFirst().map { $0.scalar(at: row) }
    let set = ValueSet(candidates, type: value.type, ignoresCase: ignoresCase)
    let single = Vector(constant: value.scalar(at: row), count: 1)
    let outcome = set.test(single, count: 1, isNegated: isNegated).scalar(at: 0)
    if case .bool(let holds) = outcome { builder.append(holds) } else { builder.appendNull() }
  }
  return builder.finish()
}
