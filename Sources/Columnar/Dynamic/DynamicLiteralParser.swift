/// Reads what stands in a `dynamic(…)` literal of KQL.
///
/// That is JSON in which strings may also be single-quoted or verbatim (`@"…"`), and in which
/// typed literals such as `datetime(2024-01-31)`, `timespan(1d)`, `guid(…)` and `long(1)` may
/// stand. As the engine does, a datetime becomes its printed text, a timespan its ticks and a
/// guid its lower-case text.
public struct DynamicLiteralParser {
  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0

  /// Appends the value of a literal; false, with the writer as before, when it is none.
  public static func parse(
    _ text: UnsafeBufferPointer<UInt8>,
    into writer: inout DynamicWriter
  ) -> Bool {
    let mark = writer.mark
    var parser = DynamicLiteralParser(text: text)
    if parser.parseDocument(&writer), !writer.hasFailed { return true }
    writer.rewind(to: mark)
    return false
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private mutating func parseDocument(_ writer: inout DynamicWriter) -> Bool {
    skipBlanks()
    guard parseValue(&writer, depth: 0) else { return false }
    skipBlanks()
    return index == text.count
  }

  private var current: UInt8 { index < text.count ? text[index] : 0 }

  private mutating func skipBlanks() {
    while index < text.count, UnsafeBufferPointer.isBlank(text[index]) { index &+= 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard index < text.count, text[index] == byte else { return false }
    index &+= 1
    return true
  }

  private mutating func parseValue(_ writer: inout DynamicWriter, depth: Int) -> Bool {
    guard depth <= DynamicLimit.depth else { return false }
    switch current {
    case UInt8(ascii: "{"): return parseBag(&writer, depth: depth &+ 1)
    case UInt8(ascii: "["): return parseArray(&writer, depth: depth &+ 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "@"):
      guard let string = parseString() else { return false }
      writer.append(string: string)
      return true
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return parseNumber(&writer)
    default: return parseWord(&writer, depth: depth &+ 1)
    }
  }

  private mutating func parseArray(_ writer: inout DynamicWriter, depth: Int) -> Bool {
    index &+= 1
    writer.beginArray()
    skipBlanks()
    if !skip(UInt8(ascii: "]")) {
      repeat {
        skipBlanks()
        guard parseValue(&writer, depth: depth) else { return false }
        skipBlanks()
      } while skip(UInt8(ascii: ","))
      guard skip(UInt8(ascii: "]")) else { return false }
    }
    writer.endArray()
    return true
  }

  private mutating func parseBag(_ writer: inout DynamicWriter, depth: Int) -> Bool {
    index &+= 1
    writer.beginBag()
    skipBlanks()
    if !skip(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        guard let name = parseString() else { return false }
        writer.appendName(name)
        skipBlanks()
        guard skip(UInt8(ascii: ":")) else { return false }
        skipBlanks()
        guard parseValue(&writer, depth: depth) else { return false }
        skipBlanks()
      } while skip(UInt8(ascii: ","))
      guard skip(UInt8(ascii: "}")) else { return false }
    }
    writer.endBag()
    return true
  }

  /// Parses a number, or a number with a time unit, which gives ticks.
  private mutating func parseNumber(_ writer: inout DynamicWriter) -> Bool {
    let start = index
    index &+= 1
    while index < text.count, Self.isNumberByte(text[index], after: text[index &- 1]) {
      index &+= 1
    }
    let token = UnsafeBufferPointer(rebasing: text[start..<index])
    if let long = NumberParsing.long(token) {
      writer.append(long: long)
    } else if let scan = DecimalScan(token) {
      writer.append(real: scan.real(in: token))
    } else if let span = TimeSpan(parsing: token) {
      writer.append(long: span.ticks)
    } else {
      return false
    }
    return true
  }

  private static func isNumberByte(_ byte: UInt8, after previous: UInt8) -> Bool {
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      return previous | 0x20 == UInt8(ascii: "e")
    }
    return byte == UInt8(ascii: ".") || byte &- UInt8(ascii: "0") <= 9
      || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }
}

extension DynamicLiteralParser {
  /// Parses a quoted string to its bytes.
  private mutating func parseString() -> [UInt8]? {
    let isVerbatim = skip(UInt8(ascii: "@"))
    let quote = current
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    index &+= 1
    var sink = ByteSink(capacity: 32)
    while index < text.count {
      let byte = text[index]
      index &+= 1
      if byte == quote {
        guard isVerbatim, skip(quote) else { return sink.array() }
        sink.append(quote)
      } else if byte == UInt8(ascii: "\\"), !isVerbatim {
        guard parseEscape(&sink) else { return nil }
      } else {
        sink.append(byte)
      }
    }
    return nil
  }

  private mutating func parseEscape(_ sink: inout ByteSink) -> Bool {
    let letter = current
    index &+= 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      sink.append(letter)
    case UInt8(ascii: "n"): sink.append(0x0A)
    case UInt8(ascii: "r"): sink.append(0x0D)
    case UInt8(ascii: "t"): sink.append(0x09)
    case UInt8(ascii: "b"): sink.append(0x08)
    case UInt8(ascii: "f"): sink.append(0x0C)
    case UInt8(ascii: "u"):
      guard let unit = parseCodeUnit() else { return false }
      sink.append(codePoint: completed(unit))
    default: return false
    }
    return true
  }

  /// Joins the first half of a surrogate pair with the escape that follows.
  private mutating func completed(_ unit: UInt32) -> UInt32 {
    let start = index
    guard unit &>> 10 == 0x36, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")),
      let second = parseCodeUnit(), second &>> 10 == 0x37
    else {
      index = start
      return unit
    }
    return 0x1_0000 &+ (unit & 0x3FF) &<< 10 &+ second & 0x3FF
  }

  private mutating func parseCodeUnit() -> UInt32? {
    guard text.count &- index >= 4 else { return nil }
    var unit: UInt32 = 0
    for place in 0..<4 {
      guard let digit = hexadecimalDigit(text[index &+ place]) else { return nil }
      unit = unit &<< 4 | UInt32(digit)
    }
    index &+= 4
    return unit
  }
}

extension DynamicLiteralParser {
  /// Parses `true`, `false`, `null` or a typed literal.
  private mutating func parseWord(_ writer: inout DynamicWriter, depth: Int) -> Bool {
    let start = index
    while (current | 0x20) &- UInt8(ascii: "a") < 26 { index &+= 1 }
    let word = UnsafeBufferPointer(rebasing: text[start..<index])
    if word.isText("null") {
      writer.appendNull()
      return true
    }
    if let value = Self.bool(word) {
      writer.append(bool: value)
      return true
    }
    skipBlanks()
    guard !word.isEmpty, skip(UInt8(ascii: "(")) else { return false }
    skipBlanks()
    if word.isText("dynamic") {
      guard parseValue(&writer, depth: depth) else { return false }
      skipBlanks()
      return skip(UInt8(ascii: ")"))
    }
    guard let content = parseContent() else { return false }
    return content.withUnsafeBufferPointer { append(typed: $0.trimmed, word, &writer) }
  }

  private static func bool(_ word: UnsafeBufferPointer<UInt8>) -> Bool? {
    if word.isText("true") || word.isText("True") { return true }
    return word.isText("false") || word.isText("False") ? false : nil
  }

  /// Parses up to the closing parenthesis: a string or plain text.
  private mutating func parseContent() -> [UInt8]? {
    if let string = parseString() {
      skipBlanks()
      return skip(UInt8(ascii: ")")) ? string : nil
    }
    let start = index
    while index < text.count, text[index] != UInt8(ascii: ")") { index &+= 1 }
    let content = Array(text[start..<index])
    return skip(UInt8(ascii: ")")) ? content : nil
  }

  /// Appends the value of a typed literal; false when the type is unknown or the text no value.
  private func append(
    typed content: UnsafeBufferPointer<UInt8>,
    _ type: UnsafeBufferPointer<UInt8>,
    _ writer: inout DynamicWriter
  ) -> Bool {
    if content.isText("null") {
      writer.appendNull()
      return Self.types.contains { type.isText($0) }
    }
    var sink = ByteSink(capacity: 40)
    if type.isText("datetime") || type.isText("date") {
      guard let value = DateTime(parsing: content) else { return false }
      sink.append(datetime: value)
      writer.append(string: sink.bytes)
    } else if type.isText("guid") || type.isText("uuid") || type.isText("uniqueid") {
      guard let value = GUID(parsing: content) else { return false }
      sink.append(guid: value)
      writer.append(string: sink.bytes)
    } else {
      return append(number: content, type, &writer)
    }
    return true
  }

  private func append(
    number content: UnsafeBufferPointer<UInt8>,
    _ type: UnsafeBufferPointer<UInt8>,
    _ writer: inout DynamicWriter
  ) -> Bool {
    if type.isText("timespan") || type.isText("time") {
      guard let value = TimeSpan(parsingLiteral: content) else { return false }
      writer.append(long: value.ticks)
    } else if type.isText("long") || type.isText("int") {
      guard let value = NumberParsing.long(content) else { return false }
      writer.append(long: type.isText("int") ? Int64(Int32(truncatingIfNeeded: value)) : value)
    } else if type.isText("real") || type.isText("double") {
      guard let value = NumberParsing.real(content) else { return false }
      writer.append(real: value)
    } else if type.isText("decimal") {
      guard let value = Decimal128(parsing: content) else { return false }
      writer.append(decimal: value)
    } else if type.isText("bool") || type.isText("boolean") {
      guard let value = Self.bool(content) else { return false }
      writer.append(bool: value)
    } else {
      return false
    }
    return true
  }

  private static let types: [StaticString] = [
    "datetime", "date", "timespan", "time", "guid", "uuid", "uniqueid", "long", "int", "real",
    "double", "decimal", "bool", "boolean",
  ]
}
