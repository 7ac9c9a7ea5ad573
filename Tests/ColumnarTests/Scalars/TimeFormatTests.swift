import Columnar
import Testing

@Suite struct TimeFormatTests {
  private func formatted(_ value: String, datetime format: String) -> String? {
    guard let instant = withBytes(value, { DateTime(parsing: $0) }),
      let form = withBytes(format, { TimeFormat(datetime: $0) })
    else { return nil }
    return printed { $0.append(datetime: instant, format: form) }
  }

  private func formatted(_ value: String, timespan format: String) -> String? {
    guard let span = withBytes(value, { TimeSpan(parsing: $0) }),
      let form = withBytes(format, { TimeFormat(timespan: $0) })
    else { return nil }
    return printed { $0.append(timespan: span, format: form) }
  }

  @Test(arguments: [
    ("M/d/yy H:m:s", "3/4/07 15:6:7"), ("yyyyMMdd", "20070304"), ("MMMM ddd", "0303 044"),
    ("h:mm tt", "3:06 PM"), ("hh", "03"), ("y", "7"), ("s.f", "7.0"), ("fffffff", "0200300"),
    ("FF", "02"), ("FFFFFF", "02003"), ("[F]", "[]"), ("ffffffff", "02003000"), ("", ""),
  ])
  func instantsArePrinted(format: String, expected: String) {
    #expect(formatted("2007-03-04 15:06:07.02003", datetime: format) == expected)
  }

  @Test func noonAndMidnightAreTwelve() {
    #expect(formatted("2007-03-04 00:30", datetime: "h tt") == "12 AM")
    #expect(formatted("2007-03-04 12:30", datetime: "h tt") == "12 PM")
  }

  @Test(arguments: [
    ("ddd.h:mm:ss", "-003.5:06:07"), ("hh:mm", "-05:06"), ("H", "-5"), ("s.FFF", "-7.25"),
    ("dddddddd", "-00000003"),
  ])
  func timeSpansArePrinted(format: String, expected: String) {
    #expect(formatted("-3.05:06:07.25", timespan: format) == expected)
  }

  @Test(arguments: ["yyyy-MM-ddTHH", "t", "c", "yyyy年", "'x'", "z"])
  func otherCharactersAreRefused(format: String) {
    #expect(formatted("2007-03-04", datetime: format) == nil)
    #expect(formatted("1d", timespan: format) == nil)
  }

  @Test func timeSpansHaveNoMonth() {
    #expect(formatted("1d", timespan: "M") == nil)
    #expect(formatted("1d", timespan: "tt") == nil)
  }
}
