extension Lexer {
  /// Reads punctuation. Answers false where there is none.
  mutating func readSymbol() -> Bool {
    guard let (kind, length) = symbol() else { return false }
    add(kind, length: length)
    return true
  }

  private func symbol() -> (TokenKind, Int)? {
    switch peek() {
    case UInt8(ascii: "("): (.openParenthesis, 1)
    case UInt8(ascii: ")"): (.closeParenthesis, 1)
    case UInt8(ascii: "["): (.openBracket, 1)
    case UInt8(ascii: "]"): (.closeBracket, 1)
    case UInt8(ascii: "{"): (.openBrace, 1)
    case UInt8(ascii: "}"): (.closeBrace, 1)
    case UInt8(ascii: "|"): (.bar, 1)
    case UInt8(ascii: "+"): (.plus, 1)
    case UInt8(ascii: "-"): (.minus, 1)
    case UInt8(ascii: "*"): (.asterisk, 1)
    case UInt8(ascii: "/"): (.slash, 1)
    case UInt8(ascii: "%"): (.percent, 1)
    case UInt8(ascii: ","): (.comma, 1)
    case UInt8(ascii: ";"): (.semicolon, 1)
    case UInt8(ascii: ":"): (.colon, 1)
    case UInt8(ascii: "?"): (.questionMark, 1)
    case UInt8(ascii: "@"): (.atSign, 1)
    default: comparison()
    }
  }

  private func comparison() -> (TokenKind, Int)? {
    switch (peek(), peek(1)) {
    case (UInt8(ascii: "."), UInt8(ascii: ".")): (.dotDot, 2)
    case (UInt8(ascii: "."), _): (.dot, 1)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessThanOrEqual, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): (.lessGreater, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: "|")): (.lessBar, 2)
    case (UInt8(ascii: "<"), _): (.lessThan, 1)
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterThanOrEqual, 2)
    case (UInt8(ascii: ">"), _): (.greaterThan, 1)
    case (UInt8(ascii: "="), UInt8(ascii: "=")): (.equalEqual, 2)
    case (UInt8(ascii: "="), UInt8(ascii: ">")): (.fatArrow, 2)
    case (UInt8(ascii: "="), UInt8(ascii: "~")): (.equalTilde, 2)
    case (UInt8(ascii: "="), _): (.equal, 1)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): (.notEqual, 2)
    case (UInt8(ascii: "!"), UInt8(ascii: "~")): (.notTilde, 2)
    default: nil
    }
  }
}
