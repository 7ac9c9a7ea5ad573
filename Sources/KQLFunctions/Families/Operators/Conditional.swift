import Columnar

// Functions that choose between values of any type. Arguments are promoted to the type of the
// call; a null condition counts as false.

extension ScalarFunction {
  static let conditionalFamily: [ScalarFunction] = [
    iff, caseOf, coalesce, maxOf, minOf, isNull, isNotNull, isEmpty, isNotEmpty,
  ]

  static let iff = ScalarFunction(
    "iff",
    aliases: ["iif"],
    "if then:CommonScalarOrDynamic else:CommonScalarOrDynamic -> CommonNonDynamic",
    "Returns one of two values, by a condition; a null condition takes the second.",
    examples: [
      Example("print iff(1 < 2, \"yes\", \"no\")", "yes"),
      Example("print iff(bool(null), 1, 2)", "2"),
    ],
    kernels: [
      ScalarKernel([.type(.bool), .any, .any], result: nil) { call in
        try choose(call, conditions: [call.arguments[0]], values: Array(call.arguments[1...]))
      }
    ]
  )

  static let caseOf = ScalarFunction(
    "case",
    """
    predicate:bool*1... then:CommonScalarOrDynamic*1... else:CommonScalarOrDynamic
      -> CommonNonDynamic
    """,
    "Returns the value behind the first predicate that holds, else the last value.",
    examples: [
      Example("print case(1 > 2, \"a\", 2 > 1, \"b\", \"c\")", "b"),
      Example("print case(bool(null), 1, 2)", "2"),
    ],
    kernels: [
      ScalarKernel([.any, .any, .any], minimumCount: 3, isVariadic: true, result: nil) { call in
        let pairs = stride(from: 0, to: call.arguments.count &- 1, by: 2)
        let values = pairs.map { call.arguments[$0 + 1] } + call.arguments.suffix(1)
        return try choose(call, conditions: pairs.map { call.arguments[$0] }, values: values)
      }
    ]
  )

  static let coalesce = ScalarFunction(
    "coalesce",
    "arg:CommonScalar*2...64 -> Common",
    "Returns the first value that is not null, or for strings not empty.",
    examples: [
      Example("print coalesce(long(null), 2, 3)", "2"),
      Example("print coalesce(\"\", \"b\")", "b"),
    ],
    kernels: [
      ScalarKernel([.any], minimumCount: 1, isVariadic: true, result: nil) { call in
        let conditions = try call.arguments.map { argument in
          try testing(argument, call, isMissing: false)
        }
        return try choose(call, conditions: conditions, values: call.arguments)
      }
    ]
  )

  static let isNull = ScalarFunction(
    "isnull",
    "expression",
    "Tells whether a value is null; a string never is.",
    examples: [
      Example("print isnull(long(null))", "true"), Example("print isnull(\"\")", "false"),
    ],
    kernels: [.presence(isMissing: true, emptyTextIsMissing: false)]
  )

  static let isNotNull = ScalarFunction(
    "isnotnull",
    aliases: [.obsolete("notnull")],
    "expression",
    "Tells whether a value is not null; a string never is null.",
    examples: [
      Example("print isnotnull(1)", "true"), Example("print isnotnull(dynamic(null))", "false"),
    ],
    kernels: [.presence(isMissing: false, emptyTextIsMissing: false)]
  )

  static let isEmpty = ScalarFunction(
    "isempty",
    "value",
    "Tells whether a value is null or the empty string.",
    examples: [
      Example("print isempty(\"\")", "true"), Example("print isempty(\" \")", "false"),
    ],
    kernels: [.presence(isMissing: true, emptyTextIsMissing: true)]
  )

  static let isNotEmpty = ScalarFunction(
    "isnotempty",
    aliases: [.obsolete("notempty")],
    "value",
    "Tells whether a value is neither null nor the empty string.",
    examples: [
      Example("print isnotempty(\"a\")", "true"), Example("print isnotempty(long(null))", "false"),
    ],
    kernels: [.presence(isMissing: false, emptyTextIsMissing: true)]
  )
}

/// Takes each row from the value of the first condition that is true; without one, from the
/// value behind the last condition, or null where there is none.
private func choose(_ call: KernelCall, conditions: [Vector], values: [Vector]) throws -> Vector {
  if conditions.contains(where: { $0.type != .bool }) {
    throw QueryFailure(.evaluation, "a condition is not of type bool", range: call.site.range)
  }
  if conditions.allSatisfy({ $0.constant != nil }) {
    let first = conditions.firstIndex { $0.constant == .bool(true) } ?? conditions.count
    guard first < values.count else { return call.missingResult() }
    return try values[first].promoted(to: call.resultType)
  }
  let choice = RowChoice(type: call.resultType, count: call.count)
  let target = choice.base
  let otherwise = UInt32(truncatingIfNeeded: conditions.count)
  for row in 0..<call.count { target[row] = otherwise }
  for (number, condition) in conditions.enumerated().reversed() {
    let code = UInt32(truncatingIfNeeded: number)
    let truth = FixedOperand<UInt8>(condition)
    let nulls = condition.nullRows()
    let step = truth.isConstant ? 0 : -1
    withExtendedLifetime((truth.owner, nulls)) {
      let holds = truth.base
      if let flags = nulls?.base {
        for row in 0..<call.count where holds[row & step] & (flags[row] ^ 1) != 0 {
          target[row] = code
        }
      } else {
        for row in 0..<call.count { target[row] = holds[row & step] != 0 ? code : target[row] }
      }
    }
  }
  return choice.rows(from: try values.map { try $0.promoted(to: call.resultType) })
}

/// Tests each row for a missing value: null, or the empty text.
private func testing(_ vector: Vector, _ call: KernelCall, isMissing: Bool) throws -> Vector {
  let test = ScalarKernel.presence(isMissing: isMissing, emptyTextIsMissing: true, anyKind: false)
  return try test.evaluate(
    KernelCall(arguments: [vector], count: call.count, resultType: .bool, site: call.site)
  )
}

extension ScalarKernel {
  /// Tests whether a value is there. `anyKind` counts an empty text inside a dynamic, too.
  static func presence(
    isMissing: Bool,
    emptyTextIsMissing: Bool,
    anyKind: Bool = true
  ) -> ScalarKernel {
    ScalarKernel([.any], result: .bool) { call in
      let vector = call.arguments[0]
      let checksText =
        emptyTextIsMissing && (vector.type == .string || vector.type == .dynamic && anyKind)
      let count = vector.constant == nil ? call.count : 1
      let values = Buffer(byteCount: count)
      let target = values.values(UInt8.self)
      let nulls = vector.nullRows()
      let missing: UInt8 = isMissing ? 1 : 0
      for row in 0..<count { target[row] = missing ^ 1 }
      if let flags = nulls?.base {
        for row in 0..<count { target[row] ^= flags[row] }
      }
      if checksText {
        let rows = TextReader(vector)
        let emptyCount = vector.type == .dynamic ? 1 : 0
        for row in 0..<count where rows[row].count <= emptyCount {
          let isText =
            vector.type == .string || rows[row].count == 0
            || DynamicView(rows[row].base, count: 1).kind == .string
          if isText { target[row] = missing }
        }
      }
      return call.widened(
        Vector(type: .bool, count: count, layout: .fixed(FixedRows(values: values)))
      )
    }
  }
}
