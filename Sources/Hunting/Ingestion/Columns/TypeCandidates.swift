import Columnar

/// Keeps the types that all values of a column so far could have.
///
/// A type other than string is taken only where nothing of the text is lost: no leading zeros or
/// plus signs, no capital letters in a guid, no more digits than a real holds.
struct TypeCandidates: Sendable {
  private struct Types: OptionSet, Sendable {
    let rawValue: UInt8

    static let bool = Types(rawValue: 1)
    static let long = Types(rawValue: 2)
    static let real = Types(rawValue: 4)
    static let datetime = Types(rawValue: 8)
    static let timespan = Types(rawValue: 16)
    static let guid = Types(rawValue: 32)
    static let dynamic = Types(rawValue: 64)
    static let all: Types = [.bool, .long, .real, .datetime, .timespan, .guid, .dynamic]
  }

  private var possible = Types.all
  private var kinds: UInt8 = 0

  /// Whether a value of this kind was there before.
  @inline(__always)
  func hasSeen(_ kind: Cell.Kind) -> Bool { kinds & (1 &<< kind.rawValue) != 0 }

  /// Takes notice of a value that is not missing.
  mutating func observe(_ cell: Cell) {
    kinds |= 1 &<< cell.kind.rawValue
    switch cell.kind {
    case .true, .false: possible.formIntersection(.bool)
    case .number: possible.formIntersection(Self.number(cell.text))
    case .container: possible.formIntersection(.dynamic)
    case .string:
      possible.formIntersection([.datetime, .timespan, .guid])
      if !possible.isEmpty { possible.formIntersection(Self.text(cell.text)) }
    case .field:
      if !possible.isEmpty { possible.formIntersection(Self.field(cell.text, among: possible)) }
    case .null, .escapedString: break
    }
  }

  /// Takes notice of the values of another chunk.
  mutating func join(_ other: TypeCandidates) {
    possible.formIntersection(other.possible)
    kinds |= other.kinds
  }

  /// The type that fits all values; string where they are mixed or there are none.
  var type: ScalarType {
    if kinds == 0 { return .string }
    // An object or array needs dynamic, whatever stands beside it.
    if hasSeen(.container) { return .dynamic }
    if possible.contains(.bool) { return .bool }
    if possible.contains(.long) { return .long }
    if possible.contains(.real) { return .real }
    if possible.contains(.datetime) { return .datetime }
    if possible.contains(.timespan) { return .timespan }
    if possible.contains(.guid) { return .guid }
    return possible.contains(.dynamic) ? .dynamic : .string
  }

  /// Types of a CSV field, of those that are still possible.
  private static func field(_ text: TextView, among possible: Types) -> Types {
    switch text[0] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return possible.contains(.dynamic) && isJSON(text) ? .dynamic : []
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
      if text.isWord("true") || text.isWord("false") { return .bool }
    default: break
    }
    let found = number(text)
    return found.isEmpty ? self.text(text) : found
  }

  /// Types of a text with a fixed shape.
  private static func text(_ text: TextView) -> Types {
    if text.count == 36, text[8] == UInt8(ascii: "-") { return isPlainGUID(text) ? .guid : [] }
    if text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") {
      return DateTime(parsing: text.buffer) != nil ? .datetime : []
    }
    return isClock(text) ? .timespan : []
  }

  /// Types of a number in the grammar of JSON; none where digits would be lost.
  private static func number(_ text: TextView) -> Types {
    var index = text[0] == UInt8(ascii: "-") ? 1 : 0
    let firstDigit = index
    index = skipDigits(text, from: index)
    let digits = index - firstDigit
    if digits == 0 || (digits > 1 && text[firstDigit] == UInt8(ascii: "0")) { return [] }
    if index == text.count {
      let isNegativeZero = firstDigit == 1 && text[1] == UInt8(ascii: "0")
      return !isNegativeZero && NumberParsing.long(text.buffer) != nil ? [.long, .real] : []
    }
    var significant = digits
    if text[index] == UInt8(ascii: ".") {
      let end = skipDigits(text, from: index + 1)
      if end == index + 1 { return [] }
      significant += end - index - 1
      index = end
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
      let end = skipDigits(text, from: index)
      if end == index { return [] }
      index = end
    }
    return index == text.count && significant <= 17 ? .real : []
  }

  private static func skipDigits(_ text: TextView, from start: Int) -> Int {
    var index = start
    while index < text.count, text[index] &- 0x30 <= 9 { index += 1 }
    return index
  }

  private static func isPlainGUID(_ text: TextView) -> Bool {
    for index in 0..<36 {
      let byte = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        if byte != UInt8(ascii: "-") { return false }
      } else if byte &- 0x30 > 9, byte &- UInt8(ascii: "a") > 5 {
        return false
      }
    }
    return true
  }

  /// Whether a text is `[-][d.]hh:mm:ss[.fraction]`.
  private static func isClock(_ text: TextView) -> Bool {
    guard text.count <= 32, text.buffer.count(where: { $0 == UInt8(ascii: ":") }) == 2,
      text.buffer.allSatisfy({ $0 &- 0x2D <= 0x0D && $0 != UInt8(ascii: "/") })
    else { return false }
    return TimeSpan(parsing: text.buffer) != nil
  }

  private static func isJSON(_ text: TextView) -> Bool {
    var writer = DynamicWriter()
    return JSONParser.parse(text.buffer, into: &writer)
  }
}
