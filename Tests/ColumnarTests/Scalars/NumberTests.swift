import Columnar
import Testing

@Suite struct NumberTests {
  @Test(
    arguments: [
      ("17", 17), ("-17", -17), ("+17", 17), ("  17\t", 17), ("0x1F", 31), ("0Xff", 255),
      ("0xFFFFFFFFFFFFFFFE", -2), ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("00000000000000000000000017", 17), ("-0", 0),
    ] as [(String, Int64)]
  )
  func wholeNumbersAreRead(text: String, expected: Int64) {
    #expect(withBytes(text) { NumberParsing.long($0) } == expected)
  }

  @Test(arguments: [
    "", " ", "-", "+", "1.0", "1e3", "1_000", "1,000", "0x", "-0x1", "0xg", "0x11111111111111111",
    "9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999",
    "1 2", "--1", "17a",
  ])
  func otherTextsAreNoWholeNumbers(text: String) {
    #expect(withBytes(text) { NumberParsing.long($0) } == nil)
  }

  @Test(
    arguments: [
      ("2.5", 2.5), (".5", 0.5), ("5.", 5), (" -1e-3 ", -0.001), ("1E+2", 100),
      ("1e400", .infinity),
      ("-1e400", -.infinity), ("1e-400", 0), ("inf", .infinity), ("-Inf", -.infinity),
      ("+Infinity", .infinity), ("0000000000000000000000000000000001.5", 1.5),
      ("9007199254740993", 9_007_199_254_740_992),
      ("9007199254740993.0000000000000000000001", 9_007_199_254_740_994),

      ("2.2250738585072011e-308", Double(bitPattern: 0xF_FFFF_FFFF_FFFF)),
      ("5e-324", Double.leastNonzeroMagnitude), ("2e-324", 0),
      ("1.7976931348623159e308", .infinity), ("0e999999999999", 0),
    ] as [(String, Double)]
  )
  func realsAreReadToTheClosest(text: String, expected: Double) {
    #expect(withBytes(text) { NumberParsing.real($0) } == expected)
  }

  @Test func notANumberIsRead() {
    #expect(withBytes("NaN") { NumberParsing.real($0) }?.isNaN == true)
    #expect(withBytes(" nan ") { NumberParsing.real($0) }?.isNaN == true)
  }

  @Test(arguments: [
    "", ".", "e5", "1e", "1e+", "1_000", "1,5", "0b1", "INF", "NAN", "infinit", "1.2.3", "- 1",
    "0x10",
  ])
  func otherTextsAreNoReals(text: String) {
    #expect(withBytes(text) { NumberParsing.real($0) } == nil)
  }

  @Test func readingAgreesWithTheStandardLibrary() {
    var numbers = SeededNumbers()
    for _ in 0..<5000 {
      let length = Int.random(in: 1...24, using: &numbers)
      let digits = (0..<length).map { _ in String(Int.random(in: 0...9, using: &numbers)) }.joined()
      let text = "0\(digits).\(digits)e\(Int.random(in: -330...310, using: &numbers))"
      let value = withBytes(text) { NumberParsing.real($0) }
      #expect(value == Double(text), "\(text), seed \(numbers.seed)")
    }
  }

  @Test(arguments: [
    (1, "1.0"), (-0.0, "-0.0"), (1500, "1500.0"), (0.1, "0.1"), (1e15, "1000000000000000.0"),
    (1e16, "1e+16"), (0.0001, "0.0001"), (0.00001, "1e-05"), (123_456.789, "123456.789"),
    (.nan, "NaN"), (.infinity, "inf"), (-.infinity, "-inf"), (1.5e300, "1.5e+300"),
    (2.0 / 3, "0.6666666666666666"), (0.7 + 0.1, "0.7999999999999999"),
  ])
  func realsArePrinted(value: Double, expected: String) {
    #expect(printed { $0.append(real: value) } == expected)
  }

  /// The engine prints the first digits below the upper boundary of the interval that rounds to
  /// the value, not the closest ones.
  @Test func theLastDigitIsThatOfTheEngine() {
    #expect(printed { $0.append(real: 0.1 + 0.2) } == "0.30000000000000007")
    #expect(printed { $0.append(shortestReal: 0.1 + 0.2) } == "0.30000000000000004")
  }

  @Test func printedRealsReadBack() {
    var numbers = SeededNumbers()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: numbers.next())
      guard value.isFinite else { continue }
      var sink = ByteSink()
      sink.append(real: value)
      if NumberParsing.real(sink.bytes)?.bitPattern != value.bitPattern {
        Issue.record("\(value) printed as \(sink.text()), seed \(numbers.seed)")
      }
    }
  }

  @Test func wholeNumbersArePrinted() {
    var numbers = SeededNumbers()
    var values: [Int64] = [0, 9, 10, 99, 100, -1, .max, .min]
    for shift in 0..<64 { values.append(Int64(truncatingIfNeeded: numbers.next()) >> Int64(shift)) }
    for value in values { #expect(printed { $0.append(long: value) } == String(value)) }
  }
}
