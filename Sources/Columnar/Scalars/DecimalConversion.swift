extension Decimal128 {
  /// Makes a decimal from a whole number, exactly.
  public init(_ value: Int64) {
    self.init(isNegative: value < 0, coefficient: UInt128(value.magnitude), exponent: 0)
  }

  /// Makes a decimal from the shortest digits of a real; nil for NaN and infinities.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    var sink = ByteSink(capacity: 32)
    sink.append(shortestReal: value)
    guard let parsed = Decimal128(parsing: sink.bytes) else { return nil }
    self = value.rounded(.towardZero) == value ? parsed.rounded() : parsed
  }

  /// Reads a decimal as `todecimal` does: blanks around, a sign, digits with an optional point and
  /// exponent. Digits beyond the 34th are rounded away. Nil for other texts and out of range.
  public init?(parsing text: UnsafeBufferPointer<UInt8>) {
    guard let value = Self.read(text.trimmed) else { return nil }
    self = value
  }

  /// Reads a decimal.
  public init?(parsing text: [UInt8]) {
    guard let value = text.withUnsafeBufferPointer({ Decimal128(parsing: $0) }) else { return nil }
    self = value
  }

  private static func read(_ text: UnsafeBufferPointer<UInt8>) -> Decimal128? {
    // The scan checks the grammar and reads the exponent; its digits are too few.
    guard let scan = DecimalScan(text) else { return nil }
    var coefficient: UInt128 = 0
    var shift = 0
    var isSticky = false
    var isBehindPoint = false
    for byte in text.dropFirst(text.first.map { $0 < UInt8(ascii: ".") } == true ? 1 : 0) {
      if byte == UInt8(ascii: ".") {
        isBehindPoint = true
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      if coefficient < DecimalWide.powers[digits] {
        coefficient = coefficient &* 10 &+ UInt128(digit)
        shift &-= isBehindPoint ? 1 : 0
      } else {
        isSticky = isSticky || digit != 0
        shift &+= isBehindPoint ? 0 : 1
      }
    }
    let exponent = shift &+ scan.writtenExponent
    guard exponent.magnitude < 100_000 || coefficient == 0 else { return nil }
    let value = rounding(
      DecimalWide(coefficient),
      exponent: max(-100_000, min(exponent, 100_000)),
      isNegative: scan.isNegative,
      isSticky: isSticky
    )
    return value
  }
}

extension Int64 {
  /// The whole part of a decimal; nil when it does not fit.
  public init?(_ value: Decimal128) {
    let whole = value.rounded(.towardZero)
    guard !whole.isZero else {
      self = 0
      return
    }
    let places = DecimalWide.digitCount(whole.coefficient) &+ whole.exponent
    guard places <= 19, whole.exponent >= 0 else { return nil }
    let magnitude = whole.coefficient &* DecimalWide.powers[whole.exponent]
    guard magnitude <= UInt128(Int64.max) &+ (value.isNegative ? 1 : 0) else { return nil }
    let bits = UInt64(truncatingIfNeeded: magnitude)
    self = Int64(bitPattern: value.isNegative ? 0 &- bits : bits)
  }
}

extension Decimal128 {
  fileprivate func rounded(_ rule: RoundingRule) -> Decimal128 { rounded(places: 0, rule) }
}

extension Double {
  /// The real closest to a decimal.
  public init(_ value: Decimal128) {
    var sink = ByteSink(capacity: 64)
    sink.append(scientific: value)
    self = NumberParsing.real(sink.bytes) ?? .nan
  }
}

extension ByteSink {
  /// Appends a decimal in plain digits, with an exponent only where more than 40 zeros would
  /// stand beside them. Trailing zeros that the value carries are printed.
  public mutating func append(decimal value: Decimal128) {
    let digits = DecimalWide.digitCount(value.coefficient)
    let point = digits &+ value.exponent
    if value.exponent > 40 || point < -40 { return append(scientific: value) }
    if value.isNegative { append(UInt8(ascii: "-")) }
    if value.exponent >= 0 {
      append(wide: value.coefficient)
      let zeros = value.isZero ? 0 : value.exponent
      for _ in 0..<zeros { append(UInt8(ascii: "0")) }
    } else if point > 0 {
      let unit = DecimalWide.powers[-value.exponent]
      append(wide: value.coefficient / unit)
      append(UInt8(ascii: "."))
      append(wide: value.coefficient % unit, width: -value.exponent)
    } else {
      append("0.")
      for _ in 0..<(-point) { append(UInt8(ascii: "0")) }
      append(wide: value.coefficient)
    }
  }

  /// Appends a decimal as digits and exponent: `123E-5`.
  mutating func append(scientific value: Decimal128) {
    if value.isNegative { append(UInt8(ascii: "-")) }
    append(wide: value.coefficient)
    append(UInt8(ascii: "E"))
    if value.exponent >= 0 { append(UInt8(ascii: "+")) }
    append(long: Int64(value.exponent))
  }

  /// Appends a number of 128 bits, filled with zeros to `width` digits.
  private mutating func append(wide value: UInt128, width: Int = 1) {
    let unit: UInt128 = 1_000_000_000_000_000_000
    if value < unit, width <= 18 {
      return append(unsigned: UInt64(truncatingIfNeeded: value), width: width)
    }
    let (upper, lower) = value.quotientAndRemainder(dividingBy: unit)
    append(wide: upper, width: max(1, width &- 18))
    append(unsigned: UInt64(truncatingIfNeeded: lower), width: 18)
  }
}
