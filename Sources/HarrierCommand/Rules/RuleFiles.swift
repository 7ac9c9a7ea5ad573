import FileAccess
import RuleChecking
import SourceText
import StructuredText

/// Reads and writes rule files; tells of failures and goes on.
final class RuleFiles {
  let console: Console
  /// Whether a file could not be read or written.
  private(set) var hasFailed = false
  private let disk = LocalFileSystem()

  init(_ console: Console) { self.console = console }

  /// Reads files, and the rule files below folders, in order of their names.
  func read(_ paths: [String]) -> [RuleDocument] {
    let search = FileSearch(paths, endings: RuleDocument.endings, in: disk)
    search.failures.forEach(tell)
    return search.files.compactMap { path in
      guarding {
        let bytes = try disk.readAll(path, limitBytes: TextDocument.sizeLimit)
        return RuleDocument(path: path, bytes: bytes, format: RuleDocument.format(of: path))
      }
    }
  }

  /// Writes a file; false where it could not be.
  func write(_ bytes: [UInt8], to path: String) -> Bool {
    guarding { try disk.write(bytes, to: path) } != nil
  }

  /// Says what is wrong with a file, which fails the command.
  func fail(_ path: String, _ message: String) {
    hasFailed = true
    console.note("error: \(TerminalText(path).text): \(TerminalText(message).text)")
  }

  private func guarding<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch {
      tell(error)
      return nil
    }
  }

  private func tell(_ failure: any Error) {
    hasFailed = true
    console.note("error: \(TerminalText("\(failure)").text)")
  }
}
