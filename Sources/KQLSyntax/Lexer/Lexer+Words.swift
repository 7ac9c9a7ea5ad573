import SourceText

extension Lexer {
  /// Reads a name, a keyword, a compound keyword, or a literal that starts with a word.
  mutating func readWord() {
    if readRawGuid() { return }
    let length = wordLength(at: position)
    let word = bytes[position..<position + length]
    let next = peek(length)
    if next == UInt8(ascii: "("), let kind = Self.parenthesizedLiteral(keywords.find(word)) {
      return readParenthesizedLiteral(kind, wordLength: length)
    }
    if length == 1, isHiddenStringPrefix() { _ = readString() } else { readPlainWord(length) }
  }

  /// Reads `!has`, `!in~` and the like. Answers false where there is none.
  mutating func readNegatedWord() -> Bool {
    guard peek() == UInt8(ascii: "!") else { return false }
    let length = position + 1 < bytes.count ? wordLength(at: position + 1) : 0
    let keyword =
      length == 0 ? Keyword.none : keywords.find(bytes[position...position + length])
    guard keyword != .none else {
      add(.exclamationMark, length: 1)
      return true
    }
    addInsensitive(keyword, length: length + 1)
    return true
  }

  /// The length of the run of name characters at an offset.
  func wordLength(at start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if CharacterClass.isASCIILetter(byte) || CharacterClass.isDigit(byte)
        || byte == UInt8(ascii: "_") || (byte == UInt8(ascii: "$") && index == start)
      {
        index += 1
      } else if byte >= 0x80 {
        let length = nameScalarLength(at: index)
        guard length > 0 else { break }
        index += length
      } else {
        break
      }
    }
    return index - start
  }

  /// Whether a name character stands at a distance.
  func isNameCharacter(_ distance: Int) -> Bool {
    position + distance < bytes.count && wordLength(at: position + distance) > 0
      && peek(distance) != UInt8(ascii: "$")
  }

  /// Adds the word of a length at the current position, or the compound that it begins.
  mutating func readPlainWord(_ length: Int) {
    let next = peek(length)
    if next == UInt8(ascii: "-") || next == UInt8(ascii: ".") || next == UInt8(ascii: " "),
      let compound = findCompound()
    {
      return add(.keyword, length: compound.bytes.count, keyword: compound.keyword)
    }
    let word = bytes[position..<position + length]
    if Self.booleans.contains(where: { word.elementsEqual($0) }) {
      return add(.boolLiteral, length: length)
    }
    let keyword = keywords.find(word)
    if keyword == .none {
      add(.identifier, length: length)
    } else {
      addInsensitive(keyword, length: length)
    }
  }

  /// Adds a keyword; `in` and `!in` take a `~` that follows at once.
  private mutating func addInsensitive(_ keyword: Keyword, length: Int) {
    let hasTilde = peek(length) == UInt8(ascii: "~")
    switch keyword {
    case .in where hasTilde: add(.keyword, length: length + 1, keyword: .inInsensitive)
    case .notIn where hasTilde: add(.keyword, length: length + 1, keyword: .notInInsensitive)
    default: add(.keyword, length: length, keyword: keyword)
    }
  }

  private func findCompound() -> (bytes: [UInt8], keyword: Keyword)? {
    let first = peek()
    return keywords.compounds.first { compound in
      compound.bytes.first == first && position + compound.bytes.count <= bytes.count
        && compound.bytes.elementsEqual(bytes[position..<position + compound.bytes.count])
        && !isNameCharacter(compound.bytes.count)
    }
  }

  private static let booleans = ["true", "false", "True", "False", "TRUE", "FALSE"].map {
    Array($0.utf8)
  }
}

// MARK: Literals that start with a word

extension Lexer {
  /// The kind of literal that a type name makes with the parentheses right after it.
  private static func parenthesizedLiteral(_ keyword: Keyword) -> TokenKind? {
    switch keyword {
    case .long, .int64: .longLiteral
    case .int, .int32: .intLiteral
    case .real, .double: .realLiteral
    case .decimal: .decimalLiteral
    case .bool: .boolLiteral
    case .datetime, .date: .datetimeLiteral
    case .time, .timespan: .timespanLiteral
    case .guid: .guidLiteral
    default: nil
    }
  }

  /// Reads a literal such as `datetime(2024-01-31 12:00)`: all up to the next `)` of the line.
  private mutating func readParenthesizedLiteral(_ kind: TokenKind, wordLength: Int) {
    var end = position + wordLength
    while end < bytes.count, bytes[end] != UInt8(ascii: ")"), bytes[end] != 0x0A,
      bytes[end] != 0x0D
    {
      end += 1
    }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: ")")
    let open = position + wordLength
    add(kind, length: end - position + (isClosed ? 1 : 0))
    if !isClosed { report(SyntaxDiagnostics.unclosedLiteral(at: SourceSpan(open, open + 1))) }
  }

  /// Reads a guid without `guid(…)`. Answers false where there is none.
  mutating func readRawGuid() -> Bool {
    let dashes: Set<Int> = [8, 13, 18, 23]
    for index in 0..<36 {
      let byte = peek(index)
      let fits =
        dashes.contains(index)
        ? byte == UInt8(ascii: "-") : CharacterClass.hexValue(byte) != nil
      guard fits else { return false }
    }
    guard !isNameCharacter(36) else { return false }
    add(.rawGuidLiteral, length: 36)
    return true
  }
}
