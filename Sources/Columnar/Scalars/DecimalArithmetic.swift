extension Decimal128 {
  /// The sum, rounded to 34 digits; nil on overflow.
  public func adding(_ other: Decimal128) -> Decimal128? {
    exponent >= other.exponent ? Self.sum(self, other) : Self.sum(other, self)
  }

  /// The difference, rounded to 34 digits; nil on overflow.
  public func subtracting(_ other: Decimal128) -> Decimal128? { adding(other.negated) }

  /// The product, rounded to 34 digits; nil on overflow.
  public func multiplied(by other: Decimal128) -> Decimal128? {
    Self.rounding(
      DecimalWide(coefficient, times: other.coefficient),
      exponent: exponent &+ other.exponent,
      isNegative: isNegative != other.isNegative
    )
  }

  /// The quotient, rounded to 34 digits and without zeros that the operands do not call for; nil
  /// for a divisor of 0 and on overflow.
  public func divided(by other: Decimal128) -> Decimal128? {
    guard !other.isZero else { return nil }
    let wanted = exponent &- other.exponent
    let isNegative = isNegative != other.isNegative
    if isZero {
      return Self.rounding(DecimalWide(0), exponent: wanted, isNegative: false)
    }
    let scale =
      Self.digits &+ 1 &+ DecimalWide.digitCount(other.coefficient)
      &- DecimalWide.digitCount(coefficient)
    var wide = Self.scaled(coefficient, by: scale)
    let rest = wide.divide(by: other.coefficient)
    guard
      let quotient = Self.rounding(
        wide,
        exponent: wanted &- scale,
        isNegative: isNegative,
        isSticky: rest != 0
      )
    else { return nil }
    return rest == 0 ? quotient.withoutZeros(downTo: wanted) : quotient
  }

  /// The rest of the division that is never negative, as `%` of the other numbers; nil for a
  /// divisor of 0.
  public func remainder(dividingBy other: Decimal128) -> Decimal128? {
    guard !other.isZero else { return nil }
    let lowest = min(exponent, other.exponent)
    guard let divisor = Self.aligned(other, to: lowest) else {
      return isNegative ? adding(other.magnitude) : self
    }
    var rest = coefficient % divisor
    for _ in 0..<max(0, exponent &- lowest) where rest != 0 {
      rest = (rest &* 10) % divisor
    }
    if isNegative, rest != 0 { rest = divisor &- rest }
    return Self.rounding(DecimalWide(rest), exponent: lowest, isNegative: false)
  }

  /// The number with the other sign.
  public var negated: Decimal128 {
    isZero ? self : Decimal128(high: high ^ 1 &<< 63, low: low)
  }

  /// The number without its sign.
  public var magnitude: Decimal128 { Decimal128(high: high & ~(1 &<< 63), low: low) }

  /// Adds numbers of which the first has no smaller exponent.
  private static func sum(_ left: Decimal128, _ right: Decimal128) -> Decimal128? {
    if left.isZero { return right }
    let padding = digits &- DecimalWide.digitCount(left.coefficient)
    let distance = left.exponent &- right.exponent
    if distance &- padding > 36 {
      // The right number is too small to change any digit.
      return right.isZero
        ? left
        : rounding(
          DecimalWide(left.coefficient &* DecimalWide.powers[padding]),
          exponent: left.exponent &- padding,
          isNegative: left.isNegative
        )
    }
    var wide = scaled(left.coefficient, by: min(padding, distance))
    if distance > padding {
      wide = DecimalWide(wide.low, times: DecimalWide.powers[distance &- padding])
    }
    let other = DecimalWide(right.coefficient)
    if left.isNegative == right.isNegative {
      return rounding(wide + other, exponent: right.exponent, isNegative: left.isNegative)
    }
    let (difference, isLess) = DecimalWide.distance(wide, other)
    return rounding(
      difference,
      exponent: right.exponent,
      isNegative: isLess ? right.isNegative : left.isNegative
    )
  }

  /// A coefficient times 10 to a power from -33 to 68.
  private static func scaled(_ coefficient: UInt128, by power: Int) -> DecimalWide {
    if power < 0 { return DecimalWide(coefficient) }
    let first = min(power, digits &- DecimalWide.digitCount(coefficient))
    let start = coefficient &* DecimalWide.powers[max(0, first)]
    return DecimalWide(start, times: DecimalWide.powers[min(38, power &- max(0, first))])
  }

  /// The coefficient of a number at a smaller exponent; nil when it is above 34 digits.
  private static func aligned(_ number: Decimal128, to exponent: Int) -> UInt128? {
    let power = number.exponent &- exponent
    guard DecimalWide.digitCount(number.coefficient) &+ power <= digits else { return nil }
    return number.coefficient &* DecimalWide.powers[power]
  }

  /// Moves trailing zeros from the coefficient to the exponent until that is `wanted`.
  private func withoutZeros(downTo wanted: Int) -> Decimal128 {
    var coefficient = coefficient
    var exponent = exponent
    while exponent < wanted, coefficient % 10 == 0, coefficient != 0 {
      coefficient /= 10
      exponent &+= 1
    }
    return Decimal128(isNegative: isNegative, coefficient: coefficient, exponent: exponent)
  }
}

extension Decimal128: Comparable {
  public static func < (left: Decimal128, right: Decimal128) -> Bool {
    if left.isZero || right.isZero {
      return left.isZero ? !right.isZero && !right.isNegative : left.isNegative
    }
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = magnitudeOrder(left, right)
    return left.isNegative ? order > 0 : order < 0
  }

  private static func magnitudeOrder(_ left: Decimal128, _ right: Decimal128) -> Int {
    let leftPlace = DecimalWide.digitCount(left.coefficient) &+ left.exponent
    let rightPlace = DecimalWide.digitCount(right.coefficient) &+ right.exponent
    if leftPlace != rightPlace { return leftPlace &- rightPlace }
    let lowest = min(left.exponent, right.exponent)
    guard let leftDigits = aligned(left, to: lowest), let rightDigits = aligned(right, to: lowest)
    else { return 0 }
    return leftDigits == rightDigits ? 0 : leftDigits < rightDigits ? -1 : 1
  }
}
