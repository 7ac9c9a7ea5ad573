import SourceText

/// Splits a text into tokens. Every byte of the text is in a token or in the trivia before one.
///
/// The lexer knows no context: a word that could be a keyword is marked as one, and the parser
/// decides whether it is used as a name.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  /// Where the trivia of the token that is being read began.
  var triviaStart = 0
  var tokens: [SyntaxToken] = []
  var diagnostics: [Diagnostic] = []
  let keywords = KeywordTable.shared

  init(_ source: SourceText) {
    bytes = source.bytes
    tokens.reserveCapacity(bytes.count / 4 + 1)
  }

  /// Reads the whole text; the last token is `endOfText`.
  mutating func run() {
    while true {
      triviaStart = position
      skipTrivia()
      guard position < bytes.count else { break }
      readToken()
    }
    add(.endOfText, length: 0)
  }

  /// The byte at a distance from the current one; 0 beyond the end.
  @inline(__always)
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position &+ distance
    return index < bytes.count ? bytes[index] : 0
  }

  /// Adds a token of the next `length` bytes and steps over it.
  mutating func add(_ kind: TokenKind, length: Int, keyword: Keyword = .none) {
    let end = min(position + length, bytes.count)
    tokens.append(
      SyntaxToken(
        kind,
        SourceSpan(position, end),
        triviaStart: triviaStart,
        keyword: keyword
      )
    )
    position = end
  }

  /// Reports an error, up to the limit that one text may have.
  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < SyntaxDiagnostics.limit { diagnostics.append(diagnostic) }
  }

  private mutating func readToken() {
    let byte = bytes[position]
    if CharacterClass.isDigit(byte) {
      readNumberOrWord()
    } else if CharacterClass.isASCIILetter(byte) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
    {
      readWord()
    } else if byte >= 0x80 {
      if nameScalarLength(at: position) > 0 { readWord() } else { readUnexpected() }
    } else if !readString() && !readSymbol() && !readNegatedWord() && !readDirective() {
      readUnexpected()
    }
  }

  private mutating func readDirective() -> Bool {
    guard peek() == UInt8(ascii: "#") else { return false }
    add(.directive, length: lineEnd(from: position) - position)
    return true
  }

  /// Reads a run of bytes that no token starts with.
  private mutating func readUnexpected() {
    let start = position
    var end = position
    repeat {
      end += CodePoint.length(bytes, at: end)
    } while end < bytes.count && isUnexpected(at: end)
    add(.unexpected, length: end - position)
    report(
      SyntaxDiagnostics.unexpectedCharacter(
        Array(bytes[start..<end]),
        at: SourceSpan(start, end)
      )
    )
  }

  /// Marks that other languages use.
  private static let foreignMarks = Array("&^\\".utf8)

  private func isUnexpected(at index: Int) -> Bool {
    let byte = bytes[index]
    guard byte < 0x80 else {
      return nameScalarLength(at: index) == 0 && spaceLength(at: index) == 0
    }
    return Self.foreignMarks.contains(byte)
      || byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 && byte != 0x0B
        && byte != 0x0C
      || byte == 0x7F
  }
}

// MARK: Trivia

extension Lexer {
  /// Steps over white space and comments.
  private mutating func skipTrivia() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x20 || byte &- 0x09 < 5 {
        position += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        position = lineEnd(from: position)
      } else {
        let length = spaceLength(at: position)
        guard length > 0 else { return }
        position += length
      }
    }
  }

  /// The offset of the next line end at or after an offset.
  func lineEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return index
  }

  /// How many bytes the white space beyond ASCII at an offset has; 0 where there is none.
  func spaceLength(at index: Int) -> Int {
    guard bytes[index] >= 0x80 else { return 0 }
    guard let (scalar, length) = CodePoint.decode(bytes, at: index) else { return 0 }
    return CharacterClass.isSpaceScalar(scalar) ? length : 0
  }

  /// How many bytes the letter or digit beyond ASCII at an offset has; 0 where there is none.
  func nameScalarLength(at index: Int) -> Int {
    guard let (scalar, length) = CodePoint.decode(bytes, at: index) else { return 0 }
    return CharacterClass.isNameScalar(scalar) ? length : 0
  }
}
