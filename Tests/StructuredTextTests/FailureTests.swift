import StructuredText
import Testing

/// What is no document is refused with its place, and what was made to hurt does not.
struct FailureTests {
  @Test(
    "YAML that is refused",
    arguments: [
      ("", "empty"), ("a: 1\na: 2\n", "twice"), ("1: a\n\"1\": b\n", "twice"),
      ("? [a]\n: 1\n", "no text"), ("a: [1\n", "no YAML"),
      ("a: 1\n---\nb: 2\n", "several documents"), ("a: *x\n", ""), ("\u{0}", ""),
    ]
  )
  func yaml(text: String, part: String) {
    let failure = #expect(throws: DocumentFailure.self) {
      try TextDocument(Array(text.utf8), format: .yaml)
    }
    #expect(failure?.message.contains(part) == true, "\(failure?.message ?? "")")
  }

  @Test(
    "JSON that is refused",
    arguments: [
      ("", "empty"), ("{\"a\": 1, \"a\": 2}", "twice"), ("[1,]", "value is expected"),
      ("{\"a\" 1}", "':'"), ("[01]", "no value"), ("[\"\u{1}\"]", "control"),
      ("[\"\\ud800\"]", "half"),
      ("[1] 2", "more text"), ("[\"a", "no end"), ("[nul]", "no value"), ("[\"\\u12", "no end"),
      ("[\"\\u+123\"]", "hexadecimal"), ("{a: 1}", "quotes"), ("[1", "']'"),
    ]
  )
  func json(text: String, part: String) {
    let failure = #expect(throws: DocumentFailure.self) {
      try TextDocument(Array(text.utf8), format: .json)
    }
    #expect(failure?.message.contains(part) == true, "\(failure?.message ?? "")")
  }

  @Test("a failure has its place") func places() {
    let yaml = #expect(throws: DocumentFailure.self) {
      try TextDocument(Array("a: 1\nb: [2\nc: 3\n".utf8), format: .yaml)
    }
    #expect(yaml?.place?.line == 3)
    let json = #expect(throws: DocumentFailure.self) {
      try TextDocument(Array("{\n  \"ü\": x\n}".utf8), format: .json)
    }
    #expect(json?.place == DocumentPlace(line: 2, column: 8))
  }

  @Test("bombs end soon") func bombs() {
    var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let names = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      laughs += "a\(level): &a\(level) [\(names)]\n"
    }
    let deep = String(repeating: "[", count: 100_000)
    let steps = (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    let dashes = String(repeating: "- ", count: 50_000)
    for text in [laughs, deep, steps, dashes, "x: " + deep] {
      #expect(throws: DocumentFailure.self) {
        try TextDocument(Array(text.utf8), format: .yaml)
      }
    }
    #expect(throws: DocumentFailure.self) { try TextDocument(Array(deep.utf8), format: .json) }
    #expect(throws: DocumentFailure.self) { try TextDocument([0xFF, 0xFE], format: .yaml) }
  }

  @Test("columns and lines of values") func valuePlaces() throws {
    let text = "ä: 1\nlist:\n  - x\n  - k: |\n      T\n"
    let root = try TextDocument(Array(text.utf8), format: .yaml).root
    #expect(root.members[0].value.place == DocumentPlace(line: 1, column: 4))
    let item = try #require(root["list"]?.items?[1])
    #expect(item.members[0].keyPlace == DocumentPlace(line: 4, column: 5))
    #expect(item["k"]?.place == DocumentPlace(line: 4, column: 8))
  }
}
