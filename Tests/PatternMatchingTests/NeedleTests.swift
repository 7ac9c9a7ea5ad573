import PatternMatching
import Testing

struct NeedleTests {
  static let modes: [TextMatchMode] = [
    .contains, .startsWith, .endsWith, .hasTerm, .hasPrefix, .hasSuffix, .equals,
  ]

  struct Case: CustomStringConvertible {
    var text: String
    var needle: String
    var mode: TextMatchMode
    var ignoresCase = true
    var expected: Bool
    var description: String { "\(text) \(mode) \(needle)" }
  }

  static let cases: [Case] = [
    Case(text: "KustoExplorer", needle: "Explorer", mode: .hasTerm, expected: false),
    Case(text: "Kusto Explorer", needle: "explorer", mode: .hasTerm, expected: true),
    Case(text: "a_b", needle: "a", mode: .hasTerm, expected: true),
    Case(text: "co-op", needle: "co-op", mode: .hasTerm, expected: true),
    Case(text: "xco-op", needle: "co-op", mode: .hasTerm, expected: false),
    Case(text: "x ab", needle: " a", mode: .hasPrefix, expected: true),
    Case(text: "x ab", needle: " a", mode: .hasTerm, expected: false),
    Case(text: "x -> y", needle: "->", mode: .hasTerm, expected: true),
    Case(text: "cmd.exe", needle: ".exe", mode: .hasTerm, expected: true),
    Case(text: "cmd.exes", needle: ".exe", mode: .hasTerm, expected: false),
    Case(text: "anything", needle: "", mode: .hasTerm, expected: true),
    Case(text: "", needle: "", mode: .equals, expected: true),
    Case(text: "x", needle: "", mode: .equals, expected: false),
    Case(text: "North America", needle: "ica", mode: .hasSuffix, expected: true),
    Case(text: "North America", needle: "mer", mode: .hasPrefix, expected: false),
    Case(text: "Straße", needle: "STRASSE", mode: .equals, expected: false),
    Case(text: "CAFÉ", needle: "café", mode: .equals, expected: true),
    Case(text: "CAFE\u{301}", needle: "café", mode: .equals, expected: false),
    Case(text: "\u{212A}elvin", needle: "kelvin", mode: .contains, expected: false),
    Case(text: "\u{17F}et", needle: "set", mode: .contains, expected: false),
    Case(text: "\u{130}", needle: "i", mode: .contains, expected: false),
    Case(text: "ПРИВЕТ, мир", needle: "привет", mode: .hasTerm, expected: true),
    Case(text: "ПРИВЕТ", needle: "ривет", mode: .hasTerm, expected: false),
    Case(text: "éabc", needle: "abc", mode: .hasTerm, expected: false),
    Case(text: "–abc–", needle: "abc", mode: .hasTerm, expected: true),
    Case(text: "ΟΔΟΣ", needle: "οδος", mode: .endsWith, expected: true),
    Case(text: "x\u{345}y", needle: "ιy", mode: .contains, expected: true),
    Case(text: "Ⱥbc", needle: "ⱥB", mode: .contains, expected: true),
    Case(text: "ABC", needle: "abc", mode: .equals, ignoresCase: false, expected: false),
    Case(text: "Mimi[katz", needle: "{KATZ", mode: .contains, expected: false),
  ]

  @Test(arguments: cases)
  func decides(_ example: Case) {
    let needle = Needle(
      Array(example.needle.utf8),
      mode: example.mode,
      ignoresCase: example.ignoresCase
    )
    #expect(withBytes(example.text, needle.matches) == example.expected)
    #expect(
      NaiveSearch.matches(
        example.text,
        example.needle,
        example.mode,
        ignoresCase: example.ignoresCase
      )
        == example.expected
    )
  }

  @Test func agreesWithTheDefinitionOnRandomText() throws {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    let alphabet = ["a", "b", "A", "B", "k", "S", "1", " ", "_", ".", "é", "É", "ж", "Ж", "–", "😀"]
    for round in 0..<400 {
      let needleText = random.text(alphabet, 0..<(round % 7 + 1))
      let ignoresCase = Bool.random(using: &random)
      let values = (0..<40).map { _ in
        random.text(alphabet, 0..<(round % 5 == 0 ? 90 : 12))
          + (Bool.random(using: &random) ? needleText : "")
          + random.text(alphabet, 0..<6)
      }
      for mode in Self.modes {
        let needle = Needle(Array(needleText.utf8), mode: mode, ignoresCase: ignoresCase)
        let expected = values.map {
          NaiveSearch.matches($0, needleText, mode, ignoresCase: ignoresCase)
        }
        let single = values.map { withBytes($0, needle.matches) }
        let whole = try results(values, gap: round % 3) {
          TextSearch.search($0, for: needle, into: $1)
        }
        if single != expected || whole != expected {
          Issue.record("seed \(seed) round \(round): \(needleText) \(mode) in \(values)")
          return
        }
      }
    }
  }

  @Test func findsManyNeedlesAsEachAlone() throws {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    let alphabet = ["a", "b", "C", "1", " ", ".", "-", "é", "–"]
    for round in 0..<300 {
      let count = round % 11 == 0 ? 200 : round % 8
      let texts = (0..<count).map { _ in random.text(alphabet, (round % 2)..<7) }
      let mode: TextMatchMode = [.hasTerm, .equals, .contains][round % 3]
      let ignoresCase = Bool.random(using: &random)
      let set = NeedleSet(texts.map { Array($0.utf8) }, mode: mode, ignoresCase: ignoresCase)
      let values = (0..<50).map { _ in
        random.text(alphabet, 0..<(round % 4 == 0 ? 150 : 9))
      }
      let any = values.map { value in
        texts.contains { NaiveSearch.matches(value, $0, mode, ignoresCase: ignoresCase) }
      }
      let all = values.map { value in
        texts.allSatisfy { NaiveSearch.matches(value, $0, mode, ignoresCase: ignoresCase) }
      }
      let wholeAny = try results(values, gap: round % 2) { set.searchAny($0, into: $1) }
      let wholeAll = try results(values, gap: round % 2) { set.searchAll($0, into: $1) }
      let singleAny = values.map { withBytes($0, set.matchesAny) }
      if wholeAny != any || singleAny != any || wholeAll != all {
        Issue.record("seed \(seed) round \(round): \(texts) \(mode) in \(values)")
        return
      }
    }
  }

  @Test func searchesValuesThatDoNotAscend() throws {
    let bytes = Array("abcabc".utf8) + [UInt8](repeating: 0x61, count: 64)
    let views: [UInt64] = [3 | 3 << 32, 0 | 3 << 32, 0, 1 | 2 << 32]
    let needle = Needle(Array("ABC".utf8), mode: .contains, ignoresCase: true)
    var found = [UInt8](repeating: 9, count: views.count)
    bytes.withUnsafeBufferPointer { heap in
      views.withUnsafeBufferPointer { views in
        found.withUnsafeMutableBufferPointer { results in
          guard let base = heap.baseAddress, let out = results.baseAddress else { return }
          TextSearch.searchColumn(heap: base, views: views, needle: needle, into: out)
        }
      }
    }
    #expect(found == [1, 1, 0, 0])
  }

  private func results(
    _ values: [String],
    gap: Int,
    _ search: (TextColumn, UnsafeMutablePointer<UInt8>) -> Void
  ) throws -> [Bool] {
    var found = [UInt8](repeating: 9, count: values.count + 1)
    try withColumn(values.map { Array($0.utf8) }, gap: gap) { column in
      found.withUnsafeMutableBufferPointer { buffer in
        if let out = buffer.baseAddress { search(column, out) }
      }
    }
    #expect(found[values.count] == 9)
    return found.dropLast().map { $0 == 1 }
  }
}
