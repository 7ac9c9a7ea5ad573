import FileAccess
import Findings
import Linting
import RuleChecking
import SourceText

/// Applies the changes that checks offer, and shows what they would change.
struct RuleCheckRun {
  let checker: RuleChecker
  let files: RuleFiles
  /// More rounds than changes depend on each other.
  private static let roundLimit = 20

  /// Applies changes and writes the files that changed.
  func fix(_ documents: [RuleDocument]) -> [RuleDocument] {
    zip(documents, fixed(documents)).map { old, new in
      guard old.source.bytes != new.source.bytes else { return old }
      return files.write(new.source.bytes, to: old.path) ? new : old
    }
  }

  /// Shows what fixing would change; 1 where it would.
  func showDifferences(_ documents: [RuleDocument]) throws -> Int32 {
    let lines = zip(documents, fixed(documents)).flatMap { old, new in
      LineDifference(from: old.source, to: new.source)
        .unified(path: TerminalText(old.path).text)
    }
    let code = !lines.isEmpty || files.hasFailed ? ExitCodes.queryError : 0
    return try files.console.writing(for: code) { try files.console.showDifferences(lines) }
  }

  /// The documents after all changes; one that would add an error is left out.
  private func fixed(_ documents: [RuleDocument]) -> [RuleDocument] {
    var current = documents
    var checked = checker.check(current)
    var refused: Set<Int> = []
    for _ in 0..<Self.roundLimit {
      var next = current.indices.map { index in
        refused.contains(index)
          ? current[index] : changed(current[index], checked[index].findings)
      }
      if zip(current, next).allSatisfy({ $0.source.bytes == $1.source.bytes }) { break }
      let after = checker.check(next)
      refused.formUnion(
        current.indices.filter { Self.errors(after[$0]) > Self.errors(checked[$0]) }
      )
      for index in refused { next[index] = current[index] }
      checked = current.indices.map { refused.contains($0) ? checked[$0] : after[$0] }
      current = next
    }
    return current
  }

  private func changed(_ document: RuleDocument, _ findings: [Finding]) -> RuleDocument {
    var end = -1
    var chosen: [FixIt] = []
    let offered = findings.filter(\.isFixable).compactMap(\.fixes.first)
      .sorted { $0.region.span.start < $1.region.span.start }
    for fix in offered where fix.region.span.start > end {
      chosen.append(fix.fixIt)
      end = fix.region.span.end
    }
    if chosen.isEmpty { return document }
    let bytes = document.source.applying(chosen).bytes
    return RuleDocument(path: document.path, bytes: bytes, format: document.format)
  }

  private static func errors(_ file: CheckedFile) -> Int {
    file.findings.count { $0.severity == .error }
  }
}
