/// A decimal number in text, split into digits and exponent: `significand * 10^exponent`.
struct DecimalScan {
  var isNegative = false
  /// The first 19 digits that count.
  var significand: UInt64 = 0
  var exponent = 0
  /// The exponent as it stands in the text, without the places behind the point.
  var writtenExponent = 0
  /// Whether digits other than zero were left out of the significand.
  var isTruncated = false
  /// Whether a point or an exponent was seen.
  var isFractional = false

  /// Splits a text that is a number as a whole: `[+-]digits[.digits][e[+-]digits]`, where digits
  /// may be missing on one side of the point; nil for other texts.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    guard let first = text.first else { return nil }
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    let wholeStart = index
    scanDigits(text, &index, scale: 0)
    var digitCount = index &- wholeStart
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index &+= 1
      let fractionStart = index
      scanDigits(text, &index, scale: -1)
      digitCount &+= index &- fractionStart
      isFractional = true
    }
    guard digitCount > 0 else { return nil }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      guard scanExponent(text, &index) else { return nil }
    }
    guard index == text.count else { return nil }
  }

  /// Reads digits; `scale` is what a digit behind the point does to the exponent.
  @inline(__always)
  private mutating func scanDigits(
    _ text: UnsafeBufferPointer<UInt8>,
    _ index: inout Int,
    scale: Int
  ) {
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { return }
      if significand < 1_000_000_000_000_000_000 {
        significand = significand &* 10 &+ UInt64(digit)
        exponent &+= scale
      } else {
        isTruncated = isTruncated || digit != 0
        exponent &+= scale &+ 1
      }
      index &+= 1
    }
  }

  private mutating func scanExponent(
    _ text: UnsafeBufferPointer<UInt8>,
    _ index: inout Int
  ) -> Bool {
    index &+= 1
    isFractional = true
    var isBelow = false
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      isBelow = text[index] == UInt8(ascii: "-")
      index &+= 1
    }
    let first = index
    var value = 0
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = min(value &* 10 &+ Int(digit), 100_000_000)
      index &+= 1
    }
    writtenExponent = isBelow ? 0 &- value : value
    exponent &+= writtenExponent
    return index > first
  }

  /// The real closest to the number; `text` is what was split, for the cases that need all of it.
  func real(in text: UnsafeBufferPointer<UInt8>) -> Double {
    if let magnitude = exactReal ?? closeReal { return isNegative ? -magnitude : magnitude }
    return Double(String(decoding: text, as: UTF8.self)) ?? .nan
  }

  /// The value when one exact multiplication or division gives it.
  @inline(__always)
  private var exactReal: Double? {
    guard significand <= 1 &<< 53, !isTruncated else { return nil }
    if exponent == 0 { return Double(significand) }
    guard exponent.magnitude <= 22 else { return significand == 0 ? 0 : nil }
    let power = PowersOfTen.exactReals[Int(exponent.magnitude)]
    return exponent < 0 ? Double(significand) / power : Double(significand) * power
  }

  /// The value by 64-bit arithmetic with a bound on the error; nil when the bound leaves two reals
  /// to choose from, or the value is tiny.
  private var closeReal: Double? {
    if significand == 0 { return 0 }
    guard !isTruncated, exponent > -300, exponent < 300 else { return nil }
    let index = (exponent &- PowersOfTen.first) / PowersOfTen.step
    let rest = exponent &- PowersOfTen.first &- index &* PowersOfTen.step
    // Errors are counted in eighths of the last bit.
    var error: UInt64 = 0
    var product = ScaledWord(significand: significand, exponent: 0).normalized
    if rest > 0 {
      let power = ScaledWord(significand: PowersOfTen.whole[rest], exponent: 0).normalized
      product = product * power
      if RealDigits.digitCount(significand) &+ rest > 19 { error = 4 }
    }
    product = product * PowersOfTen.power(at: index)
    error &+= 8 &+ (error == 0 ? 0 : 1)
    let normalized = product.normalized
    error &<<= product.exponent &- normalized.exponent
    return Self.rounded(normalized, error: error)
  }

  /// Rounds to 53 bits; nil when the error could change the result.
  private static func rounded(_ number: ScaledWord, error: UInt64) -> Double? {
    let low = (number.significand & 0x7FF) &* 8
    let half: UInt64 = 0x400 &* 8
    guard low >= half &+ error || low &+ error <= half else { return nil }
    var significand = number.significand &>> 11
    var exponent = number.exponent &+ 11
    if low >= half &+ error { significand &+= 1 }
    if significand == 1 &<< 53 {
      significand &>>= 1
      exponent &+= 1
    }
    let biased = exponent &+ 1075
    guard biased > 0, biased < 2047 else { return nil }
    return Double(
      bitPattern: UInt64(truncatingIfNeeded: biased) &<< 52 | significand & 0xF_FFFF_FFFF_FFFF
    )
  }
}
