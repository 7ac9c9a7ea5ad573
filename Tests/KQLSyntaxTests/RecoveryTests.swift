import SourceText
import Testing

@testable import KQLSyntax

/// Holds which findings a broken text has, and that what comes after the error is still read.
struct RecoveryTests {
  @Test(
    arguments: [
      ("T | where", ["KS006@9"]),
      ("T | where a == | take 1", ["KS006@15"]),
      ("T | extend a = , b = 2 | take 1", ["KS006@15"]),
      ("T | foo x | take 1", ["KS176@4"]),
      ("T | | take 1", ["KS176@4"]),
      ("| take 1", ["KS006@0"]),
      ("T | where a b | take 1", ["KS198@12"]),
      ("T | where a == b == c | take 1", ["KS198@17"]),
      ("T | where f(a b) | take 1", ["KS005@13"]),
      ("T | where (a == 1 | take 1", ["KS005@26"]),
      ("T | where a == 1) | take 1", ["KS198@16"]),
      ("T | where title == 1", ["KS228@10"]),
      ("T | project a, , b", ["KS006@15"]),
      ("T | project a,", ["KS006@14"]),
      ("T where a == 1 | take 1", ["KS005@2"]),
      ("T | where a || b | take 1", ["KS198@12"]),
      ("T | where a && b | take 1", ["KS002@12"]),
      ("T | where a is null", ["KS198@12"]),
      ("let a = 1\nlet b = 2; print a", ["KS005@9"]),
      ("let a = ; print a", ["KS006@8"]),
      ("where a == 1", ["KS174@0"]),
      ("T | where a in (1, extend 5) | take 1", ["KS174@19"]),
      ("T | take 1 | print 2", ["KS175@13"]),
      ("let = 1; print a", ["KS006@4"]),
      ("print dynamic([1, 2 3])", ["KS005@19"]),
      ("print dynamic({a: 1})", ["KS006@15"]),
      ("print (01234567-89ab-cdef-0123-456789abcdef)", ["KS214@7"]),
      ("datatable(a: lonng)[1]", ["KS160@13"]),
      ("datatable(a)[1]", ["KS005@11"]),
      ("range x from 1 to 2", ["KS005@19"]),
      ("T | order a", ["KS005@10"]),
      ("T | top 5", ["KS005@9"]),
      ("T | join kind=inner on a", ["KS198@23"]),
      ("T | lookup U", ["KS005@12"]),
      ("T | mv-apply a (take 1)", ["KS005@20"]),
      ("T | render", ["KS005@10"]),
      (".show tables | take 1", ["HR002@0"]),
      ("print 1 #x", ["KS198@8"]),
      ("T | where a == 'x", ["KS001@15"]),
      ("T | where a\u{7F}== 1", ["KS002@11"]),
    ] as [(String, [String])]
  )
  func findings(text: String, expected: [String]) {
    let tree = SyntaxTree(text)
    #expect(Array(tree.codes.prefix(expected.count)) == expected)
    #expect(tree.rebuilt == tree.source.bytes)
  }

  @Test(arguments: [
    "T | where a == | take 1", "T | foo x | take 1", "T | where a b | take 1",
    "T | where f(a b) | take 1", "T | extend a = , b = 2 | take 1", "T | order a | take 1",
    "T | where a == b == c | take 1", "T | evaluate | take 1", "T | parse a | take 1",
  ])
  func laterStagesAreRead(text: String) throws {
    let pipeline = try #require(
      SyntaxTree(text).root.child(.statement)?.child(.expression)
    )
    #expect(pipeline.children(.stage).last?.kind == .takeOperator)
  }

  @Test func laterStatementsAreRead() {
    let tree = SyntaxTree("let a = f(1 2; let b = [; print a")
    let kinds = tree.root.children(.statement).map(\.kind)
    #expect(kinds == [.letStatement, .letStatement, .queryStatement])
  }

  @Test(arguments: [
    ("T | were a == 1", "T | where a == 1"),
    ("T | sumarize count()", "T | summarize count()"),
    ("T | where title == 1", "T | where ['title'] == 1"),
    ("datatable(a: lonng)[1]", "datatable(a: long)[1]"),
    (
      "print dynamic([01234567-89ab-cdef-0123-456789abcdef])",
      "print dynamic([guid(01234567-89ab-cdef-0123-456789abcdef)])"
    ),
    ("let a = 1\nlet b = 2; print a", "let a = 1;\nlet b = 2; print a"),
    (#"print "a\qb""#, #"print "a\\qb""#),
    ("print 'abc", "print 'abc'"),
    ("T | where a && b", "T | where a and b"),
    ("T | where a || b", "T | where a or b"),
    ("T | where a AND b", "T | where a and b"),
    ("print f(1 2)", "print f(1, 2)"),
    ("T where a", "T | where a"),
    ("T | where a \u{2013} 1 > 2", "T | where a - 1 > 2"),
    ("print 1\u{1}", "print 1"),
  ])
  func fixIts(text: String, expected: String) throws {
    let finding = try #require(SyntaxTree(text).diagnostics.first)
    let fixIt = try #require(finding.fixIts.first)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(fixIt.span.start..<fixIt.span.end, with: fixIt.replacement.utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    #expect(KQLParser.parse(SourceText(bytes: bytes)).diagnostics.isEmpty)
  }

  @Test func missingPartsKeepTheShape() throws {
    let tree = SyntaxTree("T | join on a")
    let join = try #require(
      tree.root.child(.statement)?.child(.expression)?.children(.stage).first
    )
    #expect(join.child(.source)?.kind == .missingExpression || join.child(.source)?.kind == .name)
    #expect(tree.diagnostics.hasErrors)
  }
}
