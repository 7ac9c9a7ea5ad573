import Columnar
import KQLFunctions
import Testing

@Suite struct PatternFunctionTests {
  @Test func matches() throws {
    let match = try FunctionRunner("MatchRegex")
    let texts = Vector.texts(["cmd /c whoami", "CMD", "", "powershell -enc abc"])
    let pattern = Vector(constant: #"-enc\s+\w+"#, count: 4)
    #expect(
      try match([texts, pattern], count: 4).scalars
        == Vector.bools([false, false, false, true]).scalars
    )
    let patterns = Vector.texts(["^cmd", "(?i)cmd", "^$", "\\d"])
    #expect(
      try match([texts, patterns], count: 4).scalars
        == Vector.bools([true, true, true, false]).scalars
    )
  }

  @Test func badPatternsAreErrors() throws {
    let match = try FunctionRunner("MatchRegex")
    #expect(throws: QueryFailure.self) { try match("a", "(") }
    #expect(throws: QueryFailure.self) {
      try FunctionRunner("replace_regex")("a", "a", #"\1"#)
    }
  }

  @Test(arguments: [
    ("2020-12-31T10", #"(\d+)-(\d+)"#, 2, "12"), ("no match", #"(\d+)"#, 1, ""),
    ("42", #"\d+"#, 0, "42"), ("42", #"\d+"#, 5, ""), ("key:val", #"key:.?(\w+)"#, 1, "al"),
  ])
  func extraction(text: String, pattern: String, group: Int64, expected: String) throws {
    let result = try FunctionRunner("extract")(
      Scalar(stringLiteral: pattern),
      .long(group),
      Scalar(stringLiteral: text)
    )
    #expect(result == Scalar(stringLiteral: expected))
  }

  @Test func allExtractions() throws {
    let extract = try FunctionRunner("extract_all")
    #expect(try extract(#"(\d+)"#, "123, 567 and 789") == .array(["123", "567", "789"]))
    #expect(try extract(#"\d"#, "1 2") == .array(["1", "2"]))
    #expect(try extract(#"(\d)"#, "none") == .null(.dynamic))
    #expect(
      try extract(#"([a-z])(\d)?"#, "a1b") == .array([.array(["a", "1"]), .array(["b", ""])])
    )
    #expect(
      try extract(#"(?P<first>\w)(\w)"#, .array([2, "first"]), "abcd")
        == .array([.array(["b", "a"]), .array(["d", "c"])])
    )
  }

  @Test(arguments: [
    ("trim", "xxaxx", "xax"), ("trim_start", "xxa", "xa"), ("trim_end", "xx", "x"),
    ("trim", "x", ""), ("trim", "", ""), ("trim", "abc", "abc"),
  ])
  func trimming(name: String, text: String, expected: String) throws {
    #expect(
      try FunctionRunner(name)("x", Scalar(stringLiteral: text)) == Scalar(stringLiteral: expected)
    )
  }

  @Test func replacement() throws {
    let replace = try FunctionRunner("replace_regex")
    #expect(try replace("one two three", #"(\w)(\w)"#, #"\2\1"#) == "noe wto htere")
    #expect(try replace("a-b", #"(\w+)"#, #"[\1]"#) == "[a]-[b]")
    #expect(try FunctionRunner("replace")("(?i)ABC", "#", "abcABCabc") == "###")
  }

  @Test func positionsAndCounts() throws {
    let position = try FunctionRunner("indexof_regex")
    #expect(try position("abcabc", "a.c", 1) == 3)
    #expect(try position("abcabc", "a.c", 0, 2) == -1)
    #expect(try position("ababaa", "a.a", 0, -1, 2) == -1)
    #expect(try position("é1", #"\d"#) == 1)
    let count = try FunctionRunner("countof")
    #expect(try count("hello world", "l+", "regex") == 2)
    #expect(try count("aaaa", "aa", "normal") == 3)
    #expect(try FunctionRunner("regex_quote")("a.b*") == #"a\.b\*"#)
    let index = try FunctionRunner("has_any_index")
    #expect(try index("this is an example", .array(["not", "IS"])) == 1)
    #expect(try index("this", .array(["thi"])) == -1)
  }
}
