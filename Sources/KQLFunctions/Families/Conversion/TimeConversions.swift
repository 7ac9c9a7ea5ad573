import Columnar

extension ScalarFunction {
  /// Conversions to times and identifiers; what cannot be converted is null.
  static let timeConversionFamily: [ScalarFunction] = [toDateTime, toTimeSpan, toGUID]

  static let toDateTime = ScalarFunction(
    "todatetime",
    "value",
    naming: .firstArgument,
    "Converts to an instant; a number counts ticks since year 1.",
    examples: [
      Example("print todatetime(\"2024-05-15 10:00\")", "2024-05-15T10:00:00.0000000Z"),
      Example("print todatetime(\"2024-02-30\")", "null"),
    ],
    kernels: [
      .map { (value: DateTime) in value },
      .map { (value: Int32) in DateTime(checkedTicks: Int64(value)) },
      .map { (value: Int64) in DateTime(checkedTicks: value) },
      .map { (value: Double) in DateTime(realTicks: value) },
      ScalarKernel([.type(.string)], result: .datetime) { call in
        let today = call.site.constants.now
        return try liftFixed(call) {
          let texts = TextReader(call.arguments[0])
          return { DateTime(parsing: texts[$0].buffer, today: today) }
        }
      },
      ScalarKernel([.type(.dynamic)], result: .datetime) { call in
        let today = call.site.constants.now
        return try liftFixed(call) {
          let values = DynamicReader(call.arguments[0])
          return { values[$0].convertedDateTime(today: today) }
        }
      },
      nullKernel(DateTime.self),
    ]
  )

  static let toTimeSpan = ScalarFunction(
    "totimespan",
    aliases: [.obsolete("totime")],
    "value",
    naming: .firstArgument,
    "Converts to a time span; a number counts ticks of 100 ns.",
    examples: [
      Example("print totimespan(\"1.02:03:04\")", "1.02:03:04"),
      Example("print totimespan(\"90m\")", "01:30:00"),
    ],
    kernels: [
      .map { (value: TimeSpan) in value },
      .map { (value: Int32) in TimeSpan(ticks: Int64(value)) },
      .map { (value: Int64) in TimeSpan(ticks: value) },
      .map { (value: Double) in value.truncatedLong.map { TimeSpan(ticks: $0) } },
      .map { (value: TextView) in TimeSpan(parsing: value.buffer) },
      .map { (value: DynamicView) in value.convertedTimeSpan },
      nullKernel(TimeSpan.self),
    ]
  )

  static let toGUID = ScalarFunction(
    "toguid",
    "value",
    naming: .firstArgument,
    "Converts a text of 32 hexadecimal digits to an identifier.",
    examples: [
      Example(
        "print toguid(\"70fc66f7-8279-44fc-9092-d364d70fce44\")",
        "70fc66f7-8279-44fc-9092-d364d70fce44"
      ),
      Example("print toguid(\"xyz\")", "null"),
    ],
    kernels: [
      .map { (value: TextView) in GUID(parsing: value.buffer) },
      .map { (value: DynamicView) in value.convertedGUID },
    ]
  )
}
