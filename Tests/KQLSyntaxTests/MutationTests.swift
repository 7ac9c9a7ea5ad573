import SourceText
import Testing

@testable import KQLSyntax

/// Parses broken texts made of published queries: there must always be a whole tree.
@Suite(.enabled(if: Corpus.isPresent, "the corpus beside the repository is absent"))
struct MutationTests {
  @Test func truncatedTexts() {
    for (index, query) in Corpus.published.enumerated() where index % 4 == 0 {
      let bytes = Array(query.query.utf8)
      expectWhole(Array(bytes.prefix(bytes.count * (index % 17) / 17)), query.id)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func changedTexts(seed: UInt64) {
    var random = SplitMix(state: seed)
    for (index, query) in Corpus.everything.enumerated() where index % 8 == Int(seed) {
      var bytes = Array(query.query.utf8)
      guard !bytes.isEmpty else { continue }
      for _ in 0..<4 { mutate(&bytes, &random) }
      expectWhole(bytes, "\(query.id), seed \(seed)")
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let at = random.below(bytes.count)
    switch random.below(4) {
    case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
    case 1: bytes.insert(contentsOf: [UInt8]("([{|;\"',.!".utf8).shuffled(using: &random), at: at)
    case 2: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(20)))
    default: bytes.insert(bytes[random.below(bytes.count)], at: at)
    }
    if bytes.isEmpty { bytes = [UInt8(ascii: "|")] }
  }

  private func expectWhole(_ bytes: [UInt8], _ name: String) {
    let tree = KQLParser.parse(SourceText(bytes: bytes))
    #expect(tree.rebuilt == bytes, "\(name)")
  }
}

/// A small deterministic generator.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to below `limit`, which must be positive.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
