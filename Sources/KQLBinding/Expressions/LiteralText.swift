import Columnar

/// The text of a literal, taken out of `type(…)` where it is written so.
struct LiteralText {
  /// What stands between the parentheses, without blanks at the edges and without quotes.
  let inside: String

  /// Takes `long(1)` apart; nil where the text is a bare literal.
  init?(_ text: String) {
    guard let open = text.utf8.firstIndex(of: UInt8(ascii: "(")) else { return nil }
    var content = text.utf8[text.utf8.index(after: open)...]
    if content.last == UInt8(ascii: ")") { content = content.dropLast() }
    var inside = Self.trim(content)
    if let quote = inside.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      inside.count > 1, inside.last == quote
    {
      inside = inside.dropFirst().dropLast()
    }
    self.inside = String(Substring(inside))
  }

  private static func trim(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
    var bytes = bytes
    while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
    return bytes
  }

  /// Reads the text as a value of a type; nil where it is none.
  static func parse(_ text: String, _ type: ScalarType) -> Scalar? {
    switch type {
    case .bool: parseBool(text)
    case .int: parseLong(text).map { .int(Int32(truncatingIfNeeded: $0)) }
    case .long: parseLong(text).map(Scalar.long)
    case .real: parseReal(text).map(Scalar.real)
    default: ScalarText.parse(text, type)
    }
  }

  private static func parseBool(_ text: String) -> Scalar? {
    switch text.lowercased() {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return parseLong(text).map { .bool($0 != 0) }
    }
  }

  /// Reads a whole number; hexadecimal ones wrap to the type.
  static func parseLong(_ text: String) -> Int64? {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let isSigned = isNegative || text.utf8.first == UInt8(ascii: "+")
    let digits = isSigned ? String(text.dropFirst()) : text
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      guard let bits = UInt64(digits.dropFirst(2), radix: 16) else { return nil }
      let value = Int64(bitPattern: bits)
      return isNegative ? 0 &- value : value
    }
    return Int64(isNegative ? "-" + digits : digits)
  }

  /// Reads a real number, also `nan`, `+inf` and `1.`.
  static func parseReal(_ text: String) -> Double? {
    switch text.lowercased() {
    case "nan": return .nan
    case "+inf", "inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
    return Double(text.utf8.last == UInt8(ascii: ".") ? text + "0" : text)
  }
}
