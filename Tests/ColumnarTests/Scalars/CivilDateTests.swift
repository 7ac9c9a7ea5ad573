import Columnar
import Testing

@Suite struct CivilDateTests {
  @Test func everyDayFollowsThePreviousOne() throws {
    var previous = try #require(CivilDate(year: 1, month: 1, day: 1))
    #expect(previous.dayNumber == 0)
    var faults = 0
    for number in 1...3_652_058 {
      let date = CivilDate(dayNumber: number)
      if date.dayNumber != number || date != Self.dayAfter(previous) { faults += 1 }
      previous = date
    }
    #expect(faults == 0)
    #expect(previous == CivilDate(year: 9999, month: 12, day: 31))
  }

  private static func dayAfter(_ date: CivilDate) -> CivilDate? {
    CivilDate(year: date.year, month: date.month, day: date.day + 1)
      ?? CivilDate(year: date.year, month: date.month + 1, day: 1)
      ?? CivilDate(year: date.year + 1, month: 1, day: 1)
  }

  @Test(arguments: [
    (0, 1, 1), (10000, 1, 1), (2023, 2, 29), (1900, 2, 29), (2023, 13, 1), (2023, 0, 1),
    (2023, 4, 31), (2023, 1, 0), (2023, 1, 32),
  ])
  func impossibleDatesAreRefused(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [
    (2016, 1, 1, 53), (2018, 12, 31, 1), (2015, 12, 31, 53), (2020, 2, 29, 9), (2021, 1, 3, 53),
    (2021, 1, 4, 1), (1, 1, 1, 1), (2009, 12, 31, 53),
  ])
  func weeksAreThoseOfISO(year: Int, month: Int, day: Int, week: Int) throws {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(date.weekOfYear == week)
  }

  @Test func dayOfYearCountsTheLeapDay() throws {
    #expect(try #require(CivilDate(year: 2024, month: 12, day: 31)).dayOfYear == 366)
    #expect(try #require(CivilDate(year: 2023, month: 3, day: 1)).dayOfYear == 60)
  }
}
