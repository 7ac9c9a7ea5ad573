import CSIMD
import Columnar

// Three-valued logic: `and` is false as soon as one side is, `or` true, else null wins.

extension ScalarFunction {
  static let logicFamily: [ScalarFunction] = [and, or, not]

  /// What `and` and `or` take.
  private static let logicOperands = """
    left:bool right:bool
    | left:dynamic right:bool !
    | left:bool right:dynamic !
    | left:dynamic right:dynamic !
    """

  static let and = ScalarFunction(
    "And",
    logicOperands,
    "Tells whether all operands are true.",
    examples: [
      Example("print true and false", "false"), Example("print false and bool(null)", "false"),
      Example("print true and bool(null)", "null"),
    ],
    kernels: [
      ScalarKernel([.type(.bool), .type(.bool)], isVariadic: true, result: .bool) {
        combine($0, decisive: false)
      }
    ]
  )

  static let or = ScalarFunction(
    "Or",
    logicOperands,
    "Tells whether any operand is true.",
    examples: [
      Example("print true or false", "true"), Example("print true or bool(null)", "true"),
      Example("print false or bool(null)", "null"),
    ],
    kernels: [
      ScalarKernel([.type(.bool), .type(.bool)], isVariadic: true, result: .bool) {
        combine($0, decisive: true)
      }
    ]
  )

  static let not = ScalarFunction(
    "not",
    "expression",
    "Reverses a truth value.",
    examples: [Example("print not(true)", "false"), Example("print not(bool(null))", "null")],
    kernels: [.map { (expression: Bool) in !expression }]
  )
}

/// Combines truth values; one operand of the decisive value decides a row.
private func combine(_ call: KernelCall, decisive: Bool) -> Vector {
  let constants = call.arguments.compactMap(\.constant)
  if constants.contains(.bool(decisive)) {
    return Vector(constant: .bool(decisive), count: call.count)
  }
  let hasNull = constants.contains { $0.isNull }
  let operands = call.arguments.filter { $0.constant == nil }
  if operands.isEmpty {
    return Vector(constant: hasNull ? .null(.bool) : .bool(!decisive), count: call.count)
  }
  if operands.count == 1, !hasNull { return operands[0] }
  let state = LogicRows(count: call.count, hasNull: hasNull)
  for operand in operands { state.add(operand, decisive: decisive ? 1 : 0) }
  return state.finish(decisive: decisive ? 1 : 0)
}

/// Which rows are decided, and which would be null if nothing decided them.
private struct LogicRows {
  let count: Int
  let decided: Buffer
  let nulls: Buffer

  init(count: Int, hasNull: Bool) {
    self.count = count
    decided = Buffer(byteCount: count)
    nulls = Buffer(byteCount: count)
    memset(decided.base, 0, count)
    memset(nulls.base, hasNull ? 1 : 0, count)
  }

  func add(_ vector: Vector, decisive: UInt8) {
    let operand = FixedOperand<UInt8>(vector)
    let isDecided = decided.values(UInt8.self)
    let isNull = nulls.values(UInt8.self)
    let values = operand.base
    let flags = vector.nullRows()
    withExtendedLifetime((operand.owner, flags)) {
      guard let flagBase = flags?.base else {
        for row in 0..<count { isDecided[row] |= values[row] ^ decisive ^ 1 }
        return
      }
      for row in 0..<count {
        isDecided[row] |= (values[row] ^ decisive ^ 1) & (flagBase[row] ^ 1)
        isNull[row] |= flagBase[row]
      }
    }
  }

  func finish(decisive: UInt8) -> Vector {
    let values = decided.values(UInt8.self)
    let flags = nulls.values(UInt8.self)
    for row in 0..<count {
      flags[row] &= values[row] ^ 1
      values[row] ^= decisive ^ 1
    }
    let hasNulls = memchr(flags, 1, count) != nil
    let rows = FixedRows(values: decided, nulls: hasNulls ? NullRows(flags: nulls) : nil)
    return Vector(type: .bool, count: count, layout: .fixed(rows))
  }
}
