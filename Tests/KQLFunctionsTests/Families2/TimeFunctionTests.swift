import Columnar
import Testing

struct TimeFunctionTests {
  @Test(arguments: parts + periods) func calendar(item: FunctionCase) throws { try item.check() }

  @Test(arguments: making + bins) func makingAndBins(item: FunctionCase) throws {
    try item.check()
  }

  private static let parts: [FunctionCase] = [
    FunctionCase("dayofweek", [.date("1970-05-11")], "1.00:00:00"),
    FunctionCase("dayofweek", [.date("9999-12-31")], "null"),
    FunctionCase("week_of_year", [.date("2021-12-26")], "51"),
    FunctionCase(
      "datetime_add",
      ["month", 1, .date("2020-01-31")],
      "2020-02-29T00:00:00.0000000Z"
    ),
    FunctionCase("datetime_add", ["day", -1, .date("0001-01-01 12:00")], "null"),
    FunctionCase("datetime_diff", ["week", .date("2017-10-29"), .date("2017-09-30 23:59")], "5"),
    FunctionCase("datetime_diff", ["year", .date("2020-12-31"), .date("2021-01-01")], "-1"),
    FunctionCase("datetime_diff", ["quarter", .date("2017-07-01"), .date("2017-03-30")], "2"),
    FunctionCase("datetime_part", ["dayOfYear", .date("2020-12-31")], "366"),
    FunctionCase("datetime_part", ["nonsense", .date("2020-12-31")], "null"),
  ]

  private static let periods: [FunctionCase] = [
    FunctionCase("startofweek", [.date("2020-06-15 13:45"), -2], "2020-05-31T00:00:00.0000000Z"),
    FunctionCase("endofmonth", [.date("2020-01-31"), 13], "2021-02-28T23:59:59.9999999Z"),
    FunctionCase("endofyear", [.date("9999-12-31")], "9999-12-31T23:59:59.9999999Z"),
    FunctionCase("startofday", [.date("0001-01-01"), -1], "null"),
    FunctionCase(
      "format_datetime",
      [.date("2020-06-15 09:05:03.007"), "M/d/yy H:m:s.fff"],
      "6/15/20 9:5:3.007"
    ),
    FunctionCase("format_timespan", [.span("-02:30:00"), "hh:mm"], "-02:30"),
  ]

  private static let making: [FunctionCase] = [
    FunctionCase(
      "make_datetime",
      [2020, 2, 29, 23, 59, .real(59.9999999)],
      "2020-02-29T23:59:59.9999999Z"
    ),
    FunctionCase("make_datetime", [2020, 13, 1], "null"),
    FunctionCase("make_timespan", [1, 2, .real(3)], "01:02:03"),
    FunctionCase("make_timespan", [25, 70], "null"),
    FunctionCase(
      "unixtime_milliseconds_todatetime",
      [1_546_300_800_000],
      "2019-01-01T00:00:00.0000000Z"
    ),
  ]

  private static let bins: [FunctionCase] = [
    FunctionCase("bin", [-7, 5], "-10"),
    FunctionCase("bin", [7, 0], "null"),
    FunctionCase("bin", [.real(-5.5), .real(2)], "-6.0"),
    FunctionCase("bin", [.date("2007-03-09"), .span("30d")], "2007-02-14T00:00:00.0000000Z"),
    FunctionCase("bin_at", [.real(6.5), .real(2.5), .real(7)], "4.5"),
    FunctionCase("bin_at", [.span("1h"), .span("1d"), .span("12h")], "-12:00:00"),
    FunctionCase("round", [.real(3.25), 1], "3.3"),
    FunctionCase("round", [1250, -2], "1300"),
    FunctionCase("log", [.real(-1)], "null"),
    FunctionCase("sign", [.real(-0.5)], "-1.0"),
    FunctionCase("binary_shift_left", [1, 65], "2"),
  ]

  @Test func binsAreMultiplesForEveryStep() throws {
    let bin = try FunctionRunner("bin")
    var random = RandomRows(seed: 11)
    for _ in 0..<2_000 {
      let step = Int64(1 + random.number(below: 1 << (1 + random.number(below: 62))))
      let value =
        Int64(random.number(below: Int.max)) &- (random.number(below: 3) == 0 ? Int64.max : 0)
      if value < Int64.min + step { continue }
      let found = try bin([.longs([value]), Vector(constant: .long(step), count: 1)], count: 1)
      guard case .long(let start) = found.scalar(at: 0) else {
        Issue.record("bin(\(value), \(step)) is null")
        continue
      }
      #expect(
        start % step == 0 && start <= value && value &- start < step,
        "bin(\(value), \(step))"
      )
    }
  }
}
