import SourceText
import Testing

@testable import KQLSyntax

struct LexerTests {
  private func kinds(_ text: String) -> [TokenKind] {
    var lexer = Lexer(SourceText(text))
    lexer.run()
    return lexer.tokens.dropLast().map(\.kind)
  }

  private func codes(_ text: String) -> [String] {
    var lexer = Lexer(SourceText(text))
    lexer.run()
    return lexer.diagnostics.map { "\($0.code)@\($0.span.start)+\($0.span.length)" }
  }

  @Test(
    arguments: [
      ("1", .longLiteral), ("0x1F", .longLiteral), ("1.5", .realLiteral), ("1.", .realLiteral),
      ("1e3", .realLiteral), ("1.5E-3", .realLiteral), ("1d", .timespanLiteral),
      ("1.5h", .timespanLiteral), ("10ms", .timespanLiteral), ("3microseconds", .timespanLiteral),
      ("12ab", .identifier), ("3wk", .identifier), ("0x", .identifier), ("1_000", .identifier),
      ("long(null)", .longLiteral), ("int( 1 )", .intLiteral), ("double(1)", .realLiteral),
      ("decimal(1.5)", .decimalLiteral), ("bool(1)", .boolLiteral), ("true", .boolLiteral),
      ("FALSE", .boolLiteral), ("tRUE", .identifier),
      ("datetime(2024-01-31 12:00)", .datetimeLiteral),
      ("date(2024)", .datetimeLiteral), ("time(1.02:03:04)", .timespanLiteral),
      ("timespan(15 seconds)", .timespanLiteral), ("guid(abc)", .guidLiteral),
      ("01234567-89ab-cdef-0123-456789abcdef", .rawGuidLiteral), ("$left", .identifier),
      ("_x", .identifier), ("große", .identifier), ("名前", .identifier),
      ("project-away", .keyword), ("hint.strategy", .keyword), ("matches regex", .keyword),
      ("!has_cs", .keyword), ("in~", .keyword), ("!in~", .keyword), ("3Dchart", .keyword),
      ("#connect x", .directive), ("..", .dotDot), ("=~", .equalTilde), ("!~", .notTilde),
      ("<>", .lessGreater), ("=>", .fatArrow), ("<|", .lessBar), ("?", .questionMark),
    ] as [(String, TokenKind)]
  )
  func singleTokens(text: String, kind: TokenKind) {
    #expect(kinds(text) == [kind])
    #expect(codes(text).isEmpty)
  }

  @Test(arguments: [
    #""a""#, "'a'", #""a\"b""#, #"'it\'s'"#, #"@"C:\x""#, #"@"say ""x""""#, "@'it''s'",
    "```a\nb```",
    "~~~a\n`b~~~", #"h"x""#, "H'x'", #"h@"x\""#, "h```x```", #""\u00e9\x41\101""#, #""""#,
  ])
  func strings(text: String) {
    #expect(kinds(text) == [.stringLiteral])
    #expect(codes(text).isEmpty)
  }

  @Test(
    arguments: [
      ("1..2", [.longLiteral, .dotDot, .longLiteral]),
      ("1...2", [.realLiteral, .dotDot, .longLiteral]),
      ("a-b", [.identifier, .minus, .identifier]),
      ("project-x", [.keyword, .minus, .identifier]),
      ("project-aways", [.keyword, .minus, .identifier]),
      ("in ~", [.keyword, .unexpected]),
      ("! has", [.exclamationMark, .keyword]),
      ("hint.other", [.identifier, .dot, .identifier]),
      ("matches  regex", [.identifier, .keyword]),
      ("datetime (2024)", [.keyword, .openParenthesis, .longLiteral, .closeParenthesis]),
      ("long", [.keyword]),
      ("a//b\nc", [.identifier, .identifier]),
      ("a\u{A0}b\u{200B}c", [.identifier, .identifier, .identifier]),
    ] as [(String, [TokenKind])]
  )
  func sequences(text: String, expected: [TokenKind]) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    ("'abc", "KS001@0+4"), ("\"abc\nd", "KS001@0+4"), ("```abc", "KS001@0+6"),
    ("datetime(2020", "KS001@8+1"), ("datetime(2020\n)", "KS001@8+1"), (#""a\qb""#, "KS002@2+2"),
    ("a \u{1} b", "KS002@2+1"), ("“a”", "KS002@0+3"), ("a \\ b", "KS002@2+1"),
  ])
  func errors(text: String, expected: String) {
    #expect(codes(text).first == expected)
  }

  @Test func everyKeywordIsFound() {
    for keyword in Keyword.allCases where keyword != .none {
      var lexer = Lexer(SourceText(keyword.rawValue))
      lexer.run()
      #expect(lexer.tokens.first?.keyword == keyword, "\(keyword.rawValue)")
      #expect(lexer.tokens.count == 2, "\(keyword.rawValue)")
    }
  }
}
