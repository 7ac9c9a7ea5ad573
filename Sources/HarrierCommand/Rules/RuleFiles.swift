import Detections
import FileAccess
import RuleChecking
import StructuredText

/// Reads and writes rule files; tells of failures and goes on.
struct RuleFiles {
  let console: Console
  private let work: FileGuard
  private let disk = LocalFileSystem()

  init(_ console: Console) {
    self.console = console
    work = FileGuard(console)
  }

  /// Whether a file could not be read or written.
  var hasFailed: Bool { work.hasFailed }

  /// Reads files, and the rule files below folders, in order of their names; the tests that lie
  /// beside rules are passed over.
  func read(_ paths: [String]) -> [RuleDocument] {
    let search = FileSearch(paths, endings: RuleDocument.endings, in: disk)
    search.failures.forEach(work.tell)
    return search.files.filter { !RuleTestFile.isTestFile($0) }
      .compactMap { path in work.attempt { try document(path) } }
  }

  /// Reads one file.
  func document(_ path: String) throws -> RuleDocument {
    let bytes = try disk.readAll(path, limitBytes: TextDocument.sizeLimit)
    return RuleDocument(path: path, bytes: bytes, format: RuleDocument.format(of: path))
  }

  /// Writes a file; false where it could not be.
  func write(_ bytes: [UInt8], to path: String) -> Bool {
    work.attempt { try disk.write(bytes, to: path) } != nil
  }

  /// Says what is wrong with a file, which fails the command.
  func fail(_ path: String, _ message: String) { work.fail("\(path): \(message)") }
}
