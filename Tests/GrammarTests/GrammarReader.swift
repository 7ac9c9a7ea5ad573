/// Why a grammar file cannot be read.
struct GrammarFault: Error, CustomStringConvertible {
  let description: String
}

/// Reads the notation of Grammar/README.md.
struct GrammarReader {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  mutating func read() throws -> [Production] {
    var productions: [Production] = []
    while true {
      let (comment, examples) = readComments()
      guard position < characters.count else { return productions }
      let name = try readName()
      try expect("=")
      let body = try readChoice()
      try expect(";")
      productions.append(
        Production(name: name, comment: comment, examples: examples, body: body)
      )
    }
  }

  private var current: Character? { position < characters.count ? characters[position] : nil }

  private mutating func skipBlanks() {
    while let character = current, character.isWhitespace { position += 1 }
  }

  /// Reads comments; a heading begins anew.
  private mutating func readComments() -> (String, [String]) {
    var comment: [String] = []
    var examples: [String] = []
    skipBlanks()
    while current == "/" {
      var line = ""
      while let character = current, character != "\n" {
        line.append(character)
        position += 1
      }
      if line.hasPrefix("//> ") {
        examples.append(String(line.dropFirst(4)))
      } else {
        comment.append(String(line.dropFirst(3)))
      }
      let start = position
      skipBlanks()
      let isParagraphEnd = characters[start..<position].filter { $0 == "\n" }.count > 1
      if isParagraphEnd { (comment, examples) = ([], []) }
    }
    return (comment.joined(separator: " "), examples)
  }

  private mutating func readName() throws -> String {
    skipBlanks()
    var name = ""
    while let character = current, character.isLetter || character.isNumber {
      name.append(character)
      position += 1
    }
    if name.isEmpty { throw fault("a name") }
    return name
  }

  private func fault(_ expected: String) -> GrammarFault {
    let before = String(characters[max(0, position - 60)..<position])
    return GrammarFault(description: "expected \(expected) after: \(before)")
  }

  private mutating func expect(_ mark: Character) throws {
    guard take(mark) else { throw fault("'\(mark)'") }
  }

  private mutating func take(_ mark: Character) -> Bool {
    skipBlanks()
    guard current == mark else { return false }
    position += 1
    return true
  }

  private mutating func readChoice() throws -> GrammarExpression {
    var choices = [try readSequence()]
    while take("|") { choices.append(try readSequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func readSequence() throws -> GrammarExpression {
    var parts: [GrammarExpression] = []
    while let part = try readPart() { parts.append(part) }
    if parts.isEmpty { throw fault("a part") }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func readPart() throws -> GrammarExpression? {
    skipBlanks()
    switch current {
    case "(": return try readBracketed("(", ")")
    case "[": return .optional(try readBracketed("[", "]"))
    case "{": return .repeated(try readBracketed("{", "}"))
    case "!", "&": return try readLookahead()
    case "~":
      position += 1
      return .terminal(try readTerminal(isGlued: true))
    case "\"", "<": return .terminal(try readTerminal(isGlued: false))
    case let character? where character.isLetter: return try readReference()
    default: return nil
    }
  }

  private mutating func readBracketed(
    _ open: Character,
    _ close: Character
  ) throws -> GrammarExpression {
    try expect(open)
    let body = try readChoice()
    try expect(close)
    return body
  }

  private mutating func readLookahead() throws -> GrammarExpression {
    let isPositive = take("&")
    if !isPositive { try expect("!") }
    guard let part = try readPart() else { throw fault("what comes next") }
    return .lookahead(part, isPositive: isPositive)
  }

  private mutating func readReference() throws -> GrammarExpression {
    let name = try readName()
    guard name == "list" || name == "openList" else { return .reference(name) }
    let item = try readBracketed("(", ")")
    let comma = GrammarExpression.terminal(Terminal(kind: .text(","), isGlued: false))
    let rest = GrammarExpression.repeated(.sequence([comma, item]))
    if name == "list" { return .sequence([item, rest]) }
    return .sequence([item, rest, .lookahead(comma, isPositive: false)])
  }

  private mutating func readTerminal(isGlued: Bool) throws -> Terminal {
    if take("<") {
      let name = try readName()
      try expect(">")
      return Terminal(kind: .set(name), isGlued: isGlued)
    }
    let text = try readQuoted()
    guard position + 1 < characters.count, characters[position] == ".",
      characters[position + 1] == "."
    else { return Terminal(kind: .text(text), isGlued: isGlued) }
    position += 2
    let last = try readQuoted()
    guard let low = text.unicodeScalars.first, let high = last.unicodeScalars.first else {
      throw fault("a range")
    }
    return Terminal(kind: .range(low.value, high.value), isGlued: isGlued)
  }

  private mutating func readQuoted() throws -> String {
    try expect("\"")
    var text = ""
    while let character = current, character != "\"" {
      position += 1
      guard character == "\\", let escaped = current else {
        text.append(character)
        continue
      }
      position += 1
      switch escaped {
      case "n": text.append("\n")
      case "r": text.append("\r")
      case "t": text.append("\t")
      default: text.append(escaped)
      }
    }
    try expect("\"")
    return text
  }
}
