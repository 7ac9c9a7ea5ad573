/// A period of the calendar whose start and end can be asked for; weeks start on Sunday.
@frozen
public enum CalendarPeriod: Sendable, CaseIterable {
  case day, week, month, year
}

extension DateTime {
  /// The first instant of the period that lies `offset` periods behind the one of this instant;
  /// nil outside of the years 1 to 9999.
  public func start(of period: CalendarPeriod, offset: Int64 = 0) -> DateTime? {
    switch period {
    case .day: return start(ofDay: Int64(dayNumber), plus: offset, daysEach: 1)
    case .week: return start(ofDay: Int64(dayNumber &- dayOfWeek), plus: offset, daysEach: 7)
    case .month:
      let date = date
      return DateTime(date: CivilDate(knownYear: date.year, month: date.month, day: 1))
        .adding(months: offset)
    case .year:
      return DateTime(date: CivilDate(knownYear: date.year, month: 1, day: 1))
        .adding(years: offset)
    }
  }

  /// The last tick of the period that lies `offset` periods behind the one of this instant; nil
  /// outside of the years 1 to 9999.
  public func end(of period: CalendarPeriod, offset: Int64 = 0) -> DateTime? {
    let (next, overflow) = offset.addingReportingOverflow(1)
    guard !overflow else { return nil }
    if let following = start(of: period, offset: next) {
      return DateTime(checkedTicks: following.ticks &- 1)
    }
    guard period != .week, start(of: period, offset: offset) != nil else { return nil }
    return DateTime(ticks: Self.maximumTicks)
  }

  private func start(ofDay day: Int64, plus offset: Int64, daysEach: Int64) -> DateTime? {
    let (days, overflow) = offset.multipliedReportingOverflow(by: daysEach)
    let (sum, sumOverflow) = day.addingReportingOverflow(days)
    guard !overflow, !sumOverflow, sum >= 0, sum <= 3_652_058 else { return nil }
    return DateTime(ticks: sum &* TimeSpan.ticksPerDay)
  }
}
