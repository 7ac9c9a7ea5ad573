import PatternMatching
import Testing

/// What patterns match, by the rules of the dialect.
struct RegexMatchTests {
  struct Case: CustomStringConvertible {
    var pattern: String
    var text: String
    /// The whole match and the groups, nil for one that took no part; empty for no match.
    var groups: [String?]
    var description: String { "\(pattern) in \(text.debugDescription)" }

    init(_ pattern: String, _ text: String, _ groups: String?...) {
      self.pattern = pattern
      self.text = text
      self.groups = groups
    }
  }

  static let cases: [Case] = [
    // Composition, repeats and groups
    Case("(a+)(b)?", "xaac", "aa", "aa", nil),
    Case("foo|foobar", "foobar", "foo"),
    Case("(?<n>x)(?P<m_1.[]>y)", "xy", "xy", "x", "y"),
    Case("x{2,3}?", "xxxx", "xx"),
    Case("x{2,}", "xxxx", "xxxx"),
    Case("x{ 2 , 3 }", "xxxx", "xxx"),
    Case("a++b", "aaab", "aaab"),
    Case("(?:a+)+b|c", "aaac", "c"),
    Case("^*a", "a", "a"),
    Case("", "abc", ""),
    Case("a|", "b", ""),
    Case("()", "b", "", ""),
    Case("a{0}b", "ab", "b"),
    Case("]}", "x]}", "]}"),
    // Places
    Case("a$", "a\n"),
    Case("$", "ab", ""),
    Case("^\\d{4}-\\d{2}$", "2020-01", "2020-01"),
    Case("(?m)^b$", "a\nb\nc", "b"),
    Case("(?m)a$", "a\r\n"),
    Case("(?mR)^b$", "a\r\nb\r\n", "b"),
    Case("(?m)^$", "a\n", ""),
    Case("\\Ab", "ab"),
    Case("a\\z", "aa", "a"),
    Case("\\bfoo\\b", "afoo foo.", "foo"),
    Case("\\bé", "aé"),
    Case("\\bé", "–é", "é"),
    Case("o\\B", "o og", "o"),
    Case("\\<f\\w+\\>", "off few", "few"),
    Case("\\b{start}f\\b{end}", "ff f", "f"),
    Case("\\b{start-half}b", "ab -b", "b"),
    Case("a\\b{end-half}", "ab a-", "a"),
    Case("(?-u:\\b)é", "xé", "é"),
    // Classes
    Case("[a-y&&xyz]+", "zzxyz", "xy"),
    Case("[0-9&&[^4]]+", "44123", "123"),
    Case("[0-9--4]+", "44123", "123"),
    Case("[a-g~~b-h]+", "bah", "ah"),
    Case("[x[^xyz]]+", "yzaxb", "axb"),
    Case("[a&&b]", "ab"),
    Case("[\\p{Greek}&&\\pL]+", "abγδ", "γδ"),
    Case("[\\pL--\\p{Greek}&&\\p{Uppercase}]+", "aΓБ", "Б"),
    Case("[\\w&&[^_]]+", "__añb_", "añb"),
    Case("[^a-c&&b]+", "bac", "ac"),
    Case("[[:alpha:]]+", "12ab", "ab"),
    Case("[[:^alpha:]]+", "12ab", "12"),
    Case("[]a]+", "a]", "a]"),
    Case("[^]a]+", "a]b", "b"),
    Case("[a-]+", "x-a", "-a"),
    Case("[--a]+", "-a", "-a"),
    Case("[\\[\\]]+", "x[]", "[]"),
    Case("[\\W\\d]+", "ab–1", "–1"),
    Case("[^\\S ]", "x \t", "\t"),
    Case("[\\s\\S]{3}", "añb", "añb"),
    Case("[\\x{1F600}-\\x{1F64F}]", "a😀", "😀"),
    // Unicode
    Case(".", "😀", "😀"),
    Case("\\w+", "cafe\u{301} x", "cafe\u{301}"),
    Case("\\w+", "–x_1", "x_1"),
    Case("\\d+", "a٣4", "٣4"),
    Case("\\s", "a\u{A0}", "\u{A0}"),
    Case("\\p{sc=Cyrillic}+", "abЖ", "Ж"),
    Case("\\p{gc!=L}+", "ab1", "1"),
    Case("\\p{Lowercase_Letter}", "Aa", "a"),
    Case("\\PL+", "ab1", "1"),
    Case("\\p{ascii}+", "éab", "ab"),
    // Case
    Case("(?i)mimikatz", "MiMiKatz", "MiMiKatz"),
    Case("(?i)É", "é", "é"),
    Case("(?i)straße", "STRASSE"),
    Case("(?i)straße", "STRAẞE", "STRAẞE"),
    Case("(?i)k", "\u{212A}", "\u{212A}"),
    Case("(?i)mask.", "xMA\u{17F}\u{212A}1", "MA\u{17F}\u{212A}1"),
    Case("(?i)\u{212A}", "k", "k"),
    Case("(?i)i", "\u{130}\u{131}"),
    Case("(?i)[a-z&&[^k]]+", "KAB", "AB"),
    Case("(?i)\\p{Lu}", "b", "b"),
    Case("(?i)a(?-i)b", "Ab", "Ab"),
    Case("(?i)a(?-i)b", "AB"),
    Case("((?i)a)b", "Ab", "Ab", "A"),
    Case("((?i)a)b", "AB"),
    Case("a(?i)b|c", "C", "C"),
    Case("(?i-u)k", "\u{212A}"),
    Case("[Mm]imi[Kk]atz", "Mimi\u{212A}atz"),
    // Flags and escapes
    Case("(?s).+", "a\nb", "a\nb"),
    Case(".+", "a\nb", "a"),
    Case("(?R).+", "a\rb", "a"),
    Case("(?U)a+", "aaa", "a"),
    Case("(?U)a+?", "aaa", "aaa"),
    Case("(?x) a b # c\n c [ x ]", "abcx", "abcx"),
    Case("(?x)a\\ b", "a b", "a b"),
    Case("\\x41\\u{42}\\u0043\\U00000044\\101", "ABCDA", "ABCDA"),
    Case("\\a\\f\\t\\n\\r\\v\\0", "\u{7}\u{C}\t\n\r\u{B}\0", "\u{7}\u{C}\t\n\r\u{B}\0"),
    Case("\\.\\*\\/\\-\\#\\%", ".*/-#%", ".*/-#%"),
    // The corpus of hunting queries
    Case("(?i)C\\:\\\\ProgramData\\\\(.*)?", "c:\\programdata\\x", "c:\\programdata\\x", "x"),
    Case("\\s+-((?i)encod?e?d?c|enc|ec)\\s+", "p -EncodedC x", " -EncodedC ", "EncodedC"),
  ]

  @Test(arguments: cases)
  func matches(_ example: Case) throws {
    let pattern = try Pattern(Array(example.pattern.utf8))
    let matcher = try #require(Matcher(pattern))
    let expected = example.groups
    try withBytes(example.text) { text in
      #expect(try matcher.isMatch(text) == !expected.isEmpty)
      guard try matcher.firstMatch(in: text) else {
        #expect(expected.isEmpty)
        return
      }
      let found = (0...pattern.captureCount).map { number in
        matcher.group(number).map { String(decoding: text[$0], as: UTF8.self) }
      }
      #expect(found == expected)
    }
  }

  @Test func namesGroups() throws {
    let pattern = try Pattern(Array("(a)(?<second>b)(?P<Third>c)".utf8))
    #expect(pattern.captureNames == [nil, "second", "Third"])
    #expect(pattern.group(named: "Third") == 3)
    #expect(pattern.group(named: "third") == nil)
  }

  @Test func readsOptions() throws {
    let pattern = try Pattern(Array("a.b".utf8), options: [.ignoresCase, .dotMatchesLineFeed])
    let matcher = try #require(Matcher(pattern))
    #expect(try withBytes("A\nB") { try matcher.isMatch($0) })
  }

  @Test(arguments: [
    ("a*", "baac", ["", "aa", ""]),
    ("", "añ", ["", "", ""]),
    ("\\b", "ab c", ["", "", "", ""]),
    ("l+", "hello world", ["ll", "l"]),
    ("^a", "aaa", ["a"]),
    ("x", "", []),
  ])
  func walksOverMatches(_ pattern: String, _ text: String, _ expected: [String]) throws {
    let matcher = try #require(Matcher(try Pattern(Array(pattern.utf8))))
    var found: [String] = []
    try withBytes(text) { bytes in
      try matcher.forEachMatch(in: bytes) { range in
        found.append(String(decoding: bytes[range], as: UTF8.self))
        return true
      }
    }
    #expect(found == expected)
  }

  @Test(arguments: [
    (#"is (\d+)"#, #"was: \1"#, "Number is 5", "Number was: 5"),
    (#"(\w)(\w)"#, #"\2\1"#, "one two", "noe wto"),
    (#"(\w+)"#, #"[\0]"#, "a b", "[a] [b]"),
    ("x*", "-", "abc", "-a-b-c-"),
    ("a", #"\\1\q\"#, "a", #"\1\q\"#),
    ("(a)|b", #"<\1>"#, "ab", "<a><>"),
    ("a", "$1", "a", "$1"),
  ])
  func replaces(_ pattern: String, _ template: String, _ text: String, _ expected: String) throws {
    let compiled = try Pattern(Array(pattern.utf8))
    let matcher = try #require(Matcher(compiled))
    let replacement = try ReplacementTemplate(Array(template.utf8), for: compiled)
    var output: [UInt8] = []
    _ = try withBytes(text) {
      try matcher.replaceAll(in: $0, with: replacement, appendingTo: &output)
    }
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  @Test func refusesGroupsThatATemplateInvents() throws {
    let pattern = try Pattern(Array("(a)".utf8))
    let error = #expect(throws: PatternError.self) {
      try ReplacementTemplate(Array("ab\\2".utf8), for: pattern)
    }
    #expect(error?.offset == 2)
  }

  @Test func quotesSoThatTextMatchesItself() throws {
    let text = "(so$me.Te^xt) \\ [a-b] {1} #~& x\u{1}é"
    let quoted = withBytes(text) { Pattern.quote($0) }
    let matcher = try #require(Matcher(try Pattern(quoted)))
    #expect(try withBytes(text) { try matcher.isMatch($0) })
    let example = withBytes("(so$me.Te^xt)") { Pattern.quote($0) }
    #expect(String(decoding: example, as: UTF8.self) == #"\(so\$me\.Te\^xt\)"#)
  }

  @Test(arguments: [
    ("Lab*PC", "my lab-2 pc.", true), ("Lab*PC", "slab pc", false), ("a*b", "a\nb", false),
    ("a*", "xa", false), ("*a", "xa", true), ("a.*c", "abc", false), ("*", "", true),
  ])
  func readsWildcards(_ term: String, _ text: String, _ expected: Bool) throws {
    let pattern = try Pattern.wildcard(Array(term.utf8), ignoresCase: true)
    let matcher = try #require(Matcher(pattern))
    #expect(try withBytes(text) { try matcher.isMatch($0) } == expected)
  }
}
