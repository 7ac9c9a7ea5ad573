import Foundation
@testable import KQLSyntax
import Testing

/// Holds Grammar/kql.grammar and the parser to each other.
struct GrammarTests {
  private static let seed: UInt64 = 20_240_131
  /// How many sentences are made for each production.
  private static let rounds = 2
  /// How many times a sentence of a production is tried for.
  private static let attempts = 400

  @Test("each parse function has one production, and each production a parse function")
  func names() throws {
    let grammar = try GrammarFile.read("kql.grammar")
    let written = grammar.productions.map(\.name)
    let parsed = try Self.parseFunctions()
    #expect(written.count == Set(written).count)
    #expect(parsed.count == Set(parsed).count)
    #expect(Set(parsed).subtracting(written) == [])
    #expect(Set(written).subtracting(parsed) == [])
    for production in grammar.productions {
      #expect(!production.comment.isEmpty, "\(production.name) has no comment")
      #expect(!production.examples.isEmpty, "\(production.name) has no example")
      let unknown = production.body.references.subtracting(written)
      #expect(unknown == [], "\(production.name) names what is no production")
    }
  }

  @Test("the parser reads each example, which needs its production") func examples() throws {
    let oracle = try Oracle.shared.get()
    for production in oracle.grammar.productions {
      let text = production.examples.joined(separator: "\n")
      #expect(Oracle.errors(text) == [], "\(production.name): \(text)")
      let words = Word.read(text)
      #expect(oracle.accepts(words), "\(production.name): \(text)")
      let without = Recogniser(oracle.grammar.productions, without: production.name)
      let isNeeded = !without.accepts(words, as: "queryBlock", sets: oracle.sets)
      #expect(isNeeded, "\(production.name) is not needed for \(text)")
    }
  }

  @Test("the parser reads sentences of the grammar, and mutants if they are sentences")
  func sentences() throws {
    let oracle = try Oracle.shared.get()
    var generator = oracle.generator(seed: Self.seed)
    var covered: Set<String> = []
    var counts = Counts()
    for production in oracle.grammar.productions {
      var left = Self.rounds
      for attempt in 0..<Self.attempts where left > 0 {
        if attempt > Self.attempts / 6, left < Self.rounds { break }
        let words = Self.words(&generator, through: production.name)
        guard words.count < 60, oracle.accepts(words) else { continue }
        left -= 1
        covered.insert(production.name)
        Self.check(words, of: production.name, oracle, &generator.numbers, &counts)
      }
    }
    let total = oracle.grammar.productions.count
    Self.report("seed \(Self.seed), \(counts), \(covered.count) of \(total) productions covered")
    #expect(covered.count == total, "not covered: \(Self.missing(covered, oracle))")
  }

  private struct Counts: CustomStringConvertible {
    var sentences = 0
    var mutants = 0
    var accepted = 0

    var description: String {
      "\(sentences) sentences, \(mutants) mutants of which \(accepted) are sentences"
    }
  }

  /// Holds the parser to a sentence and to what mutations make of it.
  private static func check(
    _ words: [Word],
    of production: String,
    _ oracle: Oracle,
    _ numbers: inout SeededNumbers,
    _ counts: inout Counts
  ) {
    counts.sentences += 1
    let text = Word.text(of: words)
    #expect(Oracle.errors(text) == [], "\(production): \(text)")
    for mutation in Mutation.allCases {
      let index = Int.random(in: 0..<words.count, using: &numbers)
      let mutant = Word.text(of: mutation.apply(words, at: index))
      let isSentence = oracle.accepts(Word.read(mutant))
      counts.mutants += 1
      counts.accepted += isSentence ? 1 : 0
      let errors = Oracle.errors(mutant)
      #expect(isSentence == errors.isEmpty, "\(isSentence): \(mutant)\n\(errors)")
    }
  }

  private static func report(_ text: String) {
    FileHandle.standardError.write(Data("grammar: \(text)\n".utf8))
  }

  private static func words(
    _ generator: inout SentenceGenerator,
    through production: String
  ) -> [Word] {
    let depth = Int.random(in: 12...30, using: &generator.numbers)
    let pieces = generator.sentence("queryBlock", through: production, depth: depth)
    let text = pieces.reduce(into: "") { text, piece in
      if !text.isEmpty, !piece.isGlued { text += " " }
      text += piece.text
    }
    return Word.read(text)
  }

  private static func missing(_ covered: Set<String>, _ oracle: Oracle) -> [String] {
    oracle.grammar.productions.map(\.name).filter { !covered.contains($0) }
  }

  /// The names in the `// grammar:` comments of the parser.
  private static func parseFunctions() throws -> [String] {
    let sources = GrammarFile.folder.deletingLastPathComponent()
      .appendingPathComponent("Sources/KQLSyntax")
    let found = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    let files = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    return try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
        let body = line.drop { $0 == " " }
        return body.hasPrefix("// grammar: ") ? String(body.dropFirst(12)) : nil
      }
    }
  }
}
