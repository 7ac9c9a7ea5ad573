import Testing

@testable import LineEditor

/// Edits and moves of a text.
struct EditBufferTests {
  /// A buffer whose cursor stands at the `|` of a text.
  private static func buffer(_ marked: String, limit: Int = 1_000) -> EditBuffer {
    let bytes = Array(marked.utf8)
    let cursor = bytes.firstIndex(of: UInt8(ascii: "|")) ?? bytes.count
    var buffer = EditBuffer(byteLimit: limit)
    buffer.replaceAll(with: bytes.filter { $0 != UInt8(ascii: "|") })
    buffer.move(to: cursor)
    return buffer
  }

  private static func marked(_ buffer: EditBuffer) -> String {
    var text = buffer.text
    text.insert(UInt8(ascii: "|"), at: buffer.cursor)
    return text.shown
  }

  @Test("places of moves and kills") func places() {
    let buffer = Self.buffer("one two.three |four\nfive")
    #expect(buffer.previousWord == 8)
    #expect(buffer.previousBlank == 4)
    #expect(buffer.nextWord == 18)
    #expect(buffer.line == 0..<18)
    #expect(buffer.killEnd == 18)
    #expect(buffer.killStart == 0)
    #expect(Self.buffer("a|\nb").killEnd == 2)
    #expect(Self.buffer("a\n|b").killStart == 1)
    #expect(Self.buffer("|").killEnd == 0)
  }

  @Test("up and down keep the column in cells over short lines") func columns() {
    var buffer = Self.buffer("漢字漢字\na\nabcdefg|h")
    let isDone1 = buffer.moveUp()
    #expect(isDone1)
    #expect(Self.marked(buffer) == "漢字漢字\na|\nabcdefgh")
    let isDone2 = buffer.moveUp()
    #expect(isDone2)
    #expect(Self.marked(buffer) == "漢字漢|字\na\nabcdefgh")
    let isHigher = buffer.moveUp()
    #expect(!isHigher)
    let isDone3 = buffer.moveDown()
    #expect(isDone3)
    let isDone4 = buffer.moveDown()
    #expect(isDone4)
    #expect(Self.marked(buffer) == "漢字漢字\na\nabcdefg|h")
    let isLower = buffer.moveDown()
    #expect(!isLower)
  }

  @Test("moves by characters with their marks") func units() {
    var buffer = Self.buffer("ae\u{301}漢|")
    buffer.move(to: buffer.previousUnit)
    buffer.move(to: buffer.previousUnit)
    #expect(Self.marked(buffer) == "a|e\u{301}漢")
    buffer.move(to: buffer.nextUnit)
    #expect(Self.marked(buffer) == "ae\u{301}|漢")
  }

  @Test("swaps characters") func transpose() {
    for (before, after) in [("ab|", "ba|"), ("a|bc", "ba|c"), ("漢é|", "é漢|"), ("x\na|b", "x\nba|")]
    {
      var buffer = Self.buffer(before)
      let isDone = buffer.transpose()
      #expect(isDone)
      #expect(Self.marked(buffer) == after)
    }
    for text in ["|ab", "a|", "|", "a\n|b", "a\n|"] {
      var buffer = Self.buffer(text)
      let isDone = buffer.transpose()
      #expect(!isDone)
      #expect(Self.marked(buffer) == text)
    }
  }

  @Test("undo takes back words, kills and loads") func undo() {
    var buffer = EditBuffer(byteLimit: 100)
    for character in ["a", "b", " ", "c", "d"] {
      let isDone5 = buffer.insert(Array(character.utf8), isTyping: true)
      #expect(isDone5)
    }
    #expect(buffer.remove(1..<3) == Array("b ".utf8))
    buffer.replaceAll(with: Array("other".utf8))
    var seen: [String] = []
    while buffer.undo() { seen.append(Self.marked(buffer)) }
    #expect(seen == ["a|cd", "ab cd|", "ab|", "|"])
  }

  @Test("refuses to grow beyond the limit") func limit() {
    var buffer = Self.buffer("abc|", limit: 4)
    let isDone6 = buffer.insert([0x64])
    #expect(isDone6)
    let isLonger = buffer.insert([0x65])
    #expect(!isLonger)
    #expect(Self.marked(buffer) == "abcd|")
    let isOutside = buffer.replace(2..<9, with: [])
    #expect(!isOutside)
  }
}
