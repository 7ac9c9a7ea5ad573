import SourceText

/// Reads the parts of a TOML text, one after the other.
struct TOMLReader {
  private let source: SourceText
  private let bytes: [UInt8]
  private var offset = 0

  init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
  }

  var isAtEnd: Bool { offset >= bytes.count }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func failure(_ message: String) -> ConfigurationFailure {
    .syntax(message, at: SourceSpan(offset, min(bytes.count, offset + 1)), in: source)
  }

  // MARK: Blanks

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 { offset += 1 }
  }

  /// Steps over blanks, comments and the ends of lines.
  mutating func skipLines() {
    while let byte = next {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case UInt8(ascii: "#"): while let byte = next, byte != 0x0A { offset += 1 }
      default: return
      }
    }
  }

  /// Steps over blanks and a comment, behind which nothing may stand.
  mutating func requireEndOfLine() throws(ConfigurationFailure) {
    skipBlanks()
    if next == UInt8(ascii: "#") {
      while let byte = next, byte != 0x0A { offset += 1 }
    }
    if let byte = next, byte != 0x0A, byte != 0x0D {
      throw failure("the end of the line is wanted")
    }
  }

  /// Steps over blanks and then over a mark, where it is there.
  mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: mark) else { return false }
    offset += 1
    return true
  }

  // MARK: Keys

  /// Reads `a.b = value` into a table.
  mutating func readMember(
    into table: TOMLTable,
    depth: Int
  ) throws(ConfigurationFailure) {
    let path = try readPath()
    guard takes("=") else { throw failure("'=' is wanted") }
    var inner = table
    for key in path.dropLast() { inner = try inner.inner(key, in: source) }
    let value = try readValue(depth: depth + path.count)
    if let key = path.last { try inner.add(key, value, in: source) }
  }

  /// Reads keys with dots between.
  mutating func readPath() throws(ConfigurationFailure) -> [TOMLTable.Key] {
    var path = [try readKey()]
    while takes(".") {
      path.append(try readKey())
      if path.count > ConfigurationLimits.depth { throw tooDeep() }
    }
    return path
  }

  private mutating func readKey() throws(ConfigurationFailure) -> TOMLTable.Key {
    skipBlanks()
    let start = offset
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
      let name = try readText()
      return TOMLTable.Key(name: name, span: SourceSpan(start, offset))
    }
    let word = readWord { Self.isWord($0) }
    if word.isEmpty { throw failure("a key is wanted") }
    return TOMLTable.Key(name: word, span: SourceSpan(start, offset))
  }

  private mutating func readWord(_ belongs: (UInt8) -> Bool) -> String {
    let start = offset
    while let byte = next, belongs(byte) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private func tooDeep() -> ConfigurationFailure { .tooDeep(at: .at(offset), in: source) }

  // MARK: Values

  private mutating func readValue(
    depth: Int
  ) throws(ConfigurationFailure) -> ConfigurationNode {
    if depth > ConfigurationLimits.depth { throw tooDeep() }
    skipBlanks()
    let start = offset
    let content: ConfigurationNode.Content
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): content = .quoted(try readText())
    case UInt8(ascii: "["): content = .list(try readList(depth: depth))
    case UInt8(ascii: "{"): content = try readTable(depth: depth).node.content
    default:
      let word = readWord { Self.isWord($0) || "+.:".utf8.contains($0) }
      guard let plain = TOMLWord.content(word) else {
        offset = start
        throw failure(word.isEmpty ? "a value is wanted" : "a text needs quotes")
      }
      content = plain
    }
    return ConfigurationNode(content: content, span: SourceSpan(start, offset))
  }

  private mutating func readList(
    depth: Int
  ) throws(ConfigurationFailure) -> [ConfigurationNode] {
    offset += 1
    var items: [ConfigurationNode] = []
    while true {
      skipLines()
      if takes("]") { return items }
      items.append(try readValue(depth: depth + 1))
      skipLines()
      if !takes(","), next != UInt8(ascii: "]") { throw failure("',' or ']' is wanted") }
    }
  }

  private mutating func readTable(depth: Int) throws(ConfigurationFailure) -> TOMLTable {
    let table = TOMLTable(span: .at(offset), isClosed: true)
    offset += 1
    if takes("}") { return table }
    while true {
      try readMember(into: table, depth: depth + 1)
      if takes("}") { return table }
      if !takes(",") { throw failure("',' or '}' is wanted") }
    }
  }

  /// Reads a text in quotes on one line; escapes count in double ones.
  private mutating func readText() throws(ConfigurationFailure) -> String {
    guard let quote = next else { throw failure("a text is wanted") }
    if bytes[offset...].starts(with: [quote, quote, quote]) {
      throw failure("texts of several lines are not taken")
    }
    offset += 1
    var text: [UInt8] = []
    while let byte = next {
      offset += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == 0x0A || byte == 0x0D { break }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        text += try readEscape()
      } else {
        text.append(byte)
      }
    }
    offset = max(0, offset - 1)
    throw failure("the text has no end on its line")
  }

  /// Reads what follows a backslash.
  private mutating func readEscape() throws(ConfigurationFailure) -> [UInt8] {
    let letter = next ?? 0
    let digits = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
    if digits == 0 {
      guard let byte = Self.escapes[letter] else { throw failure("there is no such escape") }
      offset += 1
      return [byte]
    }
    let hex = String(decoding: bytes[offset...].dropFirst().prefix(digits), as: UTF8.self)
    guard hex.utf8.count == digits, hex.utf8.first != UInt8(ascii: "+"),
      let scalar = UInt32(hex, radix: 16).flatMap({ Unicode.Scalar($0) })
    else { throw failure("\(digits) hex digits of a character are wanted") }
    offset += 1 + digits
    return Array(String(Character(scalar)).utf8)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22,
    UInt8(ascii: "\\"): 0x5C,
  ]
}

/// Numbers and words without quotes.
enum TOMLWord {
  /// What a word is; nil where it is no value.
  static func content(_ word: String) -> ConfigurationNode.Content? {
    if word == "true" || word == "false" { return .plain(word) }
    if isTime(word) { return .other("a date or time") }
    let digits = Array(word.utf8)
    // Signs of grouping stand between digits.
    for (index, byte) in digits.enumerated() where byte == UInt8(ascii: "_") {
      guard index > 0, index + 1 < digits.count else { return nil }
      guard isDigit(digits[index - 1]), isDigit(digits[index + 1]) else { return nil }
    }
    let plain = word.replacing("_", with: "")
    if let number = Int(plain) { return hasLeadingZero(plain) ? nil : .plain(String(number)) }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where plain.hasPrefix(prefix) {
      return Int(plain.dropFirst(2), radix: radix).map { .plain(String($0)) }
    }
    guard let last = plain.utf8.last, isDigit(last), let number = Double(plain) else { return nil }
    return hasLeadingZero(plain) ? nil : .plain(String(number))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether it begins as `2026-01-31` or `07:30` does.
  private static func isTime(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    let count = bytes.prefix(while: isDigit).count
    guard count < bytes.count else { return false }
    return count == 4 && bytes[4] == UInt8(ascii: "-")
      || count == 2 && bytes[2] == UInt8(ascii: ":")
  }

  private static func hasLeadingZero(_ number: String) -> Bool {
    let digits = number.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return digits.count > 1 && digits.first == 0x30 && digits.dropFirst().first.map(isDigit) == true
  }
}
