@testable import KQLSyntax
import SourceText

/// A token as the grammar sees it.
struct Word: Equatable {
  let text: String
  let kind: TokenKind
  /// Whether nothing stands between it and the token before.
  let isGlued: Bool

  /// The tokens of a text, the end of the text among them.
  static func read(_ text: String) -> [Word] {
    let source = SourceText(text)
    var lexer = Lexer(source)
    lexer.run()
    return lexer.tokens.map {
      Word(text: source.text($0.span), kind: $0.kind, isGlued: $0.leadingTrivia.length == 0)
    }
  }

  /// A text of these tokens.
  static func text(of words: some Sequence<Word>) -> String {
    words.reduce(into: "") { text, word in
      let isLineOver = text.last == "\n"
      if !text.isEmpty, !word.isGlued, !isLineOver { text += " " }
      text += word.text
      if word.kind == .directive { text += "\n" }
    }
  }
}

/// The sets of tokens of tokens.grammar.
struct TokenSets: Sendable {
  /// Texts of words and marks by set, sets within sets resolved.
  private var texts: [String: Set<String>] = [:]
  /// Kinds of tokens by set.
  private var kinds: [String: Set<TokenKind>] = [:]
  /// Kinds of which a set holds only those that begin with a digit.
  private var written: [String: Set<TokenKind>] = [:]

  init(_ file: GrammarFile) {
    for production in file.productions {
      texts[production.name] = []
      kinds[production.name] = []
      written[production.name] = []
      add(production.body, to: production.name)
    }
  }

  private mutating func add(_ body: GrammarExpression, to name: String) {
    switch body {
    case .choice(let parts): for part in parts { add(part, to: name) }
    case .terminal(let terminal):
      switch terminal.kind {
      case .text(let text): texts[name]?.insert(text)
      case .set(let set): addSet(set, to: name)
      case .range: break
      }
    default: break
    }
  }

  private mutating func addSet(_ set: String, to name: String) {
    if let kind = Self.kind(set) { kinds[name]?.insert(kind) }
    if let kind = Self.writtenKinds[set] { written[name]?.insert(kind) }
    // Sets are written before those that they are part of.
    let (inner, innerKinds, innerWritten) = (texts[set], kinds[set], written[set])
    texts[name]?.formUnion(inner ?? [])
    kinds[name]?.formUnion(innerKinds ?? [])
    written[name]?.formUnion(innerWritten ?? [])
  }

  private static let writtenKinds: [String: TokenKind] = [
    "writtenLong": .longLiteral, "writtenReal": .realLiteral,
    "writtenTimespan": .timespanLiteral,
  ]

  static func kind(_ name: String) -> TokenKind? {
    TokenKind.allCases.first { "\($0)" == name }
  }

  /// The words of a set.
  func words(_ set: String) -> Set<String> { texts[set] ?? [] }

  /// The kinds of tokens in a set, those among them that begin with a digit apart.
  func kinds(_ set: String) -> (all: Set<TokenKind>, written: Set<TokenKind>) {
    (kinds[set] ?? Self.kind(set).map { [$0] } ?? [], written[set] ?? [])
  }

  /// Whether a token is what a terminal asks for.
  func matches(_ terminal: Terminal, _ word: Word) -> Bool {
    if terminal.isGlued, !word.isGlued { return false }
    switch terminal.kind {
    case .text(let text): return word.text == text && !Self.isOpen(word.kind)
    case .range(let low, let high):
      let scalars = word.text.unicodeScalars
      return scalars.count == 1 && scalars.allSatisfy { (low...high).contains($0.value) }
    case .set(let name):
      let (all, written) = kinds(name)
      if all.contains(word.kind) { return true }
      if written.contains(word.kind), word.text.first?.isNumber ?? false { return true }
      return !Self.isOpen(word.kind) && (texts[name]?.contains(word.text) ?? false)
    }
  }

  /// Whether tokens of a kind may have any text.
  private static func isOpen(_ kind: TokenKind) -> Bool {
    switch kind {
    case .identifier, .stringLiteral, .directive, .unexpected: true
    default: false
    }
  }
}
