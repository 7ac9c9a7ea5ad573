import SourceText
import Testing

@testable import KQLSyntax

/// Parses texts that are made to break parsers: deep, long, and not text at all.
struct HostileTextTests {
  static let unit = 1 << 17

  static let nests: [String] = [
    "(", "print (", "[", "{", "f(", "print dynamic([", "print dynamic({\"a\":", "let f=(){",
    "T | fork (", "T | mv-apply a on (", "union (union ", "print iff(a,", "(a,", "([", "print -",
    "T | where a in (", "macro-expand e as b (", "print dynamic(", "declare pattern p=(){(\"a\")={",
  ]

  @Test(arguments: nests)
  func deepNestingIsReported(piece: String) {
    let text = String(repeating: piece, count: Self.unit / piece.utf8.count)
    let tree = SyntaxTree(text)
    #expect(tree.diagnostics.hasErrors)
    #expect(tree.rebuilt == tree.source.bytes)
  }

  @Test(arguments: [
    "|", ";", ",", "\"", "'", "`", "~", "#", "!", "@", "$", ".", "=", "-", ")", "]", "\u{0}",
    "a ", "a:", "T | foo ", "let ", "| ", "\"\\q", "project-", "datetime(", "0x", "h'", "..",
  ])
  func repeatedPieces(piece: String) {
    let text = String(repeating: piece, count: Self.unit / piece.utf8.count)
    let tree = SyntaxTree(text)
    #expect(tree.rebuilt == tree.source.bytes)
    #expect(tree.diagnostics.count <= 600)
  }

  @Test func bytesThatAreNoText() {
    for byte in UInt8.min...UInt8.max {
      let bytes = [UInt8]("print 1 ".utf8) + [UInt8](repeating: byte, count: 50)
      #expect(KQLParser.parse(SourceText(bytes: bytes)).rebuilt == bytes)
    }
    let tree = KQLParser.parse(SourceText(bytes: [0xFF, 0xFE, 0x80, 0xE2, 0x82]))
    #expect(tree.codes.first == "KS002@0")
  }

  @Test func emptyText() {
    let tree = SyntaxTree("")
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.dump() == "(queryBlock)")
  }

  @Test func depthCapCountsBrackets() {
    let cap = Parser.depthCap
    let fits = String(repeating: "(", count: cap - 2) + "1" + String(repeating: ")", count: cap - 2)
    #expect(SyntaxTree("print " + fits).diagnostics.isEmpty)
    let deep = String(repeating: "(", count: cap * 2) + "1" + String(repeating: ")", count: cap * 2)
    #expect(SyntaxTree("print " + deep).diagnostics.map(\.code) == ["HR001"])
  }

  @Test(arguments: [" or ", " and ", " + ", " * "])
  func longChainsAreFlat(joiner: String) throws {
    let text = "print " + (0..<100_000).map { "a\($0 % 7)" }.joined(separator: joiner)
    let tree = SyntaxTree(text)
    #expect(tree.diagnostics.isEmpty)
    let chain = try #require(
      tree.root.child(.statement)?.child(.expression)?.child(.expression)
    )
    #expect(chain.children(.operand).count == 100_000)
    #expect(chain.tokens(.operator).count == 99_999)
  }

  @Test(arguments: [
    ("union T0", ", T", ""), ("T | where a in (1", ", 1", ")"), ("print a", ".a", ""),
    ("print a", "[0]", ""), ("T", " | take 1", ""), ("print strcat(a", ", a", ")"),
    ("print 1", "; print 1", ""), ("print 'a'", " 'a'", ""),
  ])
  func longListsAreFlat(start: String, piece: String, end: String) {
    let tree = SyntaxTree(start + String(repeating: piece, count: 50_000) + end)
    #expect(tree.diagnostics.isEmpty)
  }
}
