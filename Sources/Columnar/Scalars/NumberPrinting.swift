extension ByteSink {
  /// Appends a whole number.
  public mutating func append(long value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(unsigned: value.magnitude)
  }

  /// Appends a whole number that is not negative, filled with zeros to `width` digits.
  public mutating func append(unsigned value: UInt64, width: Int = 1) {
    let count = max(RealDigits.digitCount(value), width)
    let end = room(for: count) + count
    var rest = value
    var place = 0
    while rest >= 100 {
      let quotient = rest / 100
      place &+= 2
      TwoDigits.write(Int(truncatingIfNeeded: rest &- quotient &* 100), end - place)
      rest = quotient
    }
    while place < count {
      place &+= 1
      end[-place] = UInt8(truncatingIfNeeded: rest % 10) &+ UInt8(ascii: "0")
      rest /= 10
    }
    advance(by: count)
  }

  /// Appends a real as `tostring` prints it: `1.0`, `0.1`, `1e+16`, `NaN`, `inf`, `-inf`.
  public mutating func append(real value: Double) {
    if value.isNaN { return append("NaN") }
    if value.sign == .minus { append(UInt8(ascii: "-")) }
    if value.isInfinite { return append("inf") }
    if value == 0 { return append("0.0") }
    append(RealDigits(engineDigitsOf: value))
  }

  /// Appends a real with the fewest digits that read back as the same real, the closest such.
  ///
  /// The form is that of `append(real:)`; it is meant for results, where the last digit of a
  /// value should not differ from what other programs print.
  public mutating func append(shortestReal value: Double) {
    if value.isNaN || value.isInfinite { return append(real: value) }
    append(text: value.description)
  }

  /// Appends digits in plain form from 10^-4 up to 10^16 and with an exponent beyond.
  private mutating func append(_ number: RealDigits) {
    var digits = number.digits
    var exponent = number.exponent
    while exponent < 0, digits % 10 == 0 {
      digits /= 10
      exponent &+= 1
    }
    let count = RealDigits.digitCount(digits)
    let point = count &+ exponent
    if point > 16 || point < -3 {
      append(digits, point: 1)
      append(UInt8(ascii: "e"))
      append(UInt8(ascii: point < 1 ? "-" : "+"))
      append(unsigned: UInt64((point &- 1).magnitude), width: 2)
      return
    }
    if exponent >= 0 {
      append(unsigned: digits)
      for _ in 0..<exponent { append(UInt8(ascii: "0")) }
      append(".0")
    } else if point <= 0 {
      append("0.")
      append(unsigned: digits, width: count &- point)
    } else {
      append(digits, point: point)
    }
  }

  /// Appends digits with a point behind the first `point` ones; none where that is all.
  private mutating func append(_ digits: UInt64, point: Int) {
    var digits = digits
    var count = RealDigits.digitCount(digits)
    while count > point, digits % 10 == 0 {
      digits /= 10
      count &-= 1
    }
    if count <= point { return append(unsigned: digits) }
    let divisor = PowersOfTen.whole[count &- point]
    append(unsigned: digits / divisor)
    append(UInt8(ascii: "."))
    append(unsigned: digits % divisor, width: count &- point)
  }
}
