import DetectionRules
import Foundation
import StructuredText
import Testing

/// The public rule files, where they lie beside the project.
struct RuleCorpusTests {
  static let files: [URL] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/corpus")
    return ["sentinel-rules", "custom-detections"].flatMap { folder in
      let path = root.appendingPathComponent(folder)
      let found = try? FileManager.default.contentsOfDirectory(
        at: path,
        includingPropertiesForKeys: nil
      )
      return (found ?? []).filter { ["yaml", "yml"].contains($0.pathExtension) }
        .sorted { $0.path < $1.path }
    }
  }()

  @Test(
    "every file loads and is written without loss",
    .enabled(if: !files.isEmpty, "the corpus is not beside the project")
  )
  func roundTrip() throws {
    #expect(Self.files.count == 89)
    for url in Self.files {
      let bytes = [UInt8](try Data(contentsOf: url))
      let file = RuleFile(bytes, format: .yaml)
      #expect(file.rules.count == 1, "\(url.lastPathComponent)")
      // It is a query for hunting, which says nothing of a schedule or severity.
      if url.lastPathComponent == "SetPolicyConfigInCloudAppEvents.yaml" {
        #expect(file.problems.map(\.code).sorted() == ["HD003", "HD003", "HD003", "HD006"])
      }
      for problem in file.problems
      where url.lastPathComponent != "SetPolicyConfigInCloudAppEvents.yaml" {
        let place = problem.place
        Issue.record("\(url.lastPathComponent):\(place.line):\(place.column) \(problem.message)")
      }
      for format in TextDocument.Format.allCases {
        let once = try #require(file.text(as: format))
        let again = RuleFile(Array(once.utf8), format: format)
        #expect(again.text(as: format) == once, "\(url.lastPathComponent)")
        #expect(Self.shape(again) == Self.shape(file), "\(url.lastPathComponent)")
        #expect(again.rules.first?.query.text == file.rules.first?.query.text)
      }
    }
  }

  @Test(
    "places of queries are places of the file",
    .enabled(if: !files.isEmpty, "the corpus is not beside the project")
  )
  func queryPlaces() throws {
    for url in Self.files {
      let text = try String(contentsOf: url, encoding: .utf8)
      let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      let query = try #require(RuleFile(Array(text.utf8), format: .yaml).rules.first?.query)
      for (number, line) in query.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated() where !line.isEmpty
      {
        let place = query.place(line: number + 1, column: 1)
        let written = lines[place.line - 1].dropFirst(place.column - 1)
        #expect(written.starts(with: line.unicodeScalars), "\(url.lastPathComponent) \(number)")
      }
    }
  }

  /// Keys in order with their texts.
  private static func shape(_ file: RuleFile) -> String {
    func shape(_ node: DocumentNode) -> String {
      switch node.content {
      case .scalar(let scalar): node.isNull ? "null" : scalar.text.debugDescription
      case .sequence(let items): "[" + items.map(shape).joined(separator: ",") + "]"
      case .mapping(let members):
        "{" + members.map { $0.key + ":" + shape($0.value) }.joined(separator: ",") + "}"
      }
    }
    return file.document.map { shape($0.root) } ?? ""
  }
}
