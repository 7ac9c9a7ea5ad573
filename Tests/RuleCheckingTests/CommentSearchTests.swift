import RuleChecking
import StructuredText
import Testing

struct CommentSearchTests {
  static let cases: [(String, Int?)] = [
    ("a: 1\nb: 2\n", nil),
    ("# top\na: 1\n", 1),
    ("a: 1 # end\n", 1),
    ("a: 'x # y'\nb: \"z # \\\" # w\"\n", nil),
    ("a: x#y\n", nil),
    ("a: |\n  text # no comment\n  # nor this\n\n  more\nb: 1\n", nil),
    ("a: |\n  text\n# here\nb: 1\n", 3),
    ("a:\n  - |\n    x # no\n  - y # yes\n", 4),
    ("a: 'first\n  # still text'\nb: 1\n", nil),
    ("a: it's # yes\n", 1),
  ]

  @Test("comments outside of scalars", arguments: cases)
  func comments(_ text: String, _ line: Int?) throws {
    let document = try TextDocument(Array(text.utf8), format: .yaml)
    #expect(CommentSearch.firstComment(of: document) == line, "\(text)")
  }
}
