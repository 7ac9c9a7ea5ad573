import Columnar

extension ScalarFunction {
  /// Single fields of an instant.
  static let calendarFieldFamily: [ScalarFunction] = [
    dayOfWeek, dayOfMonth, dayOfYear, hourOfDay, weekOfYear, monthOfYear, month, year,
  ]

  static let dayOfWeek = ScalarFunction(
    "dayofweek",
    "date",
    "Tells the time since the preceding Sunday in whole days.",
    examples: [
      Example("print dayofweek(datetime(2024-01-01))", "1.00:00:00"),
      Example("print toint(dayofweek(datetime(2024-01-06)) / 1d)", "6"),
    ],
    kernels: [
      .map { (date: DateTime) -> TimeSpan? in
        // The last week is cut short by the end of time, which the engine answers by null.
        guard date.dayNumber < 3_652_058 else { return nil }
        return TimeSpan(ticks: Int64(date.dayOfWeek) &* TimeSpan.ticksPerDay)
      }
    ]
  )

  static let dayOfMonth = ScalarFunction(
    "dayofmonth",
    "date",
    "Tells the day of the month.",
    examples: [
      Example("print dayofmonth(datetime(2024-02-29))", "29"),
      Example("print dayofmonth(datetime(null))", "null"),
    ],
    kernels: [.map { (date: DateTime) in Int32(date.date.day) }]
  )

  static let dayOfYear = ScalarFunction(
    "dayofyear",
    "date",
    "Tells the day of the year.",
    examples: [
      Example("print dayofyear(datetime(2024-12-31))", "366"),
      Example("print dayofyear(datetime(2023-12-31))", "365"),
    ],
    kernels: [.map { (date: DateTime) in Int32(date.date.dayOfYear) }]
  )

  static let hourOfDay = ScalarFunction(
    "hourofday",
    "date",
    "Tells the hour of the day.",
    examples: [
      Example("print hourofday(datetime(2024-01-01 23:59:59))", "23"),
      Example("print hourofday(datetime(2024-01-01))", "0"),
    ],
    kernels: [
      .map { (date: DateTime) in Int32(date.timeOfDayTicks / TimeSpan.ticksPerHour) }
    ]
  )

  static let weekOfYear = ScalarFunction(
    "week_of_year",
    aliases: [.obsolete("weekofyear")],
    "date",
    "Tells the week of the year by ISO 8601, whose weeks start on Monday.",
    examples: [
      Example("print week_of_year(datetime(2016-01-01))", "53"),
      Example("print week_of_year(datetime(2018-12-31))", "1"),
    ],
    kernels: [.map { (date: DateTime) in Int32(date.date.weekOfYear) }]
  )

  static let monthOfYear = ScalarFunction(
    "monthofyear",
    "date",
    "Tells the month of the year.",
    examples: [
      Example("print monthofyear(datetime(2024-02-29))", "2"),
      Example("print monthofyear(datetime(null))", "null"),
    ],
    kernels: [.map { (date: DateTime) in Int32(date.date.month) }]
  )

  static let month = ScalarFunction(
    "getmonth",
    "date",
    "Tells the month of the year.",
    examples: [
      Example("print getmonth(datetime(2024-02-29))", "2"),
      Example("print getmonth(datetime(2024-12-01))", "12"),
    ],
    kernels: [.map { (date: DateTime) in Int32(date.date.month) }]
  )

  static let year = ScalarFunction(
    "getyear",
    "date",
    "Tells the year.",
    examples: [
      Example("print getyear(datetime(2024-02-29))", "2024"),
      Example("print getyear(datetime(0001-01-01))", "1"),
    ],
    kernels: [.map { (date: DateTime) in Int32(date.date.year) }]
  )
}
