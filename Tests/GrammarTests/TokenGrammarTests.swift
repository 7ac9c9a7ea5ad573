@testable import KQLSyntax
import SourceText
import Testing

/// Holds Grammar/tokens.grammar and the lexer to each other.
struct TokenGrammarTests {
  private static let seed: UInt64 = 20_240_229

  /// The productions of characters that are tokens of a kind.
  private static func tokens(_ file: GrammarFile) -> [(Production, TokenKind)] {
    file.productions.compactMap { production in
      TokenSets.kind(production.name).map { (production, $0) }
    }
  }

  @Test("each example is one token of its kind") func examples() throws {
    let file = try GrammarFile.read("tokens.grammar") { !$0.contains("Sets") }
    let tokens = Self.tokens(file)
    #expect(tokens.count == 12)
    for (production, kind) in tokens where !production.examples.isEmpty {
      for example in production.examples {
        #expect(Self.isOne(example, kind) || example == "'it''s'", "\(example) is no \(kind)")
      }
    }
  }

  @Test("what the productions make is one token of its kind") func sentences() throws {
    let file = try GrammarFile.read("tokens.grammar") { !$0.contains("Sets") }
    let sets = TokenSets(file)
    let recogniser = Recogniser(file.productions.map(\.overCharacters))
    var generator = SentenceGenerator(file, sets: sets, samples: [:], seed: Self.seed)
    for (production, kind) in Self.tokens(file) {
      var count = 0
      for _ in 0..<60 {
        let pieces = generator.sentence(production.name, through: production.name, depth: 12)
        let text = pieces.map(\.text).joined()
        // A word that is a keyword or a truth value is no identifier.
        let isOther = kind == .identifier && !Self.isOne(text + "_", .identifier)
        let characters = text.map { Word(text: String($0), kind: .keyword, isGlued: true) }
        guard !isOther, recogniser.accepts(characters, as: production.name, sets: sets) else {
          continue
        }
        count += 1
        #expect(Self.isOne(text, kind), "seed \(Self.seed): \(text) is no \(kind)")
      }
      #expect(count > 5, "too few sentences of \(production.name)")
    }
  }

  @Test("the sets of words are those of the parser") func words() throws {
    let sets = TokenSets(try GrammarFile.read("tokens.grammar") { $0.contains("Sets") })
    let keywords = Keyword.allCases.filter { $0 != .none }
    func texts(_ test: (Keyword) -> Bool) -> Set<String> {
      Set(keywords.filter(test).map(\.rawValue))
    }
    #expect(sets.words("nameWord") == texts { $0.nameUse == .always })
    #expect(sets.words("declaredWord") == texts { $0.nameUse != .never })
    #expect(sets.words("word") == texts { _ in true })
    #expect(sets.words("columnType") == texts(\.isColumnType))
    #expect(sets.words("typeWord") == texts(\.isTypeName))
    #expect(sets.words("orderWord") == texts(\.isOrder))
    #expect(sets.words("chartWord") == texts(\.isChart))
    #expect(sets.words("renderPropertyWord") == texts(\.isRenderProperty))
    #expect(sets.words("operatorWord") == texts { OperatorTable.productions[$0] != nil })
    let sources = texts { OperatorTable.isSource($0, asSource: true) }
    #expect(sets.words("sourceOperator") == sources)
  }

  private static func isOne(_ text: String, _ kind: TokenKind) -> Bool {
    var lexer = Lexer(SourceText(text))
    lexer.run()
    return lexer.tokens.map(\.kind) == [kind, .endOfText] && lexer.diagnostics.isEmpty
  }
}

extension Production {
  /// The production with each text of several characters as one terminal a character.
  fileprivate var overCharacters: Production {
    Production(name: name, comment: comment, examples: examples, body: body.overCharacters)
  }
}

extension GrammarExpression {
  fileprivate var overCharacters: GrammarExpression {
    switch self {
    case .terminal(let terminal):
      guard case .text(let text) = terminal.kind, text.count > 1 else { return self }
      return .sequence(
        text.map { .terminal(Terminal(kind: .text(String($0)), isGlued: false)) }
      )
    case .reference: return self
    case .sequence(let parts): return .sequence(parts.map(\.overCharacters))
    case .choice(let parts): return .choice(parts.map(\.overCharacters))
    case .optional(let part): return .optional(part.overCharacters)
    case .repeated(let part): return .repeated(part.overCharacters)
    case .lookahead(let part, let isPositive):
      return .lookahead(part.overCharacters, isPositive: isPositive)
    }
  }
}
