import KQLSyntax
import SourceText

/// The grammar, ready to make sentences and to tell what is one.
struct Oracle: Sendable {
  let grammar: GrammarFile
  let sets: TokenSets
  let recogniser: Recogniser

  static let shared = Result { try Oracle() }

  private init() throws {
    grammar = try GrammarFile.read("kql.grammar")
    sets = TokenSets(try GrammarFile.read("tokens.grammar") { $0.contains("Sets") })
    recogniser = Recogniser(grammar.productions)
  }

  func accepts(_ words: [Word]) -> Bool {
    recogniser.accepts(words, as: "queryBlock", sets: sets)
  }

  /// The errors that the parser has for a text.
  static func errors(_ text: String) -> [String] {
    KQLParser.parse(SourceText(text)).diagnostics.filter { $0.severity == .error }
      .map { "\($0.code) \($0.message) at \($0.span.range)" }
  }

  func generator(seed: UInt64) -> SentenceGenerator {
    SentenceGenerator(grammar, sets: sets, samples: Self.samples, seed: seed)
  }

  private static let samples: [String: [String]] = [
    "identifier": ["T", "a", "b", "Host", "x1", "$left", "_n"],
    "stringLiteral": ["\"t\"", "'u'", "@\"v\"", "```w```", "h'z'"],
    "longLiteral": ["1", "42", "0x1F", "long(3)"],
    "intLiteral": ["int(5)"],
    "realLiteral": ["1.5", "1e3", "real(2)"],
    "decimalLiteral": ["decimal(1.5)"],
    "boolLiteral": ["true", "bool(0)"],
    "datetimeLiteral": ["datetime(2024-01-31)"],
    "timespanLiteral": ["1d", "1.5h", "time(00:01)"],
    "guidLiteral": ["guid(01234567-89ab-cdef-0123-456789abcdef)"],
    "directive": ["#connect cluster\n"],
    "endOfText": [""],
    "written longLiteral": ["7"],
    "written realLiteral": ["2.5"],
    "written timespanLiteral": ["3m"],
  ]
}

/// What becomes of a sentence when a token is left out, doubled or swapped with the next.
enum Mutation: CaseIterable {
  case remove
  case double
  case swap

  func apply(_ words: [Word], at index: Int) -> [Word] {
    var result = words
    switch self {
    case .remove: result.remove(at: index)
    case .double: result.insert(words[index], at: index)
    case .swap: if index + 1 < words.count { result.swapAt(index, index + 1) }
    }
    return result
  }
}
