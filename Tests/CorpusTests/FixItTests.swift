import Execution
import Foundation
import HarrierTesting
import SourceText
import Testing

/// Applies every fix-it that a text of the test files brings about.
struct FixItTests {
  @Test("a fix-it takes its diagnostic away", arguments: CorpusTests.files)
  func mends(_ url: URL) throws {
    let file = try CorpusFile(String(contentsOf: url, encoding: .utf8))
    let runner = try CorpusRunner(file, CorpusRunner.configurations[3])
    for test in file.cases {
      for text in [test.query] + Self.damaged(test.query) {
        for complaint in Self.complaints(of: text, runner) {
          Issue.record("\(url.lastPathComponent), line \(test.line): \(complaint)")
        }
      }
    }
  }

  @Test("the test files bring fix-its about") func areThere() throws {
    let kinds = try CorpusTests.files.reduce(into: Set<String>()) { kinds, url in
      let file = try CorpusFile(String(contentsOf: url, encoding: .utf8))
      let runner = try CorpusRunner(file, CorpusRunner.configurations[3])
      for test in file.cases {
        for text in [test.query] + Self.damaged(test.query) {
          kinds.formUnion(runner.diagnostics(of: text).filter { !$0.fixIts.isEmpty }.map(\.code))
        }
      }
    }
    let wanted: Set = ["KS001", "KS002", "KS005", "KS006", "KS124", "KS142", "KS160", "KS176"]
    #expect(kinds.isSuperset(of: wanted), "found \(kinds.sorted())")
  }

  /// What is wrong with the fix-its of a text.
  private static func complaints(of text: String, _ runner: CorpusRunner) -> [String] {
    runner.diagnostics(of: text).flatMap { finding in
      finding.fixIts.compactMap { fixIt -> String? in
        var bytes = Array(text.utf8)
        guard fixIt.span.start <= fixIt.span.end, fixIt.span.end <= bytes.count else {
          return "'\(fixIt.message)' of \(finding.code) reaches beyond \(text)"
        }
        bytes.replaceSubrange(fixIt.span.start..<fixIt.span.end, with: fixIt.replacement.utf8)
        let mended = String(decoding: bytes, as: UTF8.self)
        let left = runner.diagnostics(of: mended)
        guard left.contains(where: { isSame($0, finding) }) else { return nil }
        return "'\(fixIt.message)' leaves \(finding.code) '\(finding.message)' in \(mended)"
      }
    }
  }

  private static func isSame(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    left.code == right.code && left.message == right.message
      && left.span.start == right.span.start
  }

  /// The text with one word misspelt or one mark left out, a few times over.
  private static func damaged(_ text: String) -> [String] {
    let characters = Array(text)
    var texts: [String] = []
    for index in characters.indices.dropFirst() {
      let (before, here) = (characters[index - 1], characters[index])
      if before.isLetter, here.isLetter, before != here {
        var swapped = characters
        swapped.swapAt(index - 1, index)
        texts.append(String(swapped))
      } else if "|,;'\"\\(".contains(here) {
        var cut = characters
        cut.remove(at: index)
        texts.append(String(cut))
      }
    }
    let stride = max(1, texts.count / mutantsOfText)
    return texts.indices.filter { $0 % stride == 0 }.map { texts[$0] }
  }

  /// About how many damaged forms of a text are looked at.
  private static let mutantsOfText = 12
}
