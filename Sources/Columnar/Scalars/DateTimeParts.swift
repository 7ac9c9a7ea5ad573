extension DateTime {
  /// The fields of an instant.
  @frozen
  public struct Parts: Hashable, Sendable {
    public var date: CivilDate
    public var hour: Int
    public var minute: Int
    public var second: Int
    /// The part of the second in ticks of 100 ns.
    public var fractionTicks: Int

    @inlinable
    public init(date: CivilDate, hour: Int, minute: Int, second: Int, fractionTicks: Int) {
      self.date = date
      self.hour = hour
      self.minute = minute
      self.second = second
      self.fractionTicks = fractionTicks
    }
  }

  /// The fields of the instant.
  @inlinable public var parts: Parts {
    let seconds = timeOfDayTicks / TimeSpan.ticksPerSecond
    let fraction = timeOfDayTicks &- seconds &* TimeSpan.ticksPerSecond
    let second = UInt32(truncatingIfNeeded: seconds)
    return Parts(
      date: date,
      hour: Int(second / 3600),
      minute: Int(second / 60 % 60),
      second: Int(second % 60),
      fractionTicks: Int(fraction)
    )
  }

  /// Makes an instant from a date and a time of day in ticks.
  @inlinable public init(date: CivilDate, timeOfDayTicks: Int64 = 0) {
    ticks = Int64(date.dayNumber) &* TimeSpan.ticksPerDay &+ timeOfDayTicks
  }

  /// Makes an instant from its fields; nil when one is out of range.
  public init?(_ parts: Parts) {
    guard (0..<24).contains(parts.hour), (0..<60).contains(parts.minute),
      (0..<60).contains(parts.second), (0..<10_000_000).contains(parts.fractionTicks)
    else { return nil }
    let seconds = Int64(parts.hour &* 3600 &+ parts.minute &* 60 &+ parts.second)
    self.init(
      date: parts.date,
      timeOfDayTicks: seconds &* TimeSpan.ticksPerSecond &+ Int64(parts.fractionTicks)
    )
  }

  /// The number of days since 0001-01-01.
  @inlinable public var dayNumber: Int { Int(ticks / TimeSpan.ticksPerDay) }

  /// The ticks since midnight.
  @inlinable public var timeOfDayTicks: Int64 { ticks % TimeSpan.ticksPerDay }

  /// The day.
  @inlinable public var date: CivilDate { CivilDate(dayNumber: dayNumber) }

  /// The day of the week: 0 for Sunday to 6 for Saturday.
  @inlinable public var dayOfWeek: Int { (dayNumber &+ 1) % 7 }
}

extension DateTime {
  /// The instant later by a time span; nil outside of the years 1 to 9999.
  @inlinable public func adding(_ span: TimeSpan) -> DateTime? {
    let (sum, overflow) = ticks.addingReportingOverflow(span.ticks)
    return overflow ? nil : DateTime(checkedTicks: sum)
  }

  /// The instant earlier by a time span; nil outside of the years 1 to 9999.
  @inlinable public func subtracting(_ span: TimeSpan) -> DateTime? {
    let (difference, overflow) = ticks.subtractingReportingOverflow(span.ticks)
    return overflow ? nil : DateTime(checkedTicks: difference)
  }

  /// The time from `earlier` to this instant.
  @inlinable public func since(_ earlier: DateTime) -> TimeSpan {
    TimeSpan(ticks: ticks &- earlier.ticks)
  }

  /// The same time of the same day `months` later, or of the last day of the month where that is
  /// earlier; nil outside of the years 1 to 9999.
  public func adding(months: Int64) -> DateTime? {
    let date = date
    let (total, overflow) = Int64(date.year &* 12 &+ date.month &- 1)
      .addingReportingOverflow(months)
    guard !overflow, total >= 12, total < 120_000 else { return nil }
    let year = Int(total / 12)
    let month = Int(total % 12) &+ 1
    let day = min(date.day, CivilDate.daysInMonth(month, year: year))
    return DateTime(
      date: CivilDate(knownYear: year, month: month, day: day),
      timeOfDayTicks: timeOfDayTicks
    )
  }

  /// The same time and day `years` later, with the 29th of February moved to the 28th where there
  /// is none; nil outside of the years 1 to 9999.
  public func adding(years: Int64) -> DateTime? {
    let (months, overflow) = years.multipliedReportingOverflow(by: 12)
    return overflow ? nil : adding(months: months)
  }
}
