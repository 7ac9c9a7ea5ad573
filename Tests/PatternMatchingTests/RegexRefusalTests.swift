import PatternMatching
import Testing

/// What the dialect lacks is refused by name and place, and hostile patterns are refused fast.
struct RegexRefusalTests {
  @Test(arguments: [
    ("a(?=b)", 1, "look-around"), ("(?!b)", 0, "look-around"), ("(?<=b)", 0, "look-around"),
    ("(?<!b)", 0, "look-around"), ("(a)\\1", 3, "back-reference"), ("\\k<n>", 0, "back-reference"),
    ("(?P=n)", 0, "back-reference"), ("(?>a)", 0, "atomic"), ("\\K", 0, "'\\K'"),
    ("a\\Z", 1, "'\\Z'"), ("(?(1)a|b)", 0, "conditional"), ("(*UTF)a", 1, "'*'"),
    ("(?1)", 0, "recursion"), ("(?&n)", 0, "recursion"), ("(?|a)", 0, "branch reset"),
    ("(?#c)", 0, "comment"), ("(?'n'a)", 0, "(?'name'"), ("\\Q.\\E", 0, "'\\Q'"),
    ("\\R", 0, "'\\R'"), ("\\C", 0, "'\\C'"), ("\\y", 0, "escape"), ("\\é", 0, "escape"),
    ("é\\", 2, "backslash"), ("*a", 0, "nothing to repeat"), ("a|+", 2, "nothing to repeat"),
    ("(?i)*", 4, "nothing to repeat"), ("{2}", 0, "nothing to repeat"),
    ("a{,3}", 1, "repeat count"), ("a{1-3}", 1, "repeat count"), ("a{3,2}", 1, "ends below"),
    ("a{65536}", 1, "too large"), ("a{99999999999999999999}", 1, "too large"),
    ("(a", 0, "not closed"), ("a)", 1, "unmatched"), ("[a", 0, "not closed"),
    ("[a-", 0, "not closed"), ("[z-a]", 1, "before it starts"), ("[\\w-.]", 1, "range"),
    ("[\\b]", 1, "place"), ("\\p{Klingon}", 0, "Klingon"), ("\\p{Xan}", 0, "Xan"),
    ("\\p{", 0, "no end"), ("\\x{110000}", 0, "code"), ("\\xZ1", 0, "code"), ("\\u12", 0, "code"),
    ("(?z)", 2, "flag"), ("(?ii)", 3, "twice"), ("(?i-)", 0, "flags"), ("(?", 0, "flags"),
    ("(?<1a>b)", 3, "name"), ("(?<a>b)(?<a>c)", 10, "named"), ("(?<>b)", 3, "name"),
    ("(?-u:\\W)", 5, "Unicode"), ("(?-u:.)", 5, "Unicode"), ("(?-u:[^a])", 5, "Unicode"),
  ])
  func refuses(_ pattern: String, _ offset: Int, _ words: String) {
    let error = #expect(throws: PatternError.self) { try Pattern(Array(pattern.utf8)) }
    #expect(error?.offset == offset)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.advice.isEmpty == false)
  }

  @Test func refusesBrokenText() {
    let error = #expect(throws: PatternError.self) { try Pattern([0x61, 0xFF]) }
    #expect(error?.offset == 1)
  }

  static let hostile: [(name: String, pattern: String)] = [
    ("a megabyte", String(repeating: "a", count: 1 << 20)),
    ("deep groups", String(repeating: "(", count: 60_000)),
    ("deep closed groups", String(repeating: "(", count: 201) + String(repeating: ")", count: 201)),
    ("deep classes", String(repeating: "[", count: 60_000)),
    ("nested counts", "((((a{1,100}){1,100}){1,100}){1,100}){1,100}"),
    ("great counts", "(?:\\w{60000}){60000}"),
    ("many properties", (0..<2000).map { _ in "[\\pL&&\\p{Lu}]" }.joined()),
    ("open counts", String(repeating: "a{", count: 30_000)),
  ]

  @Test(arguments: hostile.indices)
  func refusesHostilePatterns(_ index: Int) {
    let (name, pattern) = Self.hostile[index]
    #expect(throws: PatternError.self, "\(name)") { try Pattern(Array(pattern.utf8)) }
  }

  @Test func takesLargeButHarmlessPatterns() throws {
    let words = (0..<800).map { "word\($0)\\.example" }.joined(separator: "|")
    let nested = String(repeating: "(?:", count: 190) + "a" + String(repeating: ")", count: 190)
    let counted = "[A-Za-z0-9+/]{2000,}"
    for pattern in ["(?i)\\b(\(words))\\b", nested, counted] {
      #expect(throws: Never.self) { try Pattern(Array(pattern.utf8)) }
    }
  }

  @Test func survivesRandomPatterns() throws {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    let alphabet = [
      "a", "b", "K", "é", "(", ")", "[", "]", "[^", "-", "&&", "~~", "--", "*", "+", "?", "{2}",
      "{1,3}", "|", ".", "^", "$", "\\w", "\\W", "\\d", "\\b", "\\B", "\\pL", "\\s", "\\S", "(?i)",
      "(?:", "(?m)", "(?x)", " ", "#", "\\x{e9}", "\\", "[:alpha:]", "\n", "(?<n>", "(?-u)", "1",
    ]
    let texts = ["", "a", "abKkab", "é–É k\u{212A}", "a\nb\r\n1", "((([[["]
    for _ in 0..<4000 {
      let source = random.text(alphabet, 0..<14)
      guard let pattern = try? Pattern(Array(source.utf8)) else { continue }
      let matcher = try #require(Matcher(pattern))
      for text in texts {
        try withBytes(text) { bytes in
          let isMatch = try matcher.isMatch(bytes)
          let isFound = try matcher.firstMatch(in: bytes)
          if isMatch != isFound || isFound && matcher.range.upperBound > bytes.count {
            Issue.record("seed \(seed): \(source.debugDescription) in \(text.debugDescription)")
          }
        }
      }
    }
  }
}
