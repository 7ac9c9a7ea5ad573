/// A day of the proleptic Gregorian calendar, years 1 to 9999.
@frozen
public struct CivilDate: Hashable, Sendable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int

  /// Makes a date; nil when there is no such day in the years 1 to 9999.
  @inlinable public init?(year: Int, month: Int, day: Int) {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1,
      day <= Self.daysInMonth(month, year: year)
    else { return nil }
    self.init(knownYear: year, month: month, day: day)
  }

  @inlinable @inline(__always)
  init(knownYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Makes the date of a day counted from 0001-01-01, from 0 to 3652058.
  ///
  /// Years are counted from March so that the leap day comes last; the multiplications replace
  /// divisions (C. Neri and L. Schneider, "Euclidean affine functions and their application to
  /// calendar algorithms").
  @inlinable public init(dayNumber: Int) {
    let shifted = UInt32(truncatingIfNeeded: max(0, min(dayNumber, 3_652_058)) &+ 306)
    let century = (4 &* shifted &+ 3) / 146_097
    let dayOfCentury = (4 &* shifted &+ 3) % 146_097 / 4
    let product = 2_939_745 &* UInt64(4 &* dayOfCentury &+ 3)
    let yearOfCentury = UInt32(truncatingIfNeeded: product &>> 32)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let monthAndDay = 2141 &* dayOfYear &+ 197_913
    let isAfterDecember = dayOfYear >= 306
    let shiftedMonth = Int(monthAndDay &>> 16)
    year = Int(100 &* century &+ yearOfCentury) &+ (isAfterDecember ? 1 : 0)
    month = isAfterDecember ? shiftedMonth &- 12 : shiftedMonth
    day = Int((monthAndDay & 0xFFFF) / 2141) &+ 1
  }

  /// The number of days since 0001-01-01.
  @inlinable public var dayNumber: Int {
    let isEarly = month <= 2
    let shiftedYear = isEarly ? year &- 1 : year
    let shiftedMonth = isEarly ? month &+ 12 : month
    let leapDays = shiftedYear / 4 &- shiftedYear / 100 &+ shiftedYear / 400
    return 365 &* shiftedYear &+ leapDays &+ (979 &* shiftedMonth &- 2919) / 32 &+ day &- 307
  }

  /// The number of days from 0001-01-01 to a day; nil when there is no such day. In 32 bits, for
  /// reading many dates.
  @inlinable @inline(__always)
  static func dayNumber(year: UInt32, month: UInt32, day: UInt32) -> UInt32? {
    guard year &- 1 < 9999, month &- 1 < 12,
      day &- 1 < 28
        || (day &- 1 < 31 && Int(day) <= daysInMonth(Int(month), year: Int(year)))
    else { return nil }
    let early: UInt32 = month <= 2 ? 1 : 0
    let shiftedYear = year &- early
    let century = shiftedYear / 100
    let monthDays = (979 &* (month &+ 12 &* early) &- 2919) / 32
    return 365 &* shiftedYear &+ shiftedYear / 4 &- century &+ century / 4 &+ monthDays &+ day
      &- 307
  }

  /// The day of the year, from 1.
  @inlinable public var dayOfYear: Int {
    dayNumber &- CivilDate(knownYear: year, month: 1, day: 1).dayNumber &+ 1
  }

  /// The number of the ISO 8601 week, from 1 to 53; days around New Year may belong to a week of
  /// the neighbouring year.
  public var weekOfYear: Int {
    let weekday = dayNumber % 7
    let week = (dayOfYear &- weekday &+ 9) / 7
    if week < 1 { return Self.weeksInYear(year &- 1) }
    return week > Self.weeksInYear(year) ? 1 : week
  }

  private static func weeksInYear(_ year: Int) -> Int {
    func lastWeekday(_ year: Int) -> Int { (year &+ year / 4 &- year / 100 &+ year / 400) % 7 }
    return lastWeekday(year) == 4 || lastWeekday(year &- 1) == 3 ? 53 : 52
  }

  /// Whether a year has a 29th of February.
  @inlinable public static func isLeapYear(_ year: Int) -> Bool {
    year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The number of days of a month from 1 to 12.
  @inlinable public static func daysInMonth(_ month: Int, year: Int) -> Int {
    if month == 2 { return isLeapYear(year) ? 29 : 28 }
    return 30 &+ (month ^ month &>> 3) & 1
  }
}
