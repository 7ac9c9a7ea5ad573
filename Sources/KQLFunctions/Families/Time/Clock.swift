import Columnar

extension ScalarFunction {
  /// The instant of the query.
  static let clockFamily: [ScalarFunction] = [now, ago]

  static let now = ScalarFunction(
    "now",
    "offset?",
    "Tells the instant of the query, the same everywhere in it.",
    examples: [
      Example("print now() == now()", "true"),
      Example("print now(1h) - now()", "01:00:00"),
    ],
    kernels: [
      ScalarKernel([.type(.timespan)], minimumCount: 0, result: .datetime) { call in
        let now = call.site.constants.now
        guard !call.arguments.isEmpty else {
          return Vector(constant: .datetime(now), count: call.count)
        }
        return try liftFixed(call) {
          let offsets = FixedReader<TimeSpan>(call.arguments[0])
          return { now.adding(offsets[$0]) }
        }
      }
    ]
  )

  static let ago = ScalarFunction(
    "ago",
    "timespan",
    "Tells the instant a time span before that of the query.",
    examples: [
      Example("print now() - ago(1d)", "1.00:00:00"),
      Example("print ago(-1h) > now()", "true"),
    ],
    kernels: [
      ScalarKernel([.type(.timespan)], result: .datetime) { call in
        let now = call.site.constants.now
        return try liftFixed(call) {
          let spans = FixedReader<TimeSpan>(call.arguments[0])
          return { now.subtracting(spans[$0]) }
        }
      }
    ]
  )
}
