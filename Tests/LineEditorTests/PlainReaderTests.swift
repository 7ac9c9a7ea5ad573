import Glibc
import Testing

@testable import LineEditor

/// Entries of files and pipes.
struct PlainReaderTests {
  private static func events(
    _ text: String,
    chunk: Int = 3,
    blankLinesEnd: Bool = false
  ) throws -> [EditorEvent] {
    var rest = Array(text.utf8)[...]
    var reader = PlainReader(
      blankLinesEnd: blankLinesEnd,
      isComplete: Samples.options().isComplete,
      source: { () throws(EditorFailure) in
        defer { rest = rest.dropFirst(chunk) }
        return Array(rest.prefix(chunk))
      }
    )
    var events: [EditorEvent] = []
    while events.count < 100 {
      let event = try reader.readEntry()
      events.append(event)
      if event == .endOfInput { break }
    }
    return events
  }

  private static func entry(_ text: String) -> EditorEvent { .entry(Array(text.utf8)) }

  @Test("a semicolon at the end of a line ends an entry, and so does the end of the input")
  func semicolons() throws {
    for chunk in [1, 2, 3, 100] {
      let events = try Self.events("\nT;\r\na; b\n\n| c;\n \n\nlast\n\n", chunk: chunk)
      #expect(
        events == [
          Self.entry("T;"), Self.entry("a; b\n\n| c;"), Self.entry("last"), .endOfInput,
        ]
      )
    }
  }

  @Test("blank lines end an entry where they are told to") func blankLines() throws {
    let events = try Self.events("a\nb\n\n\nc\n", blankLinesEnd: true)
    #expect(events == [Self.entry("a\nb"), Self.entry("c"), .endOfInput])
  }

  @Test("reads a descriptor, showing a prompt before each read") func descriptor() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    let bytes = Array("a;\nb".utf8)
    #expect(write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    #expect(!LineEditor.isSupported(input: ends[0], output: ends[0]))
    var reads = 0
    var reader = PlainReader(
      isComplete: Samples.options().isComplete,
      source: PlainReader.source(descriptor: ends[0]) { reads += 1 }
    )
    #expect(try reader.readEntry() == Self.entry("a;"))
    #expect(reads == 1)
    #expect(try reader.readEntry() == Self.entry("b"))
    #expect(try reader.readEntry() == .endOfInput)
    close(ends[0])
  }

  @Test("nothing gives the end") func empty() throws {
    #expect(try Self.events("") == [.endOfInput])
    #expect(try Self.events("\n \r\n\t\n") == [.endOfInput])
  }

  @Test("an entry beyond the limit is refused") func limit() {
    var reader = PlainReader(limitBytes: 10, isComplete: { _ in false }) {
      () throws(EditorFailure) in Array("abcdefg\n".utf8)
    }
    #expect(throws: EditorFailure.entryTooLong(limitBytes: 10)) { try reader.readEntry() }
  }

  @Test("lines that cannot end an entry are not asked about") func mayEnd() throws {
    var rest = Array("a\nb\nc;\n".utf8)
    var asked = 0
    var reader = PlainReader(
      mayEnd: { $0.contains(UInt8(ascii: ";")) },
      isComplete: { _ in
        asked += 1
        return true
      },
      source: { () throws(EditorFailure) in
        defer { rest = [] }
        return rest
      }
    )
    #expect(try reader.readEntry() == Self.entry("a\nb\nc;"))
    #expect(asked == 1)
  }
}
