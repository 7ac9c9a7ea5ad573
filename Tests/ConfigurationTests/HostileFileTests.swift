import FileAccess
import SourceText
import Testing

@testable import Configuration

/// Files that mean harm: each is refused, quickly, and nothing ends the process.
struct HostileFileTests {
  @Test("aliases of aliases in keys, which would be compared for ever") func laughs() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    text += "? *a40\n: 1\n? [*a40]\n: 2\n"
    #expect(Sample.refusal(Sample.file(text))?.hasPrefix("HR805") == true)
  }

  @Test("aliases whose names are no letters of ASCII") func foreignLaughs() {
    var text = "a0: &é0 [x, x]\n"
    for level in 1...40 { text += "a\(level): &é\(level) [*é\(level - 1), *é\(level - 1)]\n" }
    text += "? *é40\n: 1\n? [*é40]\n: 2\n"
    #expect(Sample.refusal(Sample.file(text))?.hasPrefix("HR805") == true)
  }

  @Test("few aliases", arguments: ["a: &x b\nc: *x", "a: &x {b: c}\n? *x\n: d", "<<: &x {a: b}"])
  func fewAliases(_ text: String) {
    #expect(Sample.refusal(Sample.file(text))?.hasPrefix("HR805") == true)
  }

  @Test("stars in texts and comments are no aliases") func stars() throws {
    let text = "# ****** *all* ******\ntenant: 'a *b'\n"
    #expect(try Sample.settings(Sample.file(text)) == ["tenant=a *b@2"])
  }

  @Test(
    "nesting",
    arguments: ["[", "{a: ", "- ", "? ", "a: [", "[[{b: "]
  ) func nesting(_ part: String) {
    for count in [9, 100, 5000] {
      let text = String(repeating: part, count: count)
      #expect(Sample.refusal(Sample.file(text)) != nil)
    }
    #expect(
      Sample.refusal(
        Sample.file(
          "a: \(String(repeating: "[", count: 50))"
            + String(repeating: "]", count: 50)
        )
      ) == "HR806 1:12"
    )
  }

  @Test("deep TOML") func deepTOML() {
    let dots = Array(repeating: "a", count: 4000).joined(separator: ".")
    for text in [
      "\(dots) = 1", "[\(dots)]\n\(dots) = 1", "a = " + String(repeating: "[", count: 9000),
    ] {
      #expect(Sample.refusal(Sample.file(text, "/harrier.toml")) != nil)
    }
  }

  @Test("bytes that are no text") func invalidText() {
    let source = SourceText(bytes: [0x61, 0x3A, 0x20, 0xFF], name: "/harrier.yaml")
    let file = ConfigurationFile(path: "/harrier.yaml", isPersonal: false, source: source)
    #expect(Sample.refusal(file) == "HR801 1:1")
  }

  @Test("good files with a few bytes changed", arguments: ["yaml", "toml"])
  func mutations(_ language: String) {
    let good =
      language == "yaml"
      ? "store: logs\nquery:\n  format: json\n  load: {T: a.csv}\nlint: {disable: [a, 'b']}\n"
      : "store = 'logs'\n[query]\nformat = \"json\"\nload = {T = 'a'}\n[lint]\ndisable = ['a']\n"
    let seed: UInt64 = 20_261_129
    let randomness = SeededRandomness(seed: seed)
    func next(_ limit: Int) -> Int { Int(randomness.nextUInt64() >> 33) % limit }
    let marks = Array("[]{}:,&*!|>'\"%@`#-?=.\n \u{7F}aT0".utf8)
    var refused = 0
    for _ in 0..<3000 {
      var bytes = Array(good.utf8)
      for _ in 0...next(4) { bytes[next(bytes.count)] = marks[next(marks.count)] }
      let source = SourceText(bytes: bytes, name: "/harrier.\(language)")
      let file = ConfigurationFile(path: source.name, isPersonal: false, source: source)
      if Sample.refusal(file) != nil { refused += 1 }
    }
    #expect((100..<3000).contains(refused), "seed \(seed)")
  }
}
