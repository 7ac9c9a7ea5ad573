import Columnar

extension ScalarFunction {
  static let assertionFamily: [ScalarFunction] = [assertion, around, currentPrincipal]

  static let assertion = ScalarFunction(
    "assert",
    "predicate message",
    "Returns true, or ends the query with a message where the predicate does not hold.",
    examples: [
      Example("print assert(1 < 2, \"one is less\")", "true"),
      Example("print assert(true, \"never said\")", "true"),
    ],
    kernels: [
      ScalarKernel([.type(.bool), .type(.string)], result: .bool) { call in
        let count = call.isConstant ? 1 : call.count
        let holds = FixedReader<Bool>(call.arguments[0])
        let nulls = call.arguments[0].nullRows()
        let messages = TextReader(call.arguments[1])
        for row in 0..<count where !holds[row] || nulls?.base[row] == 1 {
          throw QueryFailure(
            .evaluation,
            "assertion failed: \(String(decoding: messages[row].buffer, as: UTF8.self))",
            range: call.site.range
          )
        }
        return Vector(constant: .bool(true), count: call.count)
      }
    ]
  )

  static let around = ScalarFunction(
    "around",
    "value:Scalar center:Scalar delta:Scalar",
    "Tells whether a value lies within a distance of another.",
    examples: [
      Example(
        "print around(datetime(2024-01-01 01:31), datetime(2024-01-01 01:30), 1m)",
        "true"
      ),
      Example("print around(5, 1, 3)", "false"),
    ],
    kernels: [
      .map { (value: Int64, center: Int64, delta: Int64) in
        isNear(value, center, delta)
      },
      .map { (value: Double, center: Double, delta: Double) in
        value >= center - delta && value <= center + delta
      },
      .map { (value: DateTime, center: DateTime, delta: TimeSpan) in
        isNear(value.ticks, center.ticks, delta.ticks)
      },
      .map { (value: TimeSpan, center: TimeSpan, delta: TimeSpan) in
        isNear(value.ticks, center.ticks, delta.ticks)
      },
    ]
  )

  static let currentPrincipal = ScalarFunction(
    "current_principal",
    "",
    "Returns who runs the query.",
    examples: [
      Example("print isempty(strcat(\"x\", current_principal()))", "false"),
      Example("print current_principal() == current_principal()", "true"),
    ],
    kernels: [
      ScalarKernel([], result: .string) { call in
        let principal = ByteString(call.site.constants.principal)
        return Vector(constant: .string(principal), count: call.count)
      }
    ]
  )
}

/// Whether two numbers differ by at most a distance; ends beyond the range of numbers are open.
private func isNear(_ value: Int64, _ center: Int64, _ delta: Int64) -> Bool {
  let low = center.subtractingReportingOverflow(delta)
  let high = center.addingReportingOverflow(delta)
  if delta < 0 { return false }
  return (low.overflow || value >= low.partialValue)
    && (high.overflow || value <= high.partialValue)
}
