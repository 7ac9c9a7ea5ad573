import CSIMD

/// Reads JSON text into the dynamic encoding.
///
/// The text must be JSON as RFC 8259 has it and nothing else. Whole numbers that fit are longs,
/// all others reals. Bytes that are no UTF-8 are kept, a lone surrogate escape becomes U+FFFD.
/// Of members with the same key the last value counts. Arrays and bags nest up to
/// `DynamicLimit.depth` deep.
public struct JSONParser {
  private let text: UnsafePointer<UInt8>
  private let count: Int
  private var index = 0

  /// Appends the value that `text` holds; false, with the writer as before, when it holds none.
  public static func parse(
    _ text: UnsafeBufferPointer<UInt8>,
    into writer: inout DynamicWriter
  ) -> Bool {
    guard let start = text.baseAddress else { return false }
    let mark = writer.mark
    var parser = JSONParser(text: start, count: text.count)
    if parser.parseDocument(&writer), !writer.hasFailed { return true }
    writer.rewind(to: mark)
    return false
  }

  /// Appends the value that `text` holds, or `text` itself as a string, as `parse_json` does.
  public static func parseOrKeep(
    _ text: UnsafeBufferPointer<UInt8>,
    into writer: inout DynamicWriter
  ) {
    if !parse(text, into: &writer) { writer.append(string: text) }
  }

  private init(text: UnsafePointer<UInt8>, count: Int) {
    self.text = text
    self.count = count
  }

  private mutating func parseDocument(_ writer: inout DynamicWriter) -> Bool {
    skipBlanks()
    guard parseValue(&writer) else { return false }
    skipBlanks()
    return index == count
  }

  @inline(__always)
  private var current: UInt8 { index < count ? text[index] : 0 }

  @inline(__always)
  private mutating func skipBlanks() {
    while index < count {
      let byte = text[index]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        return
      }
      index &+= 1
    }
  }

  /// Parses a value; the depth is bounded by that of the writer.
  private mutating func parseValue(_ writer: inout DynamicWriter) -> Bool {
    switch current {
    case UInt8(ascii: "\""):
      index &+= 1
      return parseText(&writer) && writer.endString()
    case UInt8(ascii: "{"): return parseBag(&writer)
    case UInt8(ascii: "["): return parseArray(&writer)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return parseNumber(&writer)
    case UInt8(ascii: "t"):
      guard skip("true") else { return false }
      writer.append(bool: true)
      return true
    case UInt8(ascii: "f"):
      guard skip("false") else { return false }
      writer.append(bool: false)
      return true
    case UInt8(ascii: "n"):
      guard skip("null") else { return false }
      writer.appendNull()
      return true
    default: return false
    }
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count &- index >= length, equalBytes(text + index, word.utf8Start, count: length)
    else { return false }
    index &+= length
    return true
  }
}

extension JSONParser {
  private mutating func parseArray(_ writer: inout DynamicWriter) -> Bool {
    index &+= 1
    writer.beginArray()
    guard !writer.hasFailed else { return false }
    skipBlanks()
    if current == UInt8(ascii: "]") {
      index &+= 1
      writer.endArray()
      return true
    }
    while true {
      guard parseValue(&writer) else { return false }
      skipBlanks()
      let byte = current
      index &+= 1
      if byte == UInt8(ascii: "]") { break }
      guard byte == UInt8(ascii: ",") else { return false }
      skipBlanks()
    }
    writer.endArray()
    return true
  }

  private mutating func parseBag(_ writer: inout DynamicWriter) -> Bool {
    index &+= 1
    writer.beginBag()
    guard !writer.hasFailed else { return false }
    skipBlanks()
    if current == UInt8(ascii: "}") {
      index &+= 1
      writer.endBag()
      return true
    }
    while true {
      guard parseMember(&writer) else { return false }
      skipBlanks()
      let byte = current
      index &+= 1
      if byte == UInt8(ascii: "}") { break }
      guard byte == UInt8(ascii: ",") else { return false }
      skipBlanks()
    }
    writer.endBag()
    return true
  }

  @inline(__always)
  private mutating func parseMember(_ writer: inout DynamicWriter) -> Bool {
    guard current == UInt8(ascii: "\"") else { return false }
    index &+= 1
    guard parseText(&writer), writer.endName() else { return false }
    skipBlanks()
    guard current == UInt8(ascii: ":") else { return false }
    index &+= 1
    skipBlanks()
    return parseValue(&writer)
  }
}

extension JSONParser {
  /// Parses a number: sign, digits without leading zeros, fraction, exponent.
  private mutating func parseNumber(_ writer: inout DynamicWriter) -> Bool {
    let start = index
    let isNegative = current == UInt8(ascii: "-")
    if isNegative { index &+= 1 }
    let firstDigit = index
    var value: UInt64 = 0
    while index < count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ UInt64(digit)
      index &+= 1
    }
    let digits = index &- firstDigit
    guard digits > 0, digits == 1 || text[firstDigit] != UInt8(ascii: "0") else { return false }
    let next = current
    if next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e"), digits <= 18 {
      writer.append(long: Int64(bitPattern: isNegative ? 0 &- value : value))
      return true
    }
    return parseLongNumber(from: start, &writer)
  }

  /// Parses what follows the whole digits, and numbers of more than 18 digits.
  private mutating func parseLongNumber(from start: Int, _ writer: inout DynamicWriter) -> Bool {
    if current == UInt8(ascii: ".") {
      index &+= 1
      guard skipDigits() else { return false }
    }
    if current | 0x20 == UInt8(ascii: "e") {
      index &+= 1
      if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { index &+= 1 }
      guard skipDigits() else { return false }
    }
    let number = UnsafeBufferPointer(start: text + start, count: index &- start)
    guard let scan = DecimalScan(number) else { return false }
    if !scan.isFractional, let long = NumberParsing.long(number) {
      writer.append(long: long)
    } else {
      writer.append(real: scan.real(in: number))
    }
    return true
  }

  private mutating func skipDigits() -> Bool {
    let start = index
    while current &- UInt8(ascii: "0") <= 9 { index &+= 1 }
    return index > start
  }
}

extension JSONParser {
  /// Parses the text of a string behind its quote, and the closing quote.
  @inline(__always)
  private mutating func parseText(_ writer: inout DynamicWriter) -> Bool {
    let start = index
    skipPlainText()
    guard index < count else { return false }
    writer.sink.append(UnsafeBufferPointer(start: text + start, count: index &- start))
    if text[index] == UInt8(ascii: "\"") {
      index &+= 1
      return true
    }
    return parseEscapedText(&writer)
  }

  /// Moves to the next quote, backslash or control character, or to the end.
  @inline(__always)
  private mutating func skipPlainText() {
    while count &- index >= 16 {
      let mask = csimd_json_stop_mask16(text + index)
      if mask != 0 {
        index &+= mask.trailingZeroBitCount
        return
      }
      index &+= 16
    }
    while index < count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
      index &+= 1
    }
  }

  /// Parses the rest of a string from its first backslash on.
  private mutating func parseEscapedText(_ writer: inout DynamicWriter) -> Bool {
    while index < count {
      let byte = text[index]
      index &+= 1
      if byte == UInt8(ascii: "\"") { return true }
      guard byte == UInt8(ascii: "\\"), parseEscape(&writer.sink) else { return false }
      let start = index
      skipPlainText()
      writer.sink.append(UnsafeBufferPointer(start: text + start, count: index &- start))
    }
    return false
  }

  private mutating func parseEscape(_ sink: inout ByteSink) -> Bool {
    let letter = current
    index &+= 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): sink.append(letter)
    case UInt8(ascii: "n"): sink.append(0x0A)
    case UInt8(ascii: "r"): sink.append(0x0D)
    case UInt8(ascii: "t"): sink.append(0x09)
    case UInt8(ascii: "b"): sink.append(0x08)
    case UInt8(ascii: "f"): sink.append(0x0C)
    case UInt8(ascii: "u"): return parseCodeEscape(&sink)
    default: return false
    }
    return true
  }

  /// Parses the digits of `\uXXXX` and the second half of a surrogate pair.
  private mutating func parseCodeEscape(_ sink: inout ByteSink) -> Bool {
    guard let unit = parseCodeUnit() else { return false }
    guard unit &>> 10 == 0x36 else {
      sink.append(codePoint: unit)
      return true
    }
    let back = index
    if current == UInt8(ascii: "\\"), index &+ 1 < count, text[index &+ 1] == UInt8(ascii: "u") {
      index &+= 2
      guard let second = parseCodeUnit() else { return false }
      if second &>> 10 == 0x37 {
        sink.append(codePoint: 0x1_0000 &+ (unit & 0x3FF) &<< 10 &+ second & 0x3FF)
        return true
      }
      index = back
    }
    sink.append(codePoint: unit)
    return true
  }

  private mutating func parseCodeUnit() -> UInt32? {
    guard count &- index >= 4 else { return nil }
    var unit: UInt32 = 0
    for place in 0..<4 {
      guard let digit = hexadecimalDigit(text[index &+ place]) else { return nil }
      unit = unit &<< 4 | UInt32(digit)
    }
    index &+= 4
    return unit
  }
}

extension ByteSink {
  /// Appends a code point in UTF-8; one that cannot stand alone becomes U+FFFD.
  mutating func append(codePoint: UInt32) {
    let scalar = Unicode.Scalar(codePoint) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
  }
}

extension DynamicWriter {
  /// Ends a string whose bytes were put into the sink.
  mutating func endString() -> Bool {
    sink.append(DynamicKind.string.rawValue)
    endChild()
    return true
  }

  /// Ends a key whose bytes were put into the sink.
  mutating func endName() -> Bool {
    guard let frame = frames.last, frame.isBag else { return false }
    bounds.append(UInt32(truncatingIfNeeded: sink.count &- frame.start))
    return true
  }
}
