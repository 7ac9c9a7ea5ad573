import Columnar
import Testing

@Suite struct DateTimeTests {
  private func instant(_ text: String) throws -> DateTime {
    try #require(withBytes(text) { DateTime(parsing: $0) })
  }

  private func text(_ value: DateTime?) -> String {
    guard let value else { return "null" }
    return printed { $0.append(datetime: value) }
  }

  @Test(arguments: [
    ("2021-07-04T05:06:07.0800900Z", "2021-07-04T05:06:07.0800900Z"),
    ("2021-07-04 05:06:07", "2021-07-04T05:06:07.0000000Z"),
    ("2021-07-04T05:06:07.1234567899", "2021-07-04T05:06:07.1234567Z"),
    ("2021-07-04T05:06", "2021-07-04T05:06:00.0000000Z"),
    ("2021-07-04T05:06:07+03:30", "2021-07-04T01:36:07.0000000Z"),
    ("2021-07-04T05:06:07.5-0100", "2021-07-04T06:06:07.5000000Z"),
    ("2021-07-04t05:06:07z", "2021-07-04T05:06:07.0000000Z"),
    ("  2021-07-04 ", "2021-07-04T00:00:00.0000000Z"),
    ("2021-7-4", "2021-07-04T00:00:00.0000000Z"),
    ("2021-07", "2021-07-01T00:00:00.0000000Z"),
    ("2021", "2021-01-01T00:00:00.0000000Z"),
    ("2021/07/04 5:06", "2021-07-04T05:06:00.0000000Z"),
    ("Sun, 4 Jul 21 05:06:07 GMT", "2021-07-04T05:06:07.0000000Z"),
    ("4 July 2021 05:06 EST", "2021-07-04T10:06:00.0000000Z"),
    ("Sunday, 04-Jul-85 05:06:07", "1985-07-04T05:06:07.0000000Z"),
    ("7/4/2021 5:06:07 PM", "2021-07-04T17:06:07.0000000Z"),
    ("7/4/2021, 12:06:07.250 AM", "2021-07-04T00:06:07.2500000Z"),
    ("07-04-2021", "2021-07-04T00:00:00.0000000Z"),
    ("0001-01-01", "0001-01-01T00:00:00.0000000Z"),
    ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
  ])
  func writtenFormsAreRead(form: String, expected: String) {
    #expect(text(withBytes(form) { DateTime(parsing: $0) }) == expected)
  }

  @Test(arguments: [
    "", " ", "yesterday", "2021-02-29", "2021-13-01", "2021-07-04T24:00:00", "2021-07-04T05:60",
    "2021-07-04T05:06:60", "2021-07-04T05:06:07.", "2021-07-04T05:06:07.Z", "2021-07-04T",
    "2021-07-04T05:06:07ZZ", "2021-07-04T05:06:07+25:00", "20210704", "4/7/21", "05:06",
    "2021-07-04T05:06:07:08", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
    "13:00 PM", "2021-0x-04", "2021-07-04T0:06:0/", "2021-07-04T05:06:0:",
  ])
  func otherTextsAreRefused(form: String) {
    #expect(withBytes(form) { DateTime(parsing: $0) } == nil)
  }

  @Test func aTimeAloneIsOneOfToday() throws {
    let today = try instant("2021-07-04T22:00:00Z")
    #expect(
      text(withBytes("8:05") { DateTime(parsing: $0, today: today) }).hasPrefix("2021-07-04T08:05")
    )
    #expect(withBytes("25:05") { DateTime(parsing: $0, today: today) } == nil)
  }

  @Test func printingAndReadingGoRound() {
    var numbers = SeededNumbers()
    for _ in 0..<2000 {
      let value = DateTime(ticks: Int64.random(in: 0...DateTime.maximumTicks, using: &numbers))
      let back = withBytes(text(value)) { DateTime(parsing: $0) }
      #expect(back == value, "seed \(numbers.seed)")
      #expect(DateTime(value.parts) == value, "seed \(numbers.seed)")
    }
  }

  @Test func monthsAreClampedToTheirLastDay() throws {
    let value = try instant("2020-01-31T10:00:00Z")
    #expect(text(value.adding(months: 1)) == "2020-02-29T10:00:00.0000000Z")
    #expect(text(value.adding(months: -2)) == "2019-11-30T10:00:00.0000000Z")
    #expect(text(try instant("2020-02-29").adding(years: 1)) == "2021-02-28T00:00:00.0000000Z")
    #expect(value.adding(years: 8000) == nil)
    #expect(value.adding(years: .min) == nil)
    #expect(value.adding(months: .max) == nil)
  }

  @Test func periodsStartAndEnd() throws {
    let value = try instant("2021-07-07T05:06:07Z")
    #expect(text(value.start(of: .week)) == "2021-07-04T00:00:00.0000000Z")
    #expect(text(value.end(of: .week)) == "2021-07-10T23:59:59.9999999Z")
    #expect(text(value.start(of: .day, offset: -1)) == "2021-07-06T00:00:00.0000000Z")
    #expect(text(value.end(of: .month, offset: -5)) == "2021-02-28T23:59:59.9999999Z")
    #expect(text(value.start(of: .year, offset: 2)) == "2023-01-01T00:00:00.0000000Z")
    #expect(text(value.end(of: .year)) == "2021-12-31T23:59:59.9999999Z")
  }

  @Test func periodsStayInsideOfTheCalendar() {
    let last = DateTime(ticks: DateTime.maximumTicks)
    #expect(last.end(of: .day) == last)
    #expect(last.end(of: .year) == last)
    #expect(last.end(of: .month, offset: 1) == nil)
    #expect(last.start(of: .day, offset: .max) == nil)
    #expect(DateTime(ticks: 0).start(of: .week) == nil)
  }

  @Test func arithmeticOutOfRangeIsNull() {
    let last = DateTime(ticks: DateTime.maximumTicks)
    #expect(last.adding(TimeSpan(ticks: 1)) == nil)
    #expect(last.adding(TimeSpan(ticks: .max)) == nil)
    #expect(DateTime(ticks: 0).subtracting(TimeSpan(ticks: 1)) == nil)
    #expect(last.subtracting(TimeSpan(ticks: .min)) == nil)
    #expect(DateTime(ticks: 5).since(DateTime(ticks: 8)) == TimeSpan(ticks: -3))
  }
}
