import Columnar

/// Rules for all years: a distance from UTC, and where clocks are changed when that happens
/// (the TZ strings of POSIX, with the hours of RFC 8536).
struct ZoneFooter: Sendable {
  /// The other distance of a zone that changes its clocks twice a year.
  struct Saving: Sendable {
    let offset: Int64
    let start: ZoneChange
    let end: ZoneChange
  }

  let offset: Int64
  let saving: Saving?

  /// The period that an instant lies in.
  func period(at instant: Int64) -> TimeZoneRules.Period {
    guard let saving else {
      return TimeZoneRules.Period(start: .min, end: .max, offset: offset)
    }
    let day = (instant &+ offset) / ZoneChange.secondsPerDay
    let year = CivilDate(dayNumber: Int(clamping: day)).year
    var found = TimeZoneRules.Period(start: .min, end: .max, offset: offset)
    for change in changes(saving, around: year) {
      if change.instant > instant {
        return TimeZoneRules.Period(start: found.start, end: change.instant, offset: found.offset)
      }
      found = TimeZoneRules.Period(start: change.instant, end: .max, offset: change.offset)
    }
    return found
  }

  /// The changes of a year and its neighbours in order, with the distances that follow. Where
  /// one year's end is the next one's start, the start comes last: sorting is stable.
  private func changes(
    _ saving: Saving,
    around year: Int
  ) -> [(instant: Int64, offset: Int64)] {
    var changes: [(instant: Int64, offset: Int64)] = []
    for year in max(1, year &- 1)...min(9999, year &+ 1) {
      let start = saving.start.local(year: year) &- offset
      let end = saving.end.local(year: year) &- saving.offset
      changes += [(instant: start, offset: saving.offset), (instant: end, offset: offset)]
    }
    return changes.sorted { $0.instant < $1.instant }
  }
}

/// A day and time of each year at which clocks are changed.
struct ZoneChange: Sendable {
  enum Day: Sendable {
    /// 1 to 365; the 29th of February is never counted.
    case withoutLeapDay(Int)
    /// 0 to 365.
    case ofYear(Int)
    /// The n-th such day of the week of a month, 5 for the last; 0 is Sunday.
    case ofWeek(month: Int, week: Int, weekday: Int)
  }

  static let secondsPerDay: Int64 = 86_400

  let day: Day
  /// Seconds after midnight; may be negative or beyond the day.
  let time: Int64

  /// The local time of a year in seconds since 0001-01-01.
  func local(year: Int) -> Int64 {
    Int64(dayNumber(year: year)) &* Self.secondsPerDay &+ time
  }

  private func dayNumber(year: Int) -> Int {
    switch day {
    case .withoutLeapDay(let number):
      let isAfterLeapDay = number >= 60 && CivilDate.daysInMonth(2, year: year) == 29
      return Self.day(year, 1) &+ number &- (isAfterLeapDay ? 0 : 1)
    case .ofYear(let number): return Self.day(year, 1) &+ number
    case .ofWeek(let month, let week, let weekday):
      let first = Self.day(year, month)
      let firstWeekday = (first &+ 1) % 7
      let ahead = (weekday &- firstWeekday &+ 7) % 7
      let wanted = ahead &+ 7 &* (week &- 1)
      let isBeyond = wanted >= CivilDate.daysInMonth(month, year: year)
      return first &+ (isBeyond ? wanted &- 7 : wanted)
    }
  }

  /// The number of the first day of a month.
  private static func day(_ year: Int, _ month: Int) -> Int {
    CivilDate(year: year, month: month, day: 1)?.dayNumber ?? 0
  }
}
