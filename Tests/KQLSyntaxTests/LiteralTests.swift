import SourceText
import Testing

@testable import KQLSyntax

struct LiteralTests {
  @Test(arguments: [
    (#""abc""#, "abc"), ("'abc'", "abc"), (#""a\tb\n""#, "a\tb\n"), (#""\\""#, "\\"),
    (#""\"""#, "\""), (#"'\''"#, "'"), (#""\u00e9""#, "é"), (#""\U0001F600""#, "😀"),
    (#""\uD83D\uDE00""#, "😀"), (#""\x41\101\7""#, "AA\u{7}"), (#""\uD83D""#, "\u{FFFD}"),
    (#"@"C:\new""#, "C:\\new"), (#"@"a""b""#, "a\"b"), ("@'a''b'", "a'b"),
    ("```a\n\"b\"```", "a\n\"b\""), ("~~~x~~~", "x"), (#"h"x""#, "x"), (#"H@'\x'"#, "\\x"),
    (#""abc"#, "abc"), ("```a", "a"), (#""\q""#, "\\q"), ("\"\"", ""), ("@\"\"", ""), ("", ""),
    ("``````", ""), ("h", ""), (#""\1234""#, "S4"),
  ])
  func strings(text: String, expected: String) {
    #expect(StringLiteral.decode(text.utf8) == Array(expected.utf8))
  }

  @Test func adjacentStrings() {
    let parts = [Array("\"a\"".utf8), Array("'b'".utf8)]
    #expect(StringLiteral.decode(adjacent: parts) == Array("ab".utf8))
  }

  @Test func bytesThatAreNotUTF8AreKept() {
    #expect(StringLiteral.decode([0x22, 0xFF, 0x80, 0x22]) == [0xFF, 0x80])
  }

  @Test(arguments: [
    ("print x", "x"), ("print ['a b']", "a b"), ("print [\"a\\\"b\"]", "a\"b"), ("print {x}", "x"),
  ])
  func names(text: String, expected: String) throws {
    let tree = SyntaxTree(text)
    let name = try #require(tree.root.child(.statement)?.child(.expression)?.child(.expression))
    #expect(name.kind == .name)
    #expect(SyntaxName.decode(name, in: tree.source) == Array(expected.utf8))
  }

  @Test(arguments: [
    ("long(null)", "null"), ("datetime(2024-01-31 12:00)", "2024-01-31 12:00"), ("1.5h", "1.5h"),
    ("int( 7 )", "7"),
    ("guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "74be27de-1e4e-49d9-b579-fe0b331d3642"),
    ("true", "true"), ("time(1d", "1d"),
  ])
  func contents(text: String, expected: String) {
    #expect(LiteralText.content(Array(text.utf8)) == Array(expected.utf8))
  }
}
