import Testing

@testable import LineEditor

/// Characters, their cells and what is shown for them.
struct TextUnitTests {
  @Test(
    "characters take the cells of a terminal",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("ｗ", 2), ("각", 2), ("🚀", 2), ("❤\u{FE0F}", 1),
      ("\t", TextUnit.tabCells), ("ﾊ", 1), ("\u{1F1E9}", 1),
    ]
  )
  func cells(text: String, cells: Int) {
    let unit = TextUnit(in: Array(text.utf8), at: 0)
    #expect(unit.length == text.utf8.count)
    #expect(unit.cells == cells)
  }

  @Test(
    "what could harm is shown as an escape",
    arguments: [
      ("\u{1B}", "\\u{1B}"), ("\u{202E}", "\\u{202E}"), ("\u{2069}", "\\u{2069}"),
      ("\u{200E}", "\\u{200E}"), ("\u{61C}", "\\u{61C}"), ("\u{9B}", "\\u{9B}"),
      ("\u{0}", "\\u{0}"),
      ("\u{7F}", "\\u{7F}"), ("\u{2028}", "\\u{2028}"), ("\u{E0041}", "\\u{E0041}"),
      ("\u{301}", "\\u{301}"), ("\u{3164}", "\\u{3164}"), ("\u{10FFFF}", "\\u{10FFFF}"),
    ]
  )
  func escapes(text: String, shown: String) {
    let unit = TextUnit(in: Array(text.utf8), at: 0)
    guard case .escaped(let escape) = unit.display else {
      Issue.record("\(shown) is not escaped")
      return
    }
    #expect(escape.bytes.shown == shown)
    #expect(unit.cells == shown.utf8.count)
    #expect(unit.length == text.utf8.count)
  }

  @Test("bytes of no character are shown one by one")
  func invalidBytes() {
    for bytes: [UInt8] in [
      [0x80], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] {
      let unit = TextUnit(in: bytes, at: 0)
      #expect(unit.length == 1)
      guard case .escaped(let shown) = unit.display else {
        Issue.record("\(bytes) is not escaped")
        continue
      }
      #expect(shown.bytes.starts(with: "\\x".utf8))
      #expect(shown.cells == shown.bytes.count)
    }
  }

  @Test("only so many marks sit upon a character") func marks() {
    let text = Array(("e" + String(repeating: "\u{301}", count: 20)).utf8)
    #expect(TextUnit(in: text, at: 0).length == 17)
  }

  @Test("going back reaches the starts that going forward passes") func backwards() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...30, using: &random))
        .flatMap { _ in Samples.pieces.randomElement(using: &random) ?? [] }
      var starts: [Int] = []
      var offset = 0
      while offset < text.count {
        starts.append(offset)
        offset += TextUnit(in: text, at: offset).length
      }
      #expect(offset == text.count)
      for start in starts.reversed() {
        #expect(TextUnit.start(before: offset, in: text) == start, "\(text)")
        offset = start
      }
    }
  }
}
