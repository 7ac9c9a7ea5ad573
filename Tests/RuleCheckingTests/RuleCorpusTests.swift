import FileAccess
import Findings
import RuleChecking
import SourceText
import Testing

/// The public rule files, where they lie beside the project.
struct RuleCorpusTests {
  private static let folders = ["sentinel-rules", "custom-detections"]
    .map { "../shared/corpus/\($0)" }

  private static var isPresent: Bool { (try? LocalFileSystem().status(of: folders[0])) != nil }

  private static func documents() throws -> [RuleDocument] {
    let disk = LocalFileSystem()
    let search = FileSearch(folders, endings: RuleDocument.endings, in: disk)
    return try search.allFiles().map { path in
      let bytes = try disk.readAll(path, limitBytes: 8 << 20)
      return RuleDocument(path: path, bytes: bytes, format: RuleDocument.format(of: path))
    }
  }

  @Test(
    "findings in the public rules",
    .enabled(if: isPresent, "the corpus is not beside the project")
  )
  func findings() throws {
    let documents = try Self.documents()
    #expect(documents.count == 89)
    let findings = Checking.checker.check(documents).flatMap(\.findings)
    var counts: [String: Int] = [:]
    for finding in findings {
      counts["\(finding.code) \(finding.severity.rawValue)", default: 0] += 1
    }
    let told = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    #expect(told == Self.expected)
    for finding in findings { #expect(finding.region != nil, "\(finding.line)") }
  }

  /// Each was looked at; no error among them is one that the products would not make: HD302 are
  /// columns that the tables of the queries do not have, HD0nn a query for hunting that is no rule.
  private static let expected = [
    "HD003 error 3", "HD006 error 1", "HD102 warning 3", "HD106 hint 12", "HD108 hint 29",
    "HD302 error 12", "HD304 hint 34", "HD422 warning 2", "HD423 hint 7", "HD506 hint 29",
    "HD507 warning 6",
  ]
}
