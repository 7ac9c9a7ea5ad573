import Columnar

extension ScalarFunction {
  /// The instant of the query.
  static let clockFamily: [ScalarFunction] = [now, ago, ingestionTime]

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

  /// The plan puts the time of the row in the place of a call over records of a table, so that what
  /// is left here is a row that is no record.
  static let ingestionTime = ScalarFunction(
    "ingestion_time",
    "",
    naming: .always("$IngestionTime"),
    "Tells when the row was put into its table of a store; null for rows that come from no store.",
    examples: [
      Example("print isnull(ingestion_time())", "true"),
      Example("range n from 1 to 3 step 1 | where ingestion_time() > ago(1d) | count", "0"),
    ],
    isDeterministic: false,
    kernels: [
      ScalarKernel([], minimumCount: 0, result: .datetime) { call in
        Vector(constant: .null(.datetime), count: call.count)
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
