/// The decimal digits of a positive finite real: `digits * 10^exponent`.
struct RealDigits {
  /// The digits as a whole number of at most 17 digits.
  var digits: UInt64
  var exponent: Int

  /// Finds digits that read back as `value`, as the engine prints them.
  ///
  /// This is the Grisu2 algorithm (F. Loitsch, "Printing floating-point numbers quickly and
  /// accurately with integers") without its last step, which would move the last digit closer to
  /// the value: the engine gives the first digits below the upper boundary of the reals that
  /// round to the value, so 0.1 + 0.2 prints as 0.30000000000000007.
  init(engineDigitsOf value: Double) {
    let pattern = value.bitPattern & 0x7FFF_FFFF_FFFF_FFFF
    let biased = Int(pattern &>> 52)
    let fraction = pattern & 0xF_FFFF_FFFF_FFFF
    let significand = biased == 0 ? fraction : fraction | 1 &<< 52
    let exponent = max(biased, 1) &- 1075
    let isPower = fraction == 0 && biased > 1
    let upper = ScaledWord(significand: significand &* 2 &+ 1, exponent: exponent &- 1).normalized
    let lowerShift = isPower ? 2 : 1
    let lowerSignificand = significand &<< lowerShift &- 1
    let lower = lowerSignificand &<< (exponent &- lowerShift &- upper.exponent)
    let scale = Self.scale(for: upper.exponent)
    let scaledUpper = upper * scale.power
    let scaledLower = ScaledWord(significand: lower, exponent: upper.exponent) * scale.power
    self.init(
      below: ScaledWord(
        significand: scaledUpper.significand &- 1,
        exponent: scaledUpper.exponent
      ),
      width: scaledUpper.significand &- scaledLower.significand &- 2,
      decimalExponent: scale.exponent
    )
  }

  /// The cached power that brings a normalised number into the range of `init(below:)`, and the
  /// exponent of ten that undoes it.
  private static func scale(for exponent: Int) -> (power: ScaledWord, exponent: Int) {
    let estimate = (-61 &- exponent) &* 1_292_913_986  // log10(2) * 2^32
    let rounded = estimate &>> 32 &+ (estimate & 0xFFFF_FFFF != 0 ? 1 : 0)
    let index = (rounded &+ 347) &>> 3 &+ 1
    return (PowersOfTen.power(at: index), -(PowersOfTen.first &+ index &* PowersOfTen.step))
  }

  /// Generates digits of `upper` until the rest is smaller than `width`.
  private init(below upper: ScaledWord, width: UInt64, decimalExponent: Int) {
    let shift = -upper.exponent
    let one: UInt64 = 1 &<< shift
    // The cached powers put the upper boundary between 2^32 and 2^60 of its fraction.
    var whole = UInt32(truncatingIfNeeded: upper.significand &>> shift)
    var rest = upper.significand & (one &- 1)
    var width = width
    var places = Self.digitCount(UInt64(whole))
    var power = UInt32(truncatingIfNeeded: PowersOfTen.whole[max(0, places &- 1)])
    var digits: UInt64 = 0
    while places > 0 {
      let digit = whole / power
      digits = digits &* 10 &+ UInt64(digit)
      whole &-= digit &* power
      places &-= 1
      if UInt64(whole) &<< shift &+ rest <= width {
        self.digits = digits
        exponent = decimalExponent &+ places
        return
      }
      power = max(1, power / 10)
    }
    repeat {
      rest = rest &* 10
      width = width &* 10
      digits = digits &* 10 &+ rest &>> shift
      rest &= one &- 1
      places &-= 1
    } while rest >= width
    self.digits = digits
    exponent = decimalExponent &+ places
  }

  /// The number of decimal digits of a number; 1 for 0.
  @inline(__always)
  static func digitCount(_ value: UInt64) -> Int {
    let estimate = ((64 &- value.leadingZeroBitCount) &* 1233) &>> 12
    return estimate &+ (value >= PowersOfTen.whole[min(estimate, 19)] ? 1 : 0)
      &+ (value == 0 ? 1 : 0)
  }
}
