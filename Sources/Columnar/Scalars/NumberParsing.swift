/// Reads numbers from text as the conversion functions do.
public enum NumberParsing {
  /// Reads a whole number as `tolong` does: blanks around, a sign, decimal digits; or `0x` and up
  /// to 16 hexadecimal digits, which fill the 64 bits. Nil for anything else and out of range.
  @inlinable public static func long(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let start = text.baseAddress else { return nil }
    var index = 0
    let isNegative = text.count > 0 && start[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    let first = index
    var value: UInt64 = 0
    while index < text.count {
      let digit = start[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ UInt64(digit)
      index &+= 1
    }
    guard index == text.count, index > first, index &- first <= 18 else {
      return unusualLong(text)
    }
    return Int64(bitPattern: isNegative ? 0 &- value : value)
  }

  /// Reads what the short loop of `long` leaves: blanks, plus signs, hexadecimal, 19 digits.
  @usableFromInline @inline(never)
  static func unusualLong(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var text = text.trimmed[...]
    guard let first = text.first else { return nil }
    if first == UInt8(ascii: "0"), text.count > 2, text.dropFirst().first.map({ $0 | 0x20 }) == 0x78
    {
      return hexadecimal(text.dropFirst(2))
    }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { text = text.dropFirst() }
    guard !text.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in text {
      let digit = UInt64(byte &- UInt8(ascii: "0"))
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard digit <= 9, !overflow, product <= UInt64(Int64.max) &+ 1 &- digit else { return nil }
      value = product &+ digit
    }
    if isNegative { return Int64(bitPattern: 0 &- value) }
    return value <= UInt64(Int64.max) ? Int64(bitPattern: value) : nil
  }

  private static func hexadecimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard digits.count <= 16 else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = hexadecimalDigit(byte) else { return nil }
      value = value &<< 4 | UInt64(digit)
    }
    return Int64(bitPattern: value)
  }

  /// Reads a real as `todouble` does: blanks around, a sign, digits with an optional point and
  /// exponent; `NaN`, `nan`, `Inf`, `inf`, `Infinity` and `infinity`. The result is the real
  /// closest to the text, infinite when the text is too large. Nil for anything else.
  public static func real(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    let text = text.trimmed
    guard let number = DecimalScan(text) else { return namedReal(text) }
    return number.real(in: text)
  }

  private static func namedReal(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = text.first else { return nil }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let name = UnsafeBufferPointer(rebasing: text.dropFirst(isSigned ? 1 : 0))
    if name.isText("NaN") || name.isText("nan") { return .nan }
    guard
      name.isText("inf") || name.isText("Inf") || name.isText("Infinity")
        || name.isText("infinity")
    else { return nil }
    return first == UInt8(ascii: "-") ? -.infinity : .infinity
  }
}

/// The value of a hexadecimal digit, nil for other bytes.
@inline(__always)
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
  let digit = byte &- UInt8(ascii: "0")
  if digit <= 9 { return digit }
  let letter = (byte | 0x20) &- UInt8(ascii: "a")
  return letter < 6 ? letter &+ 10 : nil
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without blanks and control spaces at both ends.
  var trimmed: UnsafeBufferPointer<UInt8> {
    var first = 0
    var last = count
    while first < last, Self.isBlank(self[first]) { first &+= 1 }
    while last > first, Self.isBlank(self[last &- 1]) { last &-= 1 }
    return first == 0 && last == count ? self : UnsafeBufferPointer(rebasing: self[first..<last])
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// Whether the bytes are those of a fixed text.
  func isText(_ text: StaticString) -> Bool {
    equalBytes(
      self,
      UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}
