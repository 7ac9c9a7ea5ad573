import Columnar

/// What values of a type look like in a text.
enum ValueShape {
  /// The bytes at the start of a text that a typed capture takes where more may follow it.
  static func prefixLength(of type: ScalarType, in text: TextView) -> Int {
    switch type {
    case .string: 0
    case .int, .long: wholeNumberLength(text)
    case .real, .decimal: numberLength(text)
    case .bool: length(of: text) { isLetter($0) || isDigit($0) }
    case .guid: length(of: text) { isLetter($0) || isDigit($0) || $0 == 0x2D }
    case .timespan, .datetime: timeLength(text, hasBlanks: type == .datetime)
    case .dynamic: text.count
    }
  }

  /// The pattern that a capture stands for in regex kind.
  static func pattern(of type: ScalarType) -> String {
    switch type {
    case .int, .long: #"(?-U:-?\d+)"#
    case .real, .decimal: #"(?-U:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"#
    case .string, .bool, .datetime, .timespan, .guid, .dynamic: ".*"
    }
  }

  private static func wholeNumberLength(_ text: TextView) -> Int {
    let sign = signLength(text)
    let rest = text.part(sign, text.count)
    if rest.count > 2, rest[0] == 0x30, rest[1] | 0x20 == 0x78, isHexadecimal(rest[2]) {
      return sign + 2 + length(of: rest.part(2, rest.count), while: isHexadecimal)
    }
    let digits = length(of: rest, while: isDigit)
    return digits == 0 ? 0 : sign + digits
  }

  private static func numberLength(_ text: TextView) -> Int {
    var position = signLength(text)
    let whole = length(of: text.part(position, text.count), while: isDigit)
    position += whole
    var fraction = 0
    if position < text.count, text[position] == 0x2E {
      fraction = length(of: text.part(position + 1, text.count), while: isDigit)
      if whole + fraction > 0 { position += 1 + fraction }
    }
    if whole + fraction == 0 { return 0 }
    guard position < text.count, text[position] | 0x20 == 0x65 else { return position }
    let exponent = text.part(position + 1, text.count)
    let sign = signLength(exponent)
    let digits = length(of: exponent.part(sign, exponent.count), while: isDigit)
    return digits == 0 ? position : position + 1 + sign + digits
  }

  /// Letters, digits and the marks between them; a blank only before a digit, AM or PM.
  private static func timeLength(_ text: TextView, hasBlanks: Bool) -> Int {
    var position = 0
    while position < text.count {
      let byte = text[position]
      if hasBlanks, byte == 0x20, position > 0, startsTime(text.part(position + 1, text.count)) {
        position += 1
        continue
      }
      guard isLetter(byte) || isDigit(byte) || isTimeMark(byte) else { break }
      position += 1
    }
    while position > 0, isTimeMark(text[position - 1]) { position -= 1 }
    return position
  }

  private static func startsTime(_ text: TextView) -> Bool {
    guard text.count > 0 else { return false }
    if isDigit(text[0]) { return true }
    let letter = text[0] | 0x20
    return text.count > 1 && (letter == 0x61 || letter == 0x70) && text[1] | 0x20 == 0x6D
  }

  private static func signLength(_ text: TextView) -> Int {
    text.count > 0 && (text[0] == 0x2D || text[0] == 0x2B) ? 1 : 0
  }

  private static func length(of text: TextView, while test: (UInt8) -> Bool) -> Int {
    var position = 0
    while position < text.count, test(text[position]) { position += 1 }
    return position
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 6
  }

  private static func isTimeMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2B, 0x2D, 0x2E, 0x2F, 0x3A: true
    default: false
    }
  }
}
