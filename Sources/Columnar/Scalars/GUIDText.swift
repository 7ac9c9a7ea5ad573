extension GUID {
  /// Reads an identifier: 32 hexadecimal digits with or without dashes between, bare or in braces
  /// or parentheses; nil for other texts.
  public init?(parsing text: UnsafeBufferPointer<UInt8>) {
    var text = text.trimmed
    guard let first = text.first, let last = text.last else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "(") {
      guard last == (first == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")"))
      else { return nil }
      text = UnsafeBufferPointer(rebasing: text.dropFirst().dropLast())
    }
    guard text.count >= 32, text.count <= 36 else { return nil }
    var halves: (high: UInt64, low: UInt64) = (0, 0)
    var digits = 0
    var afterDigit = false
    for byte in text {
      if byte == UInt8(ascii: "-") {
        guard afterDigit, digits % 4 == 0 else { return nil }
        afterDigit = false
        continue
      }
      guard let digit = hexadecimalDigit(byte), digits < 32 else { return nil }
      if digits < 16 {
        halves.high = halves.high &<< 4 | UInt64(digit)
      } else {
        halves.low = halves.low &<< 4 | UInt64(digit)
      }
      digits &+= 1
      afterDigit = true
    }
    guard digits == 32, afterDigit else { return nil }
    self.init(high: halves.high, low: halves.low)
  }

  /// Reads an identifier.
  public init?(parsing text: [UInt8]) {
    guard let value = text.withUnsafeBufferPointer({ GUID(parsing: $0) }) else { return nil }
    self = value
  }
}

extension ByteSink {
  /// Appends an identifier in lower case with dashes.
  public mutating func append(guid value: GUID) {
    let room = room(for: 36)
    var place = 0
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        room[place] = UInt8(ascii: "-")
        place &+= 1
      }
      let half = index < 16 ? value.high : value.low
      let digit = UInt8(truncatingIfNeeded: half &>> (60 &- (index & 15) &* 4)) & 15
      room[place] = digit < 10 ? digit &+ UInt8(ascii: "0") : digit &+ (UInt8(ascii: "a") &- 10)
      place &+= 1
    }
    advance(by: 36)
  }
}
