import ArgumentParser
import DetectionRules
import FileAccess
import RuleChecking
import SourceText
import StructuredText

/// `harrier rules fmt`: writes rule files in one way.
struct RulesFormatCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Write rule files in one way: the same keys in the same order, one layout.",
    discussion: """
      Writes to standard output; --write changes the files, --check names those \
      that would change and exits with 1. Comments of YAML are no part of the \
      rule and would be lost, so that files with comments are left alone unless \
      --drop-comments is said. Comments inside of the query are kept.

        harrier rules fmt rules/ --check
        harrier rules fmt rules/beaconing.yaml --write
      """
  )

  @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
  var paths: [String]

  @Flag(help: "Name the files that are not formatted; exit with 1 where there are some.")
  var check = false

  @Flag(help: "Change the files.")
  var write = false

  @Flag(help: "Format files with comments too, which are lost.")
  var dropComments = false

  func validate() throws {
    if check, write { throw ValidationError("--check changes nothing, --write does; say one.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let files = RuleFiles(console)
    var changeCount = 0
    let documents = files.read(paths)
    for document in documents {
      guard let text = formatted(document, files) else { continue }
      let bytes = Array(text.utf8)
      if !check, !write {
        try console.write(
          Terminal.isTerminal(.output) ? Array(TerminalLines.safe(text).utf8) : bytes
        )
        continue
      }
      if bytes == document.source.bytes { continue }
      changeCount += 1
      if check {
        try console.write(Array("\(TerminalText(document.path).text)\n".utf8))
      } else {
        _ = files.write(bytes, to: document.path)
      }
    }
    if check || write {
      let what = check ? "not formatted" : "changed"
      console.note("\(changeCount) of \(documents.count) files \(what)")
    }
    return files.hasFailed || check && changeCount > 0 ? ExitCodes.queryError : 0
  }

  /// The text of a file; nil, and a note, where it is left alone.
  private func formatted(_ document: RuleDocument, _ files: RuleFiles) -> String? {
    guard let read = document.file.document else {
      let problem = document.file.problems.first
      files.fail(document.path, problem?.message ?? "it could not be read")
      return nil
    }
    guard dropComments || CommentSearch.firstComment(of: read) == nil else {
      let name = TerminalText(document.path).text
      let line = CommentSearch.firstComment(of: read) ?? 0
      files.console.note(
        "note: \(name):\(line): left alone, as it has comments; --drop-comments formats it without"
      )
      return nil
    }
    return document.file.text(as: document.format)
  }
}
