/// A whole number of 256 bits, for results of decimal arithmetic before they are rounded.
struct DecimalWide {
  var high: UInt128
  var low: UInt128

  /// 10^0 to 10^38.
  static let powers: [UInt128] = {
    var powers: [UInt128] = [1]
    for index in 0..<38 { powers.append(powers[index] &* 10) }
    return powers
  }()

  /// The number of decimal digits of a number of 128 bits; 1 for 0.
  static func digitCount(_ value: UInt128) -> Int {
    let bits = 128 &- value.leadingZeroBitCount
    let estimate = (bits &* 1233) &>> 12
    if value == 0 { return 1 }
    return estimate < powers.count && value < powers[estimate] ? estimate : estimate &+ 1
  }

  init(_ value: UInt128) {
    high = 0
    low = value
  }

  /// The product of two numbers of 128 bits.
  init(_ left: UInt128, times right: UInt128) {
    let product = left.multipliedFullWidth(by: right)
    high = product.high
    low = product.low
  }

  /// The sum; both are below 2^255.
  static func + (left: DecimalWide, right: DecimalWide) -> DecimalWide {
    var sum = left
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    sum.low = low
    sum.high = left.high &+ right.high &+ (carry ? 1 : 0)
    return sum
  }

  /// The distance of two numbers, and whether the right one is larger.
  static func distance(_ left: DecimalWide, _ right: DecimalWide) -> (DecimalWide, isLess: Bool) {
    let isLess = left.high != right.high ? left.high < right.high : left.low < right.low
    let (large, small) = isLess ? (right, left) : (left, right)
    var result = large
    let (low, borrow) = large.low.subtractingReportingOverflow(small.low)
    result.low = low
    result.high = large.high &- small.high &- (borrow ? 1 : 0)
    return (result, isLess)
  }

  /// Divides by a number that is not 0 and gives the rest.
  mutating func divide(by divisor: UInt128) -> UInt128 {
    let upper = high.quotientAndRemainder(dividingBy: divisor)
    let lower = divisor.dividingFullWidth((upper.remainder, low))
    high = upper.quotient
    low = lower.quotient
    return lower.remainder
  }
}

extension Decimal128 {
  /// Rounds a wide coefficient to 34 digits, ties to even; nil when the exponent leaves its range.
  ///
  /// `isSticky` says that digits other than zero were dropped behind the coefficient.
  static func rounding(
    _ wide: DecimalWide,
    exponent: Int,
    isNegative: Bool,
    isSticky: Bool = false
  ) -> Decimal128? {
    var wide = wide
    var exponent = exponent
    var rest = Rest(isSticky: isSticky)
    while wide.high != 0 || wide.low >= DecimalWide.powers[digits] {
      // 2^128 has 39 digits, so five can always go.
      let step = wide.high != 0 ? 5 : DecimalWide.digitCount(wide.low) &- digits
      rest.drop(wide.divide(by: DecimalWide.powers[step]), outOf: DecimalWide.powers[step])
      exponent &+= step
    }
    var coefficient = wide.low
    if rest.roundsUp(coefficient) {
      coefficient &+= 1
      if coefficient == DecimalWide.powers[digits] {
        coefficient /= 10
        exponent &+= 1
      }
    }
    return fitting(coefficient, exponent: exponent, isNegative: isNegative)
  }

  /// Brings the exponent into its range by moving zeros; nil when that does not do.
  private static func fitting(
    _ coefficient: UInt128,
    exponent: Int,
    isNegative: Bool
  ) -> Decimal128? {
    var coefficient = coefficient
    var exponent = exponent
    if coefficient == 0 { exponent = max(minimumExponent, min(exponent, maximumExponent)) }
    while exponent > maximumExponent, coefficient < DecimalWide.powers[digits &- 1] {
      coefficient &*= 10
      exponent &-= 1
    }
    while exponent < minimumExponent, coefficient != 0 {
      coefficient /= 10
      exponent &+= 1
    }
    if coefficient == 0 { exponent = max(exponent, minimumExponent) }
    guard exponent >= minimumExponent, exponent <= maximumExponent else { return nil }
    return Decimal128(
      isNegative: isNegative && coefficient != 0,
      coefficient: coefficient,
      exponent: exponent
    )
  }

  /// What was dropped behind a coefficient, compared with half of its last digit.
  private struct Rest {
    /// -1 below, 0 at and 1 above the half, nil when nothing was dropped.
    var half: Int?
    var isSticky: Bool

    /// Takes in the digits dropped by a division by `power`; they weigh more than earlier ones.
    mutating func drop(_ digits: UInt128, outOf power: UInt128) {
      let hadRest = isSticky || (half.map { _ in true } ?? false)
      let middle = power / 2
      if digits == 0 && !hadRest { return }
      if digits != middle {
        half = digits < middle ? -1 : 1
      } else {
        half = hadRest ? 1 : 0
      }
      isSticky = false
    }

    func roundsUp(_ coefficient: UInt128) -> Bool {
      guard let half else { return false }
      return half > 0 || (half == 0 && coefficient & 1 == 1)
    }
  }
}
