import Columnar

/// A part of an instant that `datetime_add`, `datetime_diff` and `datetime_part` name.
enum DateTimePart {
  case year, quarter, month, week, day, dayOfYear, hour, minute, second
  case millisecond, microsecond, nanosecond

  /// Finds a part by its name, in any case.
  init?(_ name: TextView) {
    switch String(decoding: name.buffer, as: UTF8.self).lowercased() {
    case "year": self = .year
    case "quarter": self = .quarter
    case "month": self = .month
    case "week", "week_of_year", "weekofyear": self = .week
    case "day": self = .day
    case "dayofyear", "day_of_year": self = .dayOfYear
    case "hour": self = .hour
    case "minute": self = .minute
    case "second": self = .second
    case "millisecond": self = .millisecond
    case "microsecond": self = .microsecond
    case "nanosecond": self = .nanosecond
    default: return nil
    }
  }

  /// The length of a part that always has the same, in ticks; nil for years, quarters, months
  /// and for nanoseconds, which are shorter than a tick.
  private var ticks: Int64? {
    switch self {
    case .week: 7 * TimeSpan.ticksPerDay
    case .day, .dayOfYear: TimeSpan.ticksPerDay
    case .hour: TimeSpan.ticksPerHour
    case .minute: TimeSpan.ticksPerMinute
    case .second: TimeSpan.ticksPerSecond
    case .millisecond: TimeSpan.ticksPerMillisecond
    case .microsecond: TimeSpan.ticksPerMicrosecond
    case .year, .quarter, .month, .nanosecond: nil
    }
  }

  /// An instant later by a number of parts; nil outside of the years 1 to 9999.
  func add(_ count: Int64, to date: DateTime) -> DateTime? {
    switch self {
    case .year: return date.adding(years: count)
    case .quarter:
      let (months, overflow) = count.multipliedReportingOverflow(by: 3)
      return overflow ? nil : date.adding(months: months)
    case .month: return date.adding(months: count)
    case .nanosecond: return date.adding(TimeSpan(ticks: count / 100))
    default:
      guard let ticks else { return nil }
      let (span, overflow) = count.multipliedReportingOverflow(by: ticks)
      return overflow ? nil : date.adding(TimeSpan(ticks: span))
    }
  }

  /// How many boundaries of the part lie between two instants; negative where `later` is the
  /// earlier one.
  func difference(_ later: DateTime, _ earlier: DateTime) -> Int64 {
    switch self {
    case .nanosecond: (later.ticks &- earlier.ticks) &* 100
    default: number(later) &- number(earlier)
    }
  }

  /// The number of whole parts since the beginning of time.
  private func number(_ date: DateTime) -> Int64 {
    switch self {
    case .year: Int64(date.date.year)
    case .quarter: Int64(date.date.year &* 4 &+ (date.date.month &- 1) / 3)
    case .month: Int64(date.date.year &* 12 &+ date.date.month)
    case .week: Int64((date.dayNumber &+ 1) / 7)
    default: date.ticks / (ticks ?? 1)
    }
  }

  /// The value of the part.
  func value(_ date: DateTime) -> Int32 {
    let ticks = date.timeOfDayTicks
    let fraction = ticks % TimeSpan.ticksPerSecond
    let value: Int64 =
      switch self {
      case .year: Int64(date.date.year)
      case .quarter: Int64((date.date.month &- 1) / 3 &+ 1)
      case .month: Int64(date.date.month)
      case .week: Int64(date.date.weekOfYear)
      case .day: Int64(date.date.day)
      case .dayOfYear: Int64(date.date.dayOfYear)
      case .hour: ticks / TimeSpan.ticksPerHour
      case .minute: ticks / TimeSpan.ticksPerMinute % 60
      case .second: ticks / TimeSpan.ticksPerSecond % 60
      case .millisecond: fraction / TimeSpan.ticksPerMillisecond
      case .microsecond: fraction / TimeSpan.ticksPerMicrosecond
      case .nanosecond: fraction &* 100
      }
    return Int32(truncatingIfNeeded: value)
  }
}

extension ScalarFunction {
  /// Functions that take the name of a part.
  static let datePartFamily: [ScalarFunction] = [
    datetimeAdd, datetimeDifference, datetimePart,
  ]

  static let datetimeAdd = ScalarFunction(
    "datetime_add",
    "part@Literal=DateDiffParts value datetime",
    "Adds years, months, days and so on to an instant; months that are too short end early.",
    examples: [
      Example(
        "print datetime_add('month', 1, datetime(2024-01-31))",
        "2024-02-29T00:00:00.0000000Z"
      ),
      Example(
        "print datetime_add('hour', -1, datetime(2024-01-31))",
        "2024-01-30T23:00:00.0000000Z"
      ),
    ],
    kernels: [
      .map { (part: TextView, count: Int64, date: DateTime) -> DateTime? in
        DateTimePart(part)?.add(count, to: date)
      }
    ]
  )

  static let datetimeDifference = ScalarFunction(
    "datetime_diff",
    "part@Literal=DateDiffParts datetime1 datetime2",
    "Counts the boundaries of years, months, days and so on from the second instant to the first.",
    examples: [
      Example("print datetime_diff('day', datetime(2024-03-01), datetime(2024-02-28))", "2"),
      Example("print datetime_diff('year', datetime(2020-12-31), datetime(2021-01-01))", "-1"),
    ],
    kernels: [
      .map { (part: TextView, later: DateTime, earlier: DateTime) -> Int64? in
        DateTimePart(part)?.difference(later, earlier)
      }
    ]
  )

  static let datetimePart = ScalarFunction(
    "datetime_part",
    aliases: [.obsolete("datepart")],
    "part@Literal=DateTimeParts date",
    "Takes a part of an instant as a number.",
    examples: [
      Example("print datetime_part('quarter', datetime(2024-05-15))", "2"),
      Example("print datetime_part('second', datetime(2024-05-15 01:02:03))", "3"),
    ],
    kernels: [
      .map { (part: TextView, date: DateTime) -> Int32? in DateTimePart(part)?.value(date) }
    ]
  )
}
