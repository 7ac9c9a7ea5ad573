import FileAccess
import StructuredText
import Testing

/// Documents say the same after they were written, and are written alike ever after.
struct RoundTripTests {
  @Test(
    "YAML keeps keys, order, texts and styles",
    arguments: [
      "a: 1\nb: 0x10\nc: 1.50\nd: true\ne: no\nf:\ng: ~\nh: ''\ni: \"\"\n",
      "query: |\n  T\n  | where a == 'b' // c   \n\n  | take 5\n",
      "query: |+\n  T\n\n\nnext: |-\n  x\n    y\n",
      "query: |2\n    indented first\n  then less\n",
      "list:\n- a\n- - b\n  - c\n- d: e\n  f: [g, 'h', {i: j}]\n- {}\n- []\n",
      "folded: >\n  one\n  two\n\n  three\nquoted: \"tab\\t bell\\a ü \\u202E\"\n",
      "'odd: key': 1\n\"#x\": 2\n- 1: 3\n",
      "plain: a - b: no\n",
      "anchor: &a {x: 1}\nuse: *a\n",
      "version: 1.0.0\nid: 0123\ntime: 2026-01-01T00:00:00Z\n",
    ]
  )
  func yaml(text: String) throws {
    guard let document = try? TextDocument(Array(text.utf8), format: .yaml) else {
      // Refused texts are cases of `FailureTests`.
      return
    }
    try holds(document.root)
  }

  @Test("JSON keeps keys, order, numbers and escapes") func json() throws {
    let text = #"{"b": [1, -2.50e+3, true, null, {}], "a": "\ud83d\ude00\n\"\/\u202e", "c": ""}"#
    let document = try TextDocument(Array(text.utf8), format: .json)
    #expect(document.root["a"]?.text == "😀\n\"/\u{202E}")
    #expect(document.root.members.map(\.key) == ["b", "a", "c"])
    #expect(document.root["b"]?.items?[1].text == "-2.50e+3")
    try holds(document.root)
    let once = JSONDocumentWriter.text(document.root)
    let again = try TextDocument(Array(once.utf8), format: .json)
    #expect(again.root == document.root)
    #expect(JSONDocumentWriter.text(again.root) == once)
    let line = JSONDocumentWriter.line(document.root)
    #expect(!line.contains("\n"))
    #expect(try TextDocument(Array(line.utf8), format: .json).root == document.root)
  }

  @Test("any text survives in any place", arguments: 0..<400) func randomTexts(seed: UInt64) throws
  {
    let randomness = SeededRandomness(seed: seed)
    let pieces = [
      " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", " #", "#", "-", "- ", "'", "\"", "\\", "a",
      "true", "12", "|", ">", "%", "@", "{", "]", "&a", "*a", "!", "?", "\u{202E}", "ü", "\u{85}",
      "\u{2028}", "\0", "😀", "---", "...", "~", "\u{7F}",
    ]
    var text = ""
    for _ in 0..<(1 + seed % 9) {
      text += pieces[Int(randomness.nextUInt64() >> 33) % pieces.count]
    }
    let node = DocumentNode(
      .mapping([
        DocumentMember(key: text, value: .text(text)),
        DocumentMember(
          key: "list",
          value: DocumentNode(
            .sequence([
              .text(text),
              DocumentNode(.sequence([.text(text)])),
              DocumentNode(.mapping([DocumentMember(key: "k", value: .text(text))])),
            ])
          )
        ),
      ])
    )
    for format in TextDocument.Format.allCases {
      let written = format == .yaml ? YAMLWriter.text(node) : JSONDocumentWriter.text(node)
      let read = try TextDocument(Array(written.utf8), format: format).root
      #expect(read.members[0].key.unicodeScalars.elementsEqual(text.unicodeScalars), "\(written)")
      let list = try #require(read["list"]?.items)
      for copy in [read.members[0].value, list[0], list[1].items?[0], list[2]["k"]] {
        let found = try #require(copy?.scalar)
        #expect(found.text.unicodeScalars.elementsEqual(text.unicodeScalars), "\(written)")
      }
    }
  }

  private func holds(_ root: DocumentNode) throws {
    let once = YAMLWriter.text(root)
    let again = try TextDocument(Array(once.utf8), format: .yaml)
    #expect(Self.plainly(again.root) == Self.plainly(root), "\(once)")
    #expect(YAMLWriter.text(again.root) == once)
  }

  /// A node without the styles of its texts; what is plain stays so, for it may be no text.
  private static func plainly(_ node: DocumentNode) -> String {
    switch node.content {
    case .scalar(let scalar):
      let isText = scalar.style != .plain || node.boolean == nil && node.integer == nil
      return (isText ? "text " : "plain ") + scalar.text.debugDescription
    case .sequence(let items): return "[" + items.map(plainly).joined(separator: ",") + "]"
    case .mapping(let members):
      return "{" + members.map { $0.key + ":" + plainly($0.value) }.joined(separator: ",") + "}"
    }
  }
}
