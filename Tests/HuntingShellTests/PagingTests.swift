import FileAccess
import HarrierTesting
import Testing

@testable import HuntingShell

/// What fits the screen is shown there, what does not goes to a pager.
@Suite("Paging") struct PagingTests {
  private let room = PagedOutput.Room(lines: 3, columns: 10)

  init() { Terminal.ignoreBrokenPipes() }

  /// What came out on the terminal, and what a pager that keeps its input read.
  private func shown(_ pieces: [String]) throws -> (plain: String, paged: String?) {
    let folder = try TemporaryFolder()
    let plain = MemoryOutput()
    let paging = Paging("cat > '\(folder.path)/read'", room: room, plain: plain)
    #expect(try paging.show { output in for piece in pieces { try output.write(piece) } })
    let read = try? LocalFileSystem().readAll(folder.path + "/read", limitBytes: 1 << 20)
    return (plain.text, read.map { String(decoding: $0, as: UTF8.self) })
  }

  @Test(
    "What fits is shown without a pager",
    arguments: [
      "", "a\nb\nc\n", "a\nb\nc\nd", "1234567890\n", "ääääääääää\n",
      "\u{1B}[31m1234567890\u{1B}[0m\n",
    ]
  )
  func fitting(_ text: String) throws {
    let (plain, paged) = try shown([text])
    #expect(plain == text)
    #expect(paged == nil)
  }

  @Test(
    "What is too long or too wide goes to the pager as a whole",
    arguments: [
      ["a\nb\nc\nd\n"], ["a\nb\n", "c\n", "d\ne"], ["12345678901"], ["12345", "678901\n"],
      ["a\n", "字字字字字字\n"], [String(repeating: "e\u{301}", count: 9) + "and more"],
      [String(repeating: "\u{301}", count: 1000)],
    ]
  )
  func paged(_ pieces: [String]) throws {
    let (plain, paged) = try shown(pieces)
    #expect(plain.isEmpty)
    #expect(paged == pieces.joined())
  }

  @Test("A pager that is left ends the writing quietly") func leaving() throws {
    let plain = MemoryOutput()
    var pieces = 0
    let isShown = try Paging("exit 1", room: room, plain: plain).show { output in
      for _ in 0..<100_000 {
        try output.write("a line of some bytes that fills the pipe\n")
        pieces += 1
      }
    }
    #expect(isShown)
    #expect(pieces < 100_000)
    #expect(plain.bytes.isEmpty)
  }

  @Test("Without the pager all is shown once", arguments: ["no-such-pager -x", "/dev/null"])
  func missing(_ command: String) throws {
    let plain = MemoryOutput()
    let text = String(repeating: "a line\n", count: 50_000)
    let isShown = try Paging(command, room: room, plain: plain).show { try $0.write(text) }
    #expect(!isShown)
    #expect(plain.text == text)
  }

  @Test("Other failures come through, after the pager has ended") func failing() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try Paging("cat > /dev/null", room: room, plain: MemoryOutput()).show { output in
        try output.write("a\nb\nc\nd\n")
        throw Failure()
      }
    }
  }

  @Test(
    "The environment names the pager",
    arguments: [
      ([:], "less -RSX"), (["PAGER": "more"], "more"),
      (["PAGER": "more", "HARRIER_PAGER": "less -i"], "less -i"),
      (["PAGER": "more", "HARRIER_PAGER": " "], nil), (["PAGER": ""], nil),
      (["PAGER": "cat"], nil),
    ] as [([String: String], String?)]
  )
  func environment(_ variables: [String: String], _ command: String?) {
    #expect(PagerSetting("on")?.command { variables[$0] } == command)
    #expect(PagerSetting("off")?.command { variables[$0] } == nil)
    #expect(PagerSetting("less -N | x")?.command { variables[$0] } == "less -N | x")
    #expect(PagerSetting("") == nil)
  }

  @Test("Options of the user's own are left alone") func options() {
    #expect(PagerSetting.variables { _ in nil } == ["LESS": "RSX"])
    #expect(PagerSetting.variables { _ in "i" }.isEmpty)
  }
}
