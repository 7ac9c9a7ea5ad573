import Columnar
import Testing

@Suite struct TimeSpanTests {
  private func text(_ value: TimeSpan?) -> String {
    guard let value else { return "null" }
    return printed { $0.append(timespan: value) }
  }

  @Test(arguments: [
    ("3d", "3.00:00:00"), ("2.5h", "02:30:00"), ("-45m", "-00:45:00"), ("7s", "00:00:07"),
    ("250ms", "00:00:00.2500000"), ("20microseconds", "00:00:00.0000200"),
    ("3ticks", "00:00:00.0000003"), ("12 seconds", "00:00:12"),
    ("5.06:07:08.9", "5.06:07:08.9000000"),
    ("21:30", "21:30:00"), ("-1.00:00:00", "-1.00:00:00"), (" 1h ", "01:00:00"),
    ("10675199.02:48:05.4775807", "10675199.02:48:05.4775807"),
    ("-10675199.02:48:05.4775808", "-10675199.02:48:05.4775808"),
  ])
  func writtenFormsAreRead(form: String, expected: String) {
    #expect(text(withBytes(form) { TimeSpan(parsing: $0) }) == expected)
    #expect(text(withBytes(form) { TimeSpan(parsingLiteral: $0) }) == expected)
  }

  @Test(arguments: [
    "", "-", "h", "2w", "1.5", "24:00", "1:60", "1:00:60", "1:00:00.12345678", "1:00:00.", "1h30m",
    "1e3s", "0x10s", "nan d", "10675199.02:48:05.4775808", "99999999999d", "1:", ":30", "--1h",
  ])
  func otherTextsAreRefused(form: String) {
    #expect(withBytes(form) { TimeSpan(parsing: $0) } == nil)
  }

  @Test func aNumberAloneCountsDaysInALiteralOnly() {
    #expect(text(withBytes("2") { TimeSpan(parsingLiteral: $0) }) == "2.00:00:00")
    #expect(text(withBytes("-0.25") { TimeSpan(parsingLiteral: $0) }) == "-06:00:00")
    #expect(withBytes("1e300") { TimeSpan(parsingLiteral: $0) } == nil)
    #expect(withBytes("inf") { TimeSpan(parsingLiteral: $0) } == nil)
  }

  @Test func printingAndReadingGoRound() {
    var numbers = SeededNumbers()
    for shift in 0..<64 {
      for _ in 0..<30 {
        let value = TimeSpan(ticks: Int64(truncatingIfNeeded: numbers.next()) >> Int64(shift))
        let back = withBytes(text(value)) { TimeSpan(parsing: $0) }
        #expect(back == value, "seed \(numbers.seed)")
      }
    }
  }

  @Test func arithmeticOutOfRangeIsNull() {
    let (one, least, most) = (TimeSpan(ticks: 1), TimeSpan(ticks: .min), TimeSpan(ticks: .max))
    #expect(most.adding(one) == nil && least.subtracting(one) == nil)
    #expect(most.multiplied(by: Int64(2)) == nil && most.multiplied(by: 1.5) == nil)
    #expect(one.multiplied(by: Double.nan) == nil && one.divided(by: Int64(0)) == nil)
    #expect(least.divided(by: Int64(-1)) == nil && least.negated == nil && least.magnitude == nil)
    #expect(one.divided(by: TimeSpan(ticks: 0)) == .infinity)
    #expect(one.remainder(dividingBy: TimeSpan(ticks: 0)) == nil)
    #expect(least.remainder(dividingBy: TimeSpan(ticks: -1)) == TimeSpan(ticks: 0))
  }

  @Test func arithmeticCountsTicks() {
    let span = TimeSpan(ticks: -7)
    #expect(span.remainder(dividingBy: TimeSpan(ticks: 3)) == TimeSpan(ticks: 2))
    #expect(span.multiplied(by: 2.5) == TimeSpan(ticks: -17))
    #expect(span.divided(by: Int64(2)) == TimeSpan(ticks: -3))
    #expect(span.divided(by: TimeSpan(ticks: 2)) == -3.5)
  }
}
