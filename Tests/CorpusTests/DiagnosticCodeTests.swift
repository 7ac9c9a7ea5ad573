import Foundation
import Testing

/// Holds every code of a diagnostic to a test that brings it about.
struct DiagnosticCodeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Codes of factories that nothing calls.
  private static let uncalled: Set<String> = ["KS104", "KS109", "KS118", "KS202", "KS232"]
  /// Codes of limits, which texts of a size that suits a test file do not reach.
  private static let limits: Set<String> = ["HR201"]

  @Test("each code of parser and binder occurs in a test") func codes() throws {
    let made =
      try Self.codes(below: "Sources/KQLSyntax").union(Self.codes(below: "Sources/KQLBinding"))
    let tested = try ["Corpus", "KQLSyntaxTests", "KQLBindingTests"].reduce(into: Set<String>()) {
      $0.formUnion(try Self.codes(below: "Tests/\($1)"))
    }
    #expect(made.count > 40)
    #expect(made.subtracting(tested).isSubset(of: Self.uncalled.union(Self.limits)))
  }

  private static func codes(below folder: String) throws -> Set<String> {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    let files = (found?.compactMap { $0 as? URL } ?? []).filter {
      ["swift", "kqltest"].contains($0.pathExtension)
    }
    let pattern = try Regex("\\b(KS|HR)[0-9]{3}\\b")
    return try files.reduce(into: []) { codes, file in
      let text = try String(contentsOf: file, encoding: .utf8)
      codes.formUnion(text.matches(of: pattern).map { String(text[$0.range]) })
    }
  }
}
