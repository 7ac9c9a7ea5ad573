import Columnar

// `between`: both ends are inside.

extension ScalarFunction {
  static let betweenFamily: [ScalarFunction] = [between, notBetween]

  /// What `between` and `!between` take.
  private static let rangeOperands = """
    value:Number start:Number end:Number
    | value:Summable start:Parameter0 end:Parameter0
    | value:datetime start:datetime end:timespan
    | value:Number start:dynamic end:Parameter1
    | value:dynamic start:Number end:Parameter1
    """

  static let between = ScalarFunction(
    "Between",
    rangeOperands,
    "Tells whether a value lies in a range; an end that is a time span counts from the start.",
    examples: [
      Example("print 5 between (1 .. 5)", "true"),
      Example("print datetime(2024-01-03) between (datetime(2024-01-01) .. 1d)", "false"),
    ],
    kernels: betweenKernels(isNegated: false)
  )

  static let notBetween = ScalarFunction(
    "NotBetween",
    rangeOperands,
    "Tells whether a value lies outside of a range; an end that is a time span counts from the "
      + "start.",
    examples: [
      Example("print 6 !between (1 .. 5)", "true"),
      Example("print long(null) !between (1 .. 5)", "null"),
    ],
    kernels: betweenKernels(isNegated: true)
  )
}

private func betweenKernels(isNegated: Bool) -> [ScalarKernel] {
  [
    .range { (value: Int64, start: Int64, end: Int64) in
      (start <= value && value <= end) != isNegated
    },
    .range { (value: Double, start: Double, end: Double) in
      (start <= value && value <= end) != isNegated
    },
    .range { (value: Decimal128, start: Decimal128, end: Decimal128) in
      (start <= value && value <= end) != isNegated
    },
    .range { (value: DateTime, start: DateTime, end: DateTime) in
      (start.ticks <= value.ticks && value.ticks <= end.ticks) != isNegated
    },
    .range { (value: TimeSpan, start: TimeSpan, end: TimeSpan) in
      (start.ticks <= value.ticks && value.ticks <= end.ticks) != isNegated
    },
    .range { (value: DateTime, start: DateTime, end: TimeSpan) in
      let last = start.ticks.addingReportingOverflow(end.ticks)
      let limit = last.overflow ? (end.ticks < 0 ? Int64.min : Int64.max) : last.partialValue
      return (start.ticks <= value.ticks && value.ticks <= limit) != isNegated
    },
  ]
}

extension ScalarKernel {
  /// Lifts a range test to a loop without calls where the ends are constant.
  @inline(__always)
  fileprivate static func range<
    A: KernelValue & FixedWidthValue,
    B: KernelValue & FixedWidthValue,
    C: KernelValue & FixedWidthValue
  >(_ body: @escaping @Sendable (A, B, C) -> Bool) -> ScalarKernel {
    let parameters: [Parameter] = [
      .type(A.kernelType), .type(B.kernelType), .type(C.kernelType),
    ]
    return ScalarKernel(parameters, result: .bool) { call in
      if call.hasConstantNull { return call.missingResult() }
      let count = call.isConstant ? 1 : call.count
      let values = Buffer(byteCount: count)
      let target = values.values(Bool.self)
      let value = FixedOperand<A>(call.arguments[0])
      let start = FixedOperand<B>(call.arguments[1])
      let end = FixedOperand<C>(call.arguments[2])
      withExtendedLifetime((value.owner, start.owner, end.owner)) {
        let base = value.base
        if start.isConstant, end.isConstant, !value.isConstant {
          let first = start.base[0]
          let last = end.base[0]
          for row in 0..<count { target[row] = body(base[row], first, last) }
        } else {
          let steps = [value.isConstant, start.isConstant, end.isConstant].map { $0 ? 0 : -1 }
          for row in 0..<count {
            target[row] = body(
              base[row & steps[0]],
              start.base[row & steps[1]],
              end.base[row & steps[2]]
            )
          }
        }
      }
      let rows = FixedRows(values: values, nulls: call.combinedNulls())
      return call.widened(Vector(type: .bool, count: count, layout: .fixed(rows)))
    }
  }
}
