import Columnar
import FileAccess
import Hunting
import Testing

/// Forms for programs lose what a terminal would obey, and keep their lines.
@Suite("Rows for a terminal") struct TerminalOutputTests {
  private func shown(_ pieces: [String], keepsTabs: Bool = false) throws -> String {
    let memory = MemoryOutput()
    let output = TerminalOutput(memory, keepsTabs: keepsTabs)
    for piece in pieces {
      try Array(piece.utf8).withUnsafeBufferPointer { try output.write($0) }
    }
    try output.finish()
    return memory.text
  }

  @Test("Control bytes become signs, line ends stay") func signs() throws {
    #expect(try shown(["a,b\n\u{1B}[2J,\u{202E}x\n"]) == "a,b\n␛[2J,<U+202E>x\n")
    #expect(try shown(["a\tb", "c\r\nlast"]) == "a→bc␍\nlast")
    #expect(try shown(["a\tb\u{7}\n"], keepsTabs: true) == "a\tb␇\n")
  }

  @Test("Signs that come in pieces stay whole") func pieces() throws {
    let memory = MemoryOutput()
    let output = TerminalOutput(memory)
    for byte in Array("ä\u{85}\n€".utf8) {
      try [byte].withUnsafeBufferPointer { try output.write($0) }
    }
    try output.finish()
    #expect(memory.text == "ä\u{FFFD}\n€")
  }
}
