import SourceText
import Testing

@testable import KQLSyntax

struct FormatterTests {
  @Test(arguments: texts)
  func layout(text: String, expected: String) {
    let formatted = KQLFormatter.formatted(SyntaxTree(text))
    #expect(formatted == expected + "\n")
    #expect(KQLFormatter.formatted(SyntaxTree(formatted)) == formatted)
  }

  static let texts: [(String, String)] = [
    ("T|take 5", "T\n| take 5"),
    ("print   1+2*-3,a.b [ 0 ]", "print 1 + 2 * -3, a.b[0]"),
    (
      "let  x=1 ;let y = T|where a==1|count;y",
      "let x = 1;\nlet y = T\n    | where a == 1\n    | count;\ny"
    ),
    ("let a = 1;\n\n\n\nprint a", "let a = 1;\n\nprint a"),
    (
      "T | join kind = inner ( U|where x ==1|project y ) on  $left.a==$right.b , c",
      """
      T
      | join kind=inner (
          U
          | where x == 1
          | project y
      ) on $left.a == $right.b, c
      """
    ),
    ("T | where a in(U|project b)", "T\n| where a in (U | project b)"),
    ("T|where a : 'x' and b between(1..2)", "T\n| where a:'x' and b between (1 .. 2)"),
    (
      "let f=(a : long=1,T:(*)){T|where x==a};f(1)",
      "let f = (a:long = 1, T:(*)) { T | where x == a };\nf(1)"
    ),
    (
      "let f = () { let a=1; T|take a };",
      """
      let f = () {
          let a = 1;
          T
          | take a
      };
      """
    ),
    (
      "// head\n\nT // source\n// stage\n| take 5 // end\n// last",
      "// head\n\nT // source\n// stage\n| take 5 // end\n// last"
    ),
    (
      "print f(a, // first\nb)",
      """
      print f(
          a, // first
          b
      )
      """
    ),
    (
      "datatable(a:int,b:string)[1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',2,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',3,'c']",
      """
      datatable(a:int, b:string)[
          1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
          2, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
          3, 'c'
      ]
      """
    ),
    (
      "T | project aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccc, ddddddddddd",
      """
      T
      | project
          aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccc, ddddddddddd
      """
    ),
    (
      "T | where aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa == 1 or bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb == 2",
      """
      T
      | where aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa == 1
          or bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb == 2
      """
    ),
    (
      "T | extend x = case(aaaaaaaaaaaaaaaaaaaaa == 1, 'aaaaaaaaaaaaaaaaaa', bbbbbbbbbbbbbbbbbbbb == 2, 'bbbb', 'c')",
      """
      T
      | extend x = case(
          aaaaaaaaaaaaaaaaaaaaa == 1, 'aaaaaaaaaaaaaaaaaa',
          bbbbbbbbbbbbbbbbbbbb == 2, 'bbbb',
          'c'
      )
      """
    ),
    (
      "T | scan declare(s:long=0) with (step a:x>1=>s=2;step b output=last:true;)",
      """
      T
      | scan declare (s:long = 0) with (
          step a: x > 1 => s = 2;
          step b output=last: true;
      )
      """
    ),
    (
      "T|mv-expand kind=array a to typeof( long ) limit 3",
      "T\n| mv-expand kind=array a to typeof(long) limit 3"
    ),
    (
      "G|graph-match (a) -[e*1 .. 3]-> (b) where a.x==1 project b",
      "G\n| graph-match (a)-[e*1 .. 3]->(b) where a.x == 1 project b"
    ),
    ("print bool (x),f (y)", "print bool (x), f(y)"),
    ("print ```a\n  b```", "print ```a\n  b```"),
    (
      "T|render timechart with(title='x',ycolumns=a,b)",
      "T\n| render timechart with (title='x', ycolumns=a, b)"
    ),
    ("#connect x\nprint 1", "#connect x\nprint 1"),
    ("print 1\r\n// a \r\n", "print 1\n// a"),
  ]

  @Test func textsWithErrorsAreLeftAlone() {
    let text = "T   |  where ( a"
    #expect(KQLFormatter.formatted(SyntaxTree(text)) == text)
  }

  @Test func deepNestingStaysSmall() {
    let deep = String(repeating: "f(", count: 400) + "a" + String(repeating: ")", count: 400)
    let text = "print " + String(repeating: deep + ", ", count: 20) + "1"
    let tree = SyntaxTree(text)
    let formatted = KQLFormatter.format(tree)
    #expect(formatted.count < text.utf8.count * 80)
    #expect(KQLFormatter.format(KQLParser.parse(SourceText(bytes: formatted))) == formatted)
  }

  @Test func longTextsAreFormatted() {
    let text = "T | where " + (0..<20_000).map { "a == \($0)" }.joined(separator: " or ")
    let formatted = KQLFormatter.format(SyntaxTree(text))
    #expect(formatted.count { $0 == UInt8(ascii: "\n") } == 20_001)
  }

  @Test func emptyText() {
    #expect(KQLFormatter.formatted(SyntaxTree("")).isEmpty)
    #expect(KQLFormatter.formatted(SyntaxTree("  // a")) == "// a\n")
  }
}

/// Formats every published query.
@Suite(.enabled(if: Corpus.isPresent, "the corpus beside the repository is absent"))
struct FormatterCorpusTests {
  @Test func keepsTokensAndCommentsAndIsIdempotent() {
    for query in Corpus.everything {
      let tree = SyntaxTree(query.query)
      let once = KQLFormatter.format(tree)
      let again = KQLParser.parse(SourceText(bytes: once))
      #expect(
        KQLFormatter.tokens(of: tree.source) == KQLFormatter.tokens(of: again.source),
        "\(query.id)"
      )
      #expect(comments(of: tree) == comments(of: again), "\(query.id)")
      #expect(KQLFormatter.format(again) == once, "\(query.id)")
    }
  }

  @Test func changesWhatItCan() {
    let right = Corpus.everything.filter { !SyntaxTree($0.query).diagnostics.hasErrors }
    let unchanged = right.count { KQLFormatter.formatted(SyntaxTree($0.query)) == $0.query }
    #expect(unchanged * 50 < right.count, "\(unchanged) texts came back as they were")
  }

  private func comments(of tree: SyntaxTree) -> [[UInt8]] {
    var comments: [[UInt8]] = []
    tree.root.forEachToken { token in
      comments += LeadingComments(token, tree.source).comments.map { Array($0.text) }
    }
    return comments
  }
}
