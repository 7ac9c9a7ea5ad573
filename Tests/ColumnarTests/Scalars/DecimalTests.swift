import Columnar
import Testing

@Suite struct DecimalTests {
  private func decimal(_ text: String) throws -> Decimal128 {
    try #require(withBytes(text) { Decimal128(parsing: $0) })
  }

  private func text(_ value: Decimal128?) -> String {
    guard let value else { return "null" }
    return printed { $0.append(decimal: value) }
  }

  @Test(arguments: [
    ("1.50", "1.50"), ("-0.0", "0.0"), (" +7 ", "7"), ("1e5", "100000"), ("1e-5", "0.00001"),
    (".5", "0.5"), ("5.", "5"), ("1e100", "1E+100"), ("-25e-60", "-25E-60"),
    ("0.12345678901234567890123456789012345", "0.1234567890123456789012345678901234"),
    ("12345678901234567890123456789012345678", "12345678901234567890123456789012350000"),
  ])
  func textsAreReadAndPrinted(form: String, expected: String) throws {
    #expect(text(try decimal(form)) == expected)
  }

  @Test(arguments: ["", "abc", "1_0", "1e7000", "0x1", "NaN", "inf", "1.2.3", "-"])
  func otherTextsAreRefused(form: String) {
    #expect(withBytes(form) { Decimal128(parsing: $0) } == nil)
  }

  @Test func sumsAreExact() throws {
    #expect(text(try decimal("0.7").adding(try decimal("0.1"))) == "0.8")
    #expect(try decimal("0.7").adding(try decimal("0.1")) == decimal("0.80"))
    #expect(
      text(try decimal("1").subtracting(try decimal("1e-40"))) == "1."
        + String(repeating: "0", count: 33)
    )
    #expect(text(try decimal("5").subtracting(try decimal("7"))) == "-2")
  }

  @Test func quotientsKeepThirtyFourDigits() throws {
    #expect(
      text(try decimal("2").divided(by: try decimal("7"))) == "0.2857142857142857142857142857142857"
    )
    #expect(text(try decimal("9").divided(by: try decimal("4"))) == "2.25")
    #expect(text(try decimal("600").divided(by: try decimal("3"))) == "200")
    #expect(try decimal("1").divided(by: try decimal("0.0")) == nil)
    #expect(try decimal("1").remainder(dividingBy: try decimal("0")) == nil)
  }

  @Test func remaindersAreNotNegative() throws {
    #expect(text(try decimal("-7").remainder(dividingBy: try decimal("3"))) == "2")
    #expect(text(try decimal("7.5").remainder(dividingBy: try decimal("-2"))) == "1.5")
    #expect(text(try decimal("1e60").remainder(dividingBy: try decimal("7"))) == "1")
  }

  @Test func overflowIsNull() throws {
    let large = try decimal("9e6100")
    #expect(large.multiplied(by: large) == nil)
    #expect(try decimal("1e-6100").multiplied(by: try decimal("1e-6100"))?.isZero == true)
  }

  @Test func orderAndEqualityGoByValue() throws {
    let ascending = ["-1e30", "-2", "-0.5", "0", "1e-40", "0.5", "1.49", "1.5", "10", "1e30"]
    let values = try ascending.map { try decimal($0) }
    for (index, left) in values.enumerated() {
      for (other, right) in values.enumerated() {
        #expect((left < right) == (index < other))
        #expect((left == right) == (index == other))
      }
    }
    #expect(try decimal("1.5") == decimal("1.500"))
    #expect(try decimal("1.5").hash == decimal("1.500").hash)
  }

  @Test func conversionsTruncateAndRefuse() throws {
    #expect(Int64(try decimal("-9.99")) == -9)
    #expect(Int64(try decimal("9223372036854775807.9")) == .max)
    #expect(Int64(try decimal("-9223372036854775808")) == .min)
    #expect(Int64(try decimal("9223372036854775808")) == nil)
    #expect(Int64(try decimal("1e-20")) == 0)
    #expect(Double(try decimal("0.1")) == 0.1)
    #expect(text(Decimal128(0.1)) == "0.1")
    #expect(text(Decimal128(4.0)) == "4")
    #expect(Decimal128(Double.nan) == nil)
    #expect(Decimal128(Double.infinity) == nil)
    #expect(text(Decimal128(Int64.min)) == "-9223372036854775808")
  }

  @Test func roundingGoesAwayFromZeroAtTheHalf() throws {
    #expect(text(try decimal("2.5").rounded()) == "3")
    #expect(text(try decimal("-2.5").rounded()) == "-3")
    #expect(text(try decimal("3.25").rounded(places: 1)) == "3.3")
    #expect(text(try decimal("1250").rounded(places: -2)) == "1300")
    #expect(text(try decimal("-1.5").rounded(places: 0, .down)) == "-2")
    #expect(text(try decimal("-1.5").rounded(places: 0, .up)) == "-1")
    #expect(text(try decimal("0.4").rounded()) == "0")
  }

  @Test func wholeNumberArithmeticAgreesWithIntegers() throws {
    var numbers = SeededNumbers()
    for _ in 0..<1000 {
      let left = Int64.random(in: -1_000_000_000...1_000_000_000, using: &numbers)
      let right = Int64.random(in: 1...1_000_000_000, using: &numbers)
      let (first, second) = (Decimal128(left), Decimal128(right))
      #expect(first.adding(second) == Decimal128(left + right), "seed \(numbers.seed)")
      #expect(first.multiplied(by: second) == Decimal128(left * right), "seed \(numbers.seed)")
      let rest = left % right
      #expect(
        first.remainder(dividingBy: second) == Decimal128(rest < 0 ? rest + right : rest),
        "seed \(numbers.seed)"
      )
      #expect((first < second) == (left < right), "seed \(numbers.seed)")
    }
  }
}
