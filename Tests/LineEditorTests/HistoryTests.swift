import Testing

@testable import LineEditor

/// The history and its file.
struct HistoryTests {
  @Test("hostile entries come back from the file as they were") func roundTrip() {
    var random = SeededGenerator(seed: 11)
    var history = History()
    history.add(Array("T\n| where a == \"\\n\\\\\"\n\n| take 1;".utf8))
    history.add(Samples.hostile)
    for _ in 0..<500 {
      let length = Int.random(in: 1...40, using: &random)
      history.add((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
      history.add((0..<length).map { _ in [0x5C, 0x6E, 0x0A].randomElement(using: &random) ?? 0 })
    }
    #expect(History(decoding: history.encode()) == history)
    #expect(history.encode().filter { $0 == 0x0A }.count == history.entries.count)
  }

  @Test("appending the last entries gives the whole file") func appending() {
    var history = History()
    var file: [UInt8] = []
    for text in ["a\nb", "a\nb", " ", "c\\", "d\n\n"] where history.add(Array(text.utf8)) {
      file += history.encodeLast()
    }
    #expect(file.shown == "a\\nb\nc\\\\\nd\n")
    #expect(file == history.encode())
    #expect(History().encodeLast().isEmpty)
  }

  @Test("any bytes are a history") func tolerance() {
    let history = History(decoding: Array("\n\na\\\nb\\tc\n\n\u{0}\n  \nb\\n".utf8) + [0xFF])
    #expect(history.entries.map(\.shown) == ["a\\", "b\\tc", "\u{0}", "b\n\u{FFFD}"])
  }

  @Test("the oldest entries go beyond the limits") func limits() {
    var history = History(entryLimit: 3, byteLimit: 10)
    for text in ["aa", "bb", "cc", "dd"] { history.add(Array(text.utf8)) }
    #expect(history.entries.map(\.shown) == ["bb", "cc", "dd"])
    history.add(Array("12345678".utf8))
    #expect(history.entries.map(\.shown) == ["dd", "12345678"])
    let isAdded = history.add(Array("12345678901".utf8))
    #expect(!isAdded)
    let decoded = History(decoding: Array("a\nb\nc\nd\n".utf8), entryLimit: 2)
    #expect(decoded.entries.map(\.shown) == ["c", "d"])
  }
}
