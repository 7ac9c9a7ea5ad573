import Foundation
import HarrierTesting
import Testing

/// Runs every `.kqltest` file below `Tests/Corpus` under every engine configuration.
///
/// With `HARRIER_RECORD=1` in the environment the expected rows are written anew.
struct CorpusTests {
  static let files: [URL] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Corpus")
    let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let all = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "kqltest" }
    return all.sorted { $0.path < $1.path }
  }()

  @Test("there are test files") func hasFiles() { #expect(!Self.files.isEmpty) }

  @Test("cases give what the file says", arguments: files)
  func run(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    let file = try CorpusFile(text)
    #expect(!file.cases.isEmpty)
    if ProcessInfo.processInfo.environment["HARRIER_RECORD"] == "1" {
      let runner = try CorpusRunner(file, CorpusRunner.configurations[3])
      try runner.recorded().joined(separator: "\n").write(
        to: url,
        atomically: true,
        encoding: .utf8
      )
      return
    }
    for configuration in CorpusRunner.configurations {
      let failures = try CorpusRunner(file, configuration).failures()
      for failure in failures {
        Issue.record("\(url.lastPathComponent), \(configuration.name): \(failure)")
      }
    }
  }
}
