import Columnar

extension ScalarFunction {
  /// Times made of numbers.
  static let timeMakingFamily: [ScalarFunction] = [
    makeDateTime, makeTimeSpan, unixSeconds, unixMilliseconds, unixMicroseconds,
    unixNanoseconds,
  ]

  static let makeDateTime = ScalarFunction(
    "make_datetime",
    "year:Number month:Number day:Number hour:Number? minute:Number? second:Number? | value:Scalar",
    naming: .onlyArgument,
    "Makes an instant of its fields; null where one is out of range.",
    examples: [
      Example("print make_datetime(2024, 2, 29)", "2024-02-29T00:00:00.0000000Z"),
      Example("print make_datetime(2024, 13, 1)", "null"),
    ],
    kernels: [
      .viewing(
        [
          .type(.long), .type(.long), .type(.long), .type(.long), .type(.long), .type(.real),
        ],
        minimumCount: 3
      ) { arguments -> DateTime? in
        var fields: [Int64] = []
        for index in 0..<min(arguments.count, 5) {
          guard let field = arguments.long(index) else { return nil }
          fields.append(field)
        }
        while fields.count < 5 { fields.append(0) }
        let second = arguments.count > 5 ? arguments[5].number : 0
        guard let second, let ticks = timeOfDay(fields[3], fields[4], second),
          let date = CivilDate(
            year: Int(fields[0]),
            month: Int(fields[1]),
            day: Int(fields[2])
          )
        else { return nil }
        return DateTime(date: date, timeOfDayTicks: ticks)
      },
      .map { (value: DateTime) in value },
    ]
  )

  static let makeTimeSpan = ScalarFunction(
    "make_timespan",
    """
    days:Integer hours:Integer minutes:Integer seconds:Number
    | hours:Integer minutes:Integer seconds:Number?
    | value:Scalar
    """,
    naming: .onlyArgument,
    "Makes a time span of days, hours, minutes and seconds; null where one is out of range.",
    examples: [
      Example("print make_timespan(1, 2, 3, 4)", "1.02:03:04"),
      Example("print make_timespan(25, 70)", "null"),
    ],
    kernels: [
      timeSpanKernel([.type(.long), .type(.long)]),
      timeSpanKernel([.type(.long), .type(.long), .type(.real)]),
      timeSpanKernel([.type(.long), .type(.long), .type(.long), .type(.real)]),
      .map { (value: TimeSpan) in value },
    ]
  )

  /// Makes a kernel of hours and minutes, with seconds behind and days before them.
  private static func timeSpanKernel(_ parameters: [ScalarKernel.Parameter]) -> ScalarKernel {
    .viewing(parameters) { arguments -> TimeSpan? in
      let hasDays = arguments.count == 4
      let first = hasDays ? 1 : 0
      let days = hasDays ? arguments.long(0) : 0
      let seconds = arguments.count > 2 ? arguments[first + 2].number : 0
      guard let days, let hours = arguments.long(first), let minutes = arguments.long(first + 1),
        let seconds, let ticks = timeOfDay(hours, minutes, seconds), days >= 0,
        days <= Int64.max / TimeSpan.ticksPerDay - 1
      else { return nil }
      return TimeSpan(ticks: days &* TimeSpan.ticksPerDay &+ ticks)
    }
  }

  /// The ticks of a time of day; nil where a field is out of range.
  private static func timeOfDay(_ hours: Int64, _ minutes: Int64, _ seconds: Double) -> Int64? {
    guard (0..<24).contains(hours), (0..<60).contains(minutes), seconds >= 0, seconds < 60,
      let ticks = Int64(exactly: (seconds * 10_000_000).rounded())
    else { return nil }
    return hours &* TimeSpan.ticksPerHour &+ minutes &* TimeSpan.ticksPerMinute &+ ticks
  }

  static let unixSeconds = ScalarFunction(
    "unixtime_seconds_todatetime",
    "number",
    "Converts seconds since 1970 to an instant.",
    examples: [
      Example("print unixtime_seconds_todatetime(86400)", "1970-01-02T00:00:00.0000000Z"),
      Example("print unixtime_seconds_todatetime(-1)", "1969-12-31T23:59:59.0000000Z"),
    ],
    kernels: unixKernels(ticks: TimeSpan.ticksPerSecond)
  )

  static let unixMilliseconds = ScalarFunction(
    "unixtime_milliseconds_todatetime",
    "number",
    "Converts milliseconds since 1970 to an instant.",
    examples: [
      Example("print unixtime_milliseconds_todatetime(1500)", "1970-01-01T00:00:01.5000000Z"),
      Example("print unixtime_milliseconds_todatetime(0)", "1970-01-01T00:00:00.0000000Z"),
    ],
    kernels: unixKernels(ticks: TimeSpan.ticksPerMillisecond)
  )

  static let unixMicroseconds = ScalarFunction(
    "unixtime_microseconds_todatetime",
    "number",
    "Converts microseconds since 1970 to an instant.",
    examples: [
      Example("print unixtime_microseconds_todatetime(1500000)", "1970-01-01T00:00:01.5000000Z"),
      Example("print unixtime_microseconds_todatetime(0)", "1970-01-01T00:00:00.0000000Z"),
    ],
    kernels: unixKernels(ticks: TimeSpan.ticksPerMicrosecond)
  )

  static let unixNanoseconds = ScalarFunction(
    "unixtime_nanoseconds_todatetime",
    "number",
    "Converts nanoseconds since 1970 to an instant.",
    examples: [
      Example(
        "print unixtime_nanoseconds_todatetime(1500000000)",
        "1970-01-01T00:00:01.5000000Z"
      ),
      Example("print unixtime_nanoseconds_todatetime(0)", "1970-01-01T00:00:00.0000000Z"),
    ],
    kernels: [
      .map { (number: Int64) in unixTime(ticks: number / 100) },
      .map { (number: Double) in unixTime(real: number / 100) },
    ]
  )

  private static func unixKernels(ticks: Int64) -> [ScalarKernel] {
    [
      .map { (number: Int64) -> DateTime? in
        let (span, overflow) = number.multipliedReportingOverflow(by: ticks)
        return overflow ? nil : unixTime(ticks: span)
      },
      .map { (number: Double) in unixTime(real: number * Double(ticks)) },
    ]
  }

  private static func unixTime(ticks: Int64) -> DateTime? {
    DateTime(ticks: DateTime.unixEpochTicks).adding(TimeSpan(ticks: ticks))
  }

  private static func unixTime(real ticks: Double) -> DateTime? {
    Int64(exactly: ticks.rounded()).flatMap { unixTime(ticks: $0) }
  }
}
