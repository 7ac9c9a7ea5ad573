import FoundationEssentials
import SourceText
import Testing

@testable import KQLSyntax

/// Holds the tables of `SyntaxKind` against the trees that the parser makes.
struct TreeContractTests {
  /// Roles that may stand in a node of any kind.
  static let everywhere: Set<SyntaxRole> = [
    .keyword, .open, .close, .separator, .equals, .colon, .dot, .bar, .skipped,
  ]

  /// The roles that the tables name for each kind.
  static let tables: [String: Set<SyntaxRole>] = {
    let file = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/KQLSyntax/Tree/SyntaxKind.swift")
    guard let data = try? Data(contentsOf: file) else { return [:] }
    var tables: [String: Set<SyntaxRole>] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard line.hasPrefix("/// | "), cells.count >= 4 else { continue }
      let roles = Set(words(cells[2...].joined(separator: " ")).compactMap { rolesByName[$0] })
      for kind in words(cells[1]) { tables[kind] = roles }
    }
    tables["graphShortestPathsOperator"] = tables["graphMatchOperator"]
    return tables
  }()

  private static let rolesByName = Dictionary(
    uniqueKeysWithValues: SyntaxRole.allCases.map { ("\($0)", $0) }
  )

  private static func words(_ text: String) -> [String] {
    text.split { !$0.isLetter }.map(String.init)
  }

  @Test func everyKindIsInATable() {
    let literals: Set<SyntaxKind> = [
      .longLiteral, .intLiteral, .realLiteral, .decimalLiteral, .boolLiteral, .datetimeLiteral,
      .timespanLiteral, .guidLiteral,
    ]
    for kind in SyntaxKind.allCases where !literals.contains(kind) {
      #expect(Self.tables["\(kind)"] != nil, "\(kind)")
    }
  }

  @Test(.enabled(if: Corpus.isPresent, "the corpus beside the repository is absent"))
  func publishedQueriesKeepTheTables() {
    for query in Corpus.everything { check(query.query) }
  }

  @Test func treesOfTestsKeepTheTables() {
    let texts = OperatorTreeTests.trees + ExpressionTreeTests.trees + StatementTreeTests.trees
    for (text, _) in texts { check(text) }
  }

  @Test func everyKindIsMadeBySomeTest() {
    var seen: Set<SyntaxKind> = []
    let texts = OperatorTreeTests.trees + ExpressionTreeTests.trees + StatementTreeTests.trees
    for text in texts.map(\.0) + ["T | foo", "T | where", "print f(a @@ c), decimal(1), guid(a)"] {
      SyntaxTree(text).root.forEachNode {
        seen.insert($0.kind)
        return true
      }
    }
    #expect(Set(SyntaxKind.allCases).subtracting(seen) == [])
  }

  private func check(_ text: String) {
    SyntaxTree(text).root.forEachNode { node in
      guard let roles = Self.tables["\(node.kind)"] else { return true }
      let used = Set(node.children.map(\.role)).subtracting(Self.everywhere)
      #expect(used.isSubset(of: roles), "\(node.kind): \(used.subtracting(roles)) in \(text)")
      return true
    }
  }
}
