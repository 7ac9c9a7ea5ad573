import PatternMatching
import Synchronization
import Testing

/// Limits, budgets, broken text and searches of columns.
struct MatcherLimitTests {
  @Test(arguments: [
    ("(a|aa)+$", String(repeating: "a", count: 50) + "b"),
    ("([a-z]+)*[0-9]$", String(repeating: "a", count: 50) + "9!"),
    ("(?:\\w+\\s?)*$", String(repeating: "ab ", count: 30) + "!"),
    ("(a*)*b", String(repeating: "a", count: 40) + "c b\u{E9}"),
    ("(x+x+)+y", String(repeating: "x", count: 40) + "zy"),
  ])
  func reportsTheLimitOfAValue(_ pattern: String, _ text: String) throws {
    let compiled = try Pattern(Array(pattern.utf8))
    let matcher = try #require(Matcher(compiled))
    let outcome = withBytes(text) { bytes in Result { try matcher.firstMatch(in: bytes) } }
    switch outcome {
    case .success(let isMatch):
      // The library may be cleverer than the pattern; then the answer must be right.
      #expect(isMatch == (pattern == "(a*)*b"))
    case .failure(let error):
      #expect(error as? MatchFailure == .limit(pattern: pattern))
    }
  }

  @Test func limitNamesThePattern() throws {
    let matcher = try #require(Matcher(try Pattern(Array("(a|aa)+$".utf8))))
    let text = String(repeating: "a", count: 60) + "b"
    let failure = #expect(throws: MatchFailure.self) {
      try withBytes(text) { try matcher.isMatch($0) }
    }
    #expect(failure?.message.contains("(a|aa)+$") == true)
  }

  @Test func spendsTheBudgetOfAQuery() throws {
    let budget = MatchBudget(steps: 1_000_000)
    let matcher = try #require(Matcher(try Pattern(Array("\\d\\w+x".utf8)), budget: budget))
    let text = String(repeating: "1abc ", count: 4000)
    let failure = #expect(throws: MatchFailure.self) {
      for _ in 0..<1000 { _ = try withBytes(text) { try matcher.isMatch($0) } }
    }
    #expect(failure == .budget(pattern: "\\d\\w+x"))
    #expect(budget.remainingSteps < 0)
  }

  @Test func stopsWithinALongValueWhenInterrupted() throws {
    let asked = Atomic(0)
    let budget = MatchBudget {
      asked.add(1, ordering: .relaxed)
      return asked.load(ordering: .relaxed) > 3
    }
    let matcher = try #require(Matcher(try Pattern(Array("\\w+@\\w".utf8)), budget: budget))
    let text = "@" + String(repeating: "a", count: 1_000_000)
    let failure = #expect(throws: MatchFailure.self) {
      try withBytes(text) { try matcher.isMatch($0) }
    }
    #expect(failure == .interrupted(pattern: "\\w+@\\w"))
  }

  @Test func matchesLongValues() throws {
    let matcher = try #require(Matcher(try Pattern(Array("(?:a|b)*c(\\d)".utf8))))
    let text = String(repeating: "ab", count: 5_000) + "c7"
    try withBytes(text) { bytes throws in
      #expect(try matcher.firstMatch(in: bytes))
      #expect(matcher.range == 0..<bytes.count)
    }
    let late = try #require(Matcher(try Pattern(Array("x\\d\\b".utf8))))
    let long = String(repeating: "xé ", count: 50_000) + "x1"
    try withBytes(long) { bytes throws in
      #expect(try late.firstMatch(in: bytes))
      #expect(late.range == (bytes.count - 2)..<bytes.count)
      #expect(try late.firstMatch(in: bytes, from: bytes.count - 1) == false)
    }
    let spanning = try #require(Matcher(try Pattern(Array("(?s)^x.*1$".utf8))))
    #expect(try withBytes(long) { try spanning.isMatch($0) })
  }

  @Test func brokenBytesMatchNothing() throws {
    let text: [UInt8] = [0x61, 0xFF, 0x62, 0xC3, 0x28, 0xED, 0xA0, 0x80]
    let cases: [(String, Range<Int>?)] = [
      ("a.b", nil), ("[^a]", 2..<3), ("b", 2..<3), ("\\(", 4..<5), ("^a", 0..<1),
      ("\\x{FFFD}", nil),
      ("(?s).*", 0..<1),
    ]
    for (source, expected) in cases {
      let matcher = try #require(Matcher(try Pattern(Array(source.utf8))))
      try text.withUnsafeBufferPointer { bytes in
        let isFound = try matcher.firstMatch(in: bytes)
        #expect((isFound ? matcher.range : nil) == expected, "\(source)")
      }
    }
  }

  @Test func matchesEmptyText() throws {
    let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let matcher = try #require(Matcher(try Pattern(Array("^$".utf8))))
    #expect(try matcher.isMatch(empty))
    let other = try #require(Matcher(try Pattern(Array("a".utf8))))
    #expect(try other.isMatch(empty) == false)
  }

  @Test func searchesColumnsAsValues() throws {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    let alphabet = ["mask", "MAS", "\u{212A}", "ma\u{17F}k", " ", "1", "é", "cmd.exe", "K", "s"]
    let patterns = [
      "(?i)mask", "mask", "(?i)mask\\d", "cmd\\.exe", "\\.exe\\b", "^m", "[Mm]ask", ".*mask.*",
      "(?i)s|é", "(?i)mask|cmd|ma1", "x|(?:cmd|mas)\\.?", "(mask|(cmd|MAS)e)1?", "(?i:mas)k|MAS",
      "k?", "(?i)(mas)+k", "\\bmask\\b", "(?i)é.?mask", "(?:mask){2}",
    ]
    for source in patterns {
      let matcher = try #require(Matcher(try Pattern(Array(source.utf8))))
      let values = (0..<200).map { _ in Array(random.text(alphabet, 0..<6).utf8) }
      // What the groups' form finds without the literal in front of it.
      let plain = try #require(Matcher(try Pattern(Array("(?:\(source))|[a&&b]".utf8))))
      let expected = try values.map { value in
        try value.withUnsafeBufferPointer { try plain.firstMatch(in: $0) }
      }
      var found = [UInt8](repeating: 9, count: values.count)
      try withColumn(values) { column in
        try found.withUnsafeMutableBufferPointer { buffer in
          if let out = buffer.baseAddress { try matcher.search(column, into: out) }
        }
      }
      #expect(found.map { $0 == 1 } == expected, "seed \(seed) \(source)")
      let single = try values.map { try $0.withUnsafeBufferPointer { try matcher.isMatch($0) } }
      #expect(single == expected, "seed \(seed) \(source)")
    }
  }

  @Test func walksOverManyMatchesOfALongValue() throws {
    let budget = MatchBudget(steps: 20_000_000)
    let matcher = try #require(Matcher(try Pattern(Array("\\w".utf8)), budget: budget))
    for text in [String(repeating: "ab ", count: 60_000), String(repeating: "aé ", count: 60_000)] {
      var count = 0
      try withBytes(text) { bytes throws in
        try matcher.forEachMatch(in: bytes) { _ in
          count += 1
          return true
        }
      }
      #expect(count == 120_000)
    }
  }

  @Test func startsBehindACharacterThatItIsPutInto() throws {
    let matcher = try #require(Matcher(try Pattern(Array(".".utf8))))
    try withBytes("é€b") { bytes throws in
      #expect(try matcher.firstMatch(in: bytes, from: 1))
      #expect(matcher.range == 2..<5)
      #expect(try matcher.firstMatch(in: bytes, from: 7) == false)
      #expect(try matcher.firstMatch(in: bytes, from: -1) == false)
    }
  }

  @Test func looksForAllLiteralsOfALongValue() throws {
    let matcher = try #require(Matcher(try Pattern(Array("(?is)lorem.*zzz.*task".utf8))))
    let text = String(repeating: "lorem ipsum ", count: 80_000)
    #expect(try withBytes(text) { try matcher.isMatch($0) } == false)
    let short = String(repeating: "x", count: 3_000) + "Lorem zZz TA\u{17F}\u{212A}"
    #expect(try withBytes(short) { try matcher.firstMatch(in: $0) })
  }
}
