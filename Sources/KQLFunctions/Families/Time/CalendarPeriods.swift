import Columnar

extension ScalarFunction {
  /// Starts and ends of calendar periods.
  static let calendarPeriodFamily: [ScalarFunction] = [
    startOfDay, startOfWeek, startOfMonth, startOfYear, endOfDay, endOfWeek, endOfMonth,
    endOfYear,
  ]

  static let startOfDay = ScalarFunction(
    "startofday",
    "date offset:long?",
    naming: .firstArgument,
    "Finds the first instant of the day, moved by a number of days.",
    examples: [
      Example("print startofday(datetime(2024-05-15 10:00))", "2024-05-15T00:00:00.0000000Z"),
      Example("print startofday(datetime(2024-05-15 10:00), 1)", "2024-05-16T00:00:00.0000000Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.start(of: .day) },
      .map { (date: DateTime, offset: Int64) in date.start(of: .day, offset: offset) },
    ]
  )

  static let startOfWeek = ScalarFunction(
    "startofweek",
    "date offset:long?",
    "Finds the first instant of the week, which starts on Sunday, moved by a number of weeks.",
    examples: [
      Example("print startofweek(datetime(2024-05-15 10:00))", "2024-05-12T00:00:00.0000000Z"),
      Example("print startofweek(datetime(2024-05-15 10:00), 1)", "2024-05-19T00:00:00.0000000Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.start(of: .week) },
      .map { (date: DateTime, offset: Int64) in date.start(of: .week, offset: offset) },
    ]
  )

  static let startOfMonth = ScalarFunction(
    "startofmonth",
    "date offset:long?",
    "Finds the first instant of the month, moved by a number of months.",
    examples: [
      Example("print startofmonth(datetime(2024-05-15 10:00))", "2024-05-01T00:00:00.0000000Z"),
      Example("print startofmonth(datetime(2024-05-15 10:00), 1)", "2024-06-01T00:00:00.0000000Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.start(of: .month) },
      .map { (date: DateTime, offset: Int64) in date.start(of: .month, offset: offset) },
    ]
  )

  static let startOfYear = ScalarFunction(
    "startofyear",
    "date offset:long?",
    "Finds the first instant of the year, moved by a number of years.",
    examples: [
      Example("print startofyear(datetime(2024-05-15 10:00))", "2024-01-01T00:00:00.0000000Z"),
      Example("print startofyear(datetime(2024-05-15 10:00), 1)", "2025-01-01T00:00:00.0000000Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.start(of: .year) },
      .map { (date: DateTime, offset: Int64) in date.start(of: .year, offset: offset) },
    ]
  )

  static let endOfDay = ScalarFunction(
    "endofday",
    "date offset:long?",
    "Finds the last tick of the day, moved by a number of days.",
    examples: [
      Example("print endofday(datetime(2024-05-15 10:00))", "2024-05-15T23:59:59.9999999Z"),
      Example("print endofday(datetime(2024-05-15 10:00), 1)", "2024-05-16T23:59:59.9999999Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.end(of: .day) },
      .map { (date: DateTime, offset: Int64) in date.end(of: .day, offset: offset) },
    ]
  )

  static let endOfWeek = ScalarFunction(
    "endofweek",
    "date offset:long?",
    "Finds the last tick of the week, which starts on Sunday, moved by a number of weeks.",
    examples: [
      Example("print endofweek(datetime(2024-05-15 10:00))", "2024-05-18T23:59:59.9999999Z"),
      Example("print endofweek(datetime(2024-05-15 10:00), 1)", "2024-05-25T23:59:59.9999999Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.end(of: .week) },
      .map { (date: DateTime, offset: Int64) in date.end(of: .week, offset: offset) },
    ]
  )

  static let endOfMonth = ScalarFunction(
    "endofmonth",
    "date offset:long?",
    "Finds the last tick of the month, moved by a number of months.",
    examples: [
      Example("print endofmonth(datetime(2024-05-15 10:00))", "2024-05-31T23:59:59.9999999Z"),
      Example("print endofmonth(datetime(2024-05-15 10:00), 1)", "2024-06-30T23:59:59.9999999Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.end(of: .month) },
      .map { (date: DateTime, offset: Int64) in date.end(of: .month, offset: offset) },
    ]
  )

  static let endOfYear = ScalarFunction(
    "endofyear",
    "date offset:long?",
    "Finds the last tick of the year, moved by a number of years.",
    examples: [
      Example("print endofyear(datetime(2024-05-15 10:00))", "2024-12-31T23:59:59.9999999Z"),
      Example("print endofyear(datetime(2024-05-15 10:00), 1)", "2025-12-31T23:59:59.9999999Z"),
    ],
    kernels: [
      .map { (date: DateTime) in date.end(of: .year) },
      .map { (date: DateTime, offset: Int64) in date.end(of: .year, offset: offset) },
    ]
  )
}
