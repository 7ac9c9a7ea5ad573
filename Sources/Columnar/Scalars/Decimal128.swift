/// A decimal number of up to 34 significant digits, in 16 bytes.
///
/// The layout is the IEEE 754 decimal128 one with a binary coefficient: from the top a sign bit,
/// 14 bits of exponent (biased by `exponentBias`) and 113 bits of coefficient. All values are
/// finite; the coefficient is below 10^34. Trailing zeros are kept: 1.50 and 1.5 are equal but
/// print differently.
@frozen
public struct Decimal128: Sendable {
  /// The upper half of the encoding.
  public var high: UInt64
  /// The lower half of the encoding.
  public var low: UInt64

  /// The number of significant digits kept.
  public static let digits = 34
  /// What is added to the exponent of ten in the encoding.
  public static let exponentBias = 6176
  /// The least exponent of ten.
  public static let minimumExponent = -6176
  /// The greatest exponent of ten.
  public static let maximumExponent = 6111

  /// Makes a number from the two halves of its encoding.
  @inlinable public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The number 0.
  public static let zero = Decimal128(
    isNegative: false,
    coefficient: 0,
    exponent: 0
  )

  /// Makes a number from its parts, which are known to be in range.
  @inlinable
  init(isNegative: Bool, coefficient: UInt128, exponent: Int) {
    let biased = UInt64(truncatingIfNeeded: exponent &+ Self.exponentBias)
    high =
      (isNegative ? 1 &<< 63 : 0) | biased &<< 49
      | UInt64(truncatingIfNeeded: coefficient &>> 64)
    low = UInt64(truncatingIfNeeded: coefficient)
  }

  /// Whether the sign bit is set.
  @inlinable public var isNegative: Bool { high &>> 63 != 0 }

  /// The power of ten with which the coefficient is multiplied.
  @inlinable public var exponent: Int { Int(high &>> 49 & 0x3FFF) &- Self.exponentBias }

  /// The digits as one whole number.
  @inlinable public var coefficient: UInt128 {
    UInt128(high & 0x1_FFFF_FFFF_FFFF) &<< 64 | UInt128(low)
  }

  /// Whether the number is 0.
  @inlinable public var isZero: Bool { coefficient == 0 }

  /// The sign, digits without trailing zeros and exponent: the same for equal numbers.
  var reduced: (isNegative: Bool, coefficient: UInt128, exponent: Int) {
    var digits = coefficient
    var power = exponent
    guard digits != 0 else { return (false, 0, 0) }
    while true {
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { break }
      digits = quotient
      power &+= 1
    }
    return (isNegative, digits, power)
  }

  /// A hash of the value, the same in every run and for every form of equal numbers.
  public var hash: UInt64 {
    let parts = reduced
    let ends = hashWord(
      UInt64(truncatingIfNeeded: parts.coefficient),
      seed: UInt64(truncatingIfNeeded: parts.coefficient &>> 64)
    )
    return hashWord(
      UInt64(truncatingIfNeeded: parts.exponent &* 2 &+ (parts.isNegative ? 1 : 0)),
      seed: ends
    )
  }
}

extension Decimal128: Hashable {
  public static func == (left: Decimal128, right: Decimal128) -> Bool {
    let leftParts = left.reduced
    let rightParts = right.reduced
    return leftParts.coefficient == rightParts.coefficient
      && leftParts.exponent == rightParts.exponent
      && leftParts.isNegative == rightParts.isNegative
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
