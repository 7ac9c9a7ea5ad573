/// What an escape stands for.
enum RegexEscape {
  case scalar(UInt32)
  case characters(CharacterClassNode)
  case assertion(RegexAssertion)
}

extension RegexParser {
  /// Parses an escape from its backslash on.
  mutating func parseEscape() throws(PatternError) -> RegexEscape {
    let offset = cursor.offset
    _ = cursor.next()
    guard let letter = cursor.peek else {
      throw PatternError(
        "the pattern ends in a backslash",
        at: offset,
        advice: "write '\\\\' for a backslash"
      )
    }
    if letter &- 0x30 < 10 { return .scalar(try parseOctal(at: offset)) }
    let text = cursor.text
    _ = cursor.next()
    switch Unicode.Scalar(letter) {
    case "x": return .scalar(try parseHexadecimal(digits: 2, at: offset))
    case "u": return .scalar(try parseHexadecimal(digits: 4, at: offset))
    case "U": return .scalar(try parseHexadecimal(digits: 8, at: offset))
    case "p", "P":
      return .characters(try parseProperty(isNegated: letter == 0x50, at: offset))
    case "d", "D", "s", "S", "w", "W":
      return .characters(try perlClass(letter, at: offset))
    case "a": return .scalar(0x07)
    case "f": return .scalar(0x0C)
    case "t": return .scalar(0x09)
    case "n": return .scalar(0x0A)
    case "r": return .scalar(0x0D)
    case "v": return .scalar(0x0B)
    case "A": return .assertion(.textStart)
    case "z": return .assertion(.textEnd)
    case "b": return .assertion(.word(try parseWordEdge(), isUnicode: flags.isUnicode))
    case "B": return .assertion(.word(.notBoundary, isUnicode: flags.isUnicode))
    case "<": return .assertion(.word(.start, isUnicode: flags.isUnicode))
    case ">": return .assertion(.word(.end, isUnicode: flags.isUnicode))
    case "Z":
      throw .unsupported("'\\Z'", at: offset, advice: "write '\\z' or '$' for the end of the text")
    case "K", "G", "R", "X", "C", "h", "H", "V", "N", "Q", "E":
      throw .unsupported(
        "'\\\(text)'",
        at: offset,
        advice: "spell out what it stands for, or write '\\\\' for a backslash"
      )
    case "k", "g":
      throw .backReference(at: offset)
    default:
      guard letter < 0x80, !TermCharacter.contains(letter), letter >= 0x20, letter != 0x7F else {
        throw .unknownEscape(text, at: offset)
      }
      return .scalar(letter)
    }
  }

  /// The node of an escape outside a class.
  mutating func node(of escape: RegexEscape, at offset: Int) throws(PatternError) -> RegexNode {
    switch escape {
    case .scalar(let value): return scalarNode(value)
    case .assertion(let assertion): return .assertion(assertion)
    case .characters(let characters): return .characters(try resolve(characters, at: offset))
    }
  }

  /// Reduces a class to the form that can be printed.
  mutating func resolve(
    _ characters: CharacterClassNode,
    at offset: Int
  ) throws(PatternError) -> CharacterClass {
    do {
      return try resolver.resolve(characters)
    } catch {
      throw Self.error(error, at: offset)
    }
  }

  static func error(_ failure: PropertyScanner.Failure, at offset: Int) -> PatternError {
    switch failure {
    case .unknown(let name):
      return PatternError(
        "unknown Unicode property '\(name)'",
        at: offset,
        advice: "name a general category, a script or a yes-or-no property"
      )
    case .tooMany:
      return .tooLarge(at: offset)
    }
  }

  private mutating func parseWordEdge() throws(PatternError) -> RegexWordEdge {
    guard cursor.isAt("{") else { return .boundary }
    if cursor.skip(text: "{start}") { return .start }
    if cursor.skip(text: "{end}") { return .end }
    if cursor.skip(text: "{start-half}") { return .startHalf }
    if cursor.skip(text: "{end-half}") { return .endHalf }
    return .boundary
  }

  /// `\0`, `\07`, `\012` and `\101`; fewer than three digits without a leading zero would read
  /// as a back-reference, which does not exist here, so they are refused.
  private mutating func parseOctal(at offset: Int) throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    var digits = 0
    let startsWithZero = cursor.isAt("0")
    while digits < 3, let digit = cursor.peek, digit &- 0x30 < 8 {
      value = value * 8 + (digit - 0x30)
      digits += 1
      _ = cursor.next()
    }
    guard startsWithZero || digits == 3 else { throw .backReference(at: offset) }
    return value
  }

  private mutating func parseHexadecimal(
    digits: Int,
    at offset: Int
  ) throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    let isBraced = cursor.skip("{")
    let limit = isBraced ? 8 : digits
    while count < limit, let digit = cursor.peek.flatMap(Self.hexadecimalValue) {
      value = value &<< 4 | digit
      count += 1
      _ = cursor.next()
    }
    let isComplete = isBraced ? count > 0 && cursor.skip("}") : count == digits
    guard isComplete, Unicode.Scalar(value) != nil else {
      throw PatternError(
        "a character code needs the hexadecimal digits of a Unicode scalar",
        at: offset,
        advice: "write '\\x7F', '\\u00E9' or '\\x{1F600}'"
      )
    }
    if value >= 0x80, !flags.isUnicode { try requireUnicode("this code", at: offset) }
    return value
  }

  private static func hexadecimalValue(_ digit: UInt32) -> UInt32? {
    if digit &- 0x30 < 10 { return digit - 0x30 }
    let lower = digit | 0x20
    return lower &- 0x61 < 6 ? lower - 0x61 + 10 : nil
  }

  private func perlClass(_ letter: UInt32, at offset: Int) throws(PatternError)
    -> CharacterClassNode
  {
    let isNegated = letter < 0x60
    if isNegated { try requireUnicode("a negated class", at: offset) }
    let lower = Unicode.Scalar(letter | 0x20)
    if !flags.isUnicode {
      switch lower {
      case "d": return .set(ScalarSet(0x30, 0x39))
      case "s": return .set(CharacterClass.whitespace.intersection(ScalarSet(0, 0x7F)))
      default: return .set(CharacterClass.asciiWord)
      }
    }
    switch lower {
    case "d": return .property("Nd", isNegated: isNegated)
    case "s":
      let set = CharacterClass.whitespace
      return .set(isNegated ? set.complement() : set)
    default: return .word(isNegated: isNegated)
    }
  }
}
