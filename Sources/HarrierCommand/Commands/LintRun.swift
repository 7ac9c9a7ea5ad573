import Columnar
import FileAccess
import Hunting
import Linting
import SourceText

/// Reads, fixes and shows the files of `harrier lint`.
struct LintRun {
  let console: Console
  private let work: FileGuard
  private let linter: Linter
  private let fixer: FixApplication
  private let check: @Sendable (SourceText) -> LintSubject
  private let disk = LocalFileSystem()
  /// The most bytes of a query text.
  private static let limitBytes = 16 << 20

  init(
    engine: HuntingEngine,
    parameters: [String: Scalar],
    rules: [LintRule],
    console: Console
  ) {
    self.console = console
    work = FileGuard(console)
    check = { source in
      let checked = engine.check(source, parameters: parameters)
      return LintSubject(
        tree: checked.tree,
        bound: checked.bound,
        diagnostics: checked.diagnostics
      )
    }
    linter = Linter(rules: rules, facts: KnownTables(schemas: engine.schemas))
    fixer = FixApplication(linter, check: check)
  }

  /// Whether a file could not be read or written.
  var hasFailed: Bool { work.hasFailed }

  /// Reads files, and the query files below folders, in order of their names.
  func read(_ paths: [String]) -> [LintedFile] {
    let search = QueryFile.search(paths, in: disk)
    search.failures.forEach(work.tell)
    return search.files.compactMap { path in
      work.attempt {
        let bytes = try disk.readAll(path, limitBytes: Self.limitBytes)
        return unlinted(path, bytes)
      }
    }
  }

  private func unlinted(_ path: String, _ bytes: [UInt8]) -> LintedFile {
    let name = path == "-" ? "<stdin>" : path
    let source = SourceText(bytes: bytes, name: TerminalText(name).text)
    return LintedFile(path: path == "-" ? "stdin" : path, source: source, findings: [])
  }

  func lint(_ file: LintedFile) -> LintedFile {
    LintedFile(
      path: file.path,
      source: file.source,
      findings: linter.lint(check(file.source))
    )
  }

  /// Applies the fix-its and writes the files that changed.
  func fix(_ files: [LintedFile]) -> [LintedFile] {
    files.map { file in
      let outcome = fixer.fix(file.source)
      tellRefused(outcome)
      guard outcome.source.bytes != file.source.bytes else { return file }
      let isWritten = work.attempt { try disk.write(outcome.source.bytes, to: file.path) } != nil
      return isWritten ? LintedFile(path: file.path, source: outcome.source, findings: []) : file
    }
  }

  /// Shows what fixing would change; 1 where it would.
  func showDifferences(_ files: [LintedFile]) throws -> Int32 {
    let lines = files.flatMap { file in
      let outcome = fixer.fix(file.source)
      tellRefused(outcome)
      let difference = LineDifference(from: file.source, to: outcome.source)
      return difference.unified(path: TerminalText(file.path).text)
    }
    let code = !lines.isEmpty || hasFailed ? ExitCodes.queryError : 0
    return try console.writing(for: code) { try console.showDifferences(lines) }
  }

  private func tellRefused(_ outcome: FixApplication.Outcome) {
    for finding in outcome.refused {
      let code = finding.diagnostic.code
      console.note("\(outcome.source.name): the fix-it of \(code) would make an error; left out")
    }
  }

  /// Draws findings with their lines; a line about all of them goes to standard error.
  func showText(_ files: [LintedFile]) throws {
    var count = 0
    var fixableCount = 0
    for file in files {
      let drawing = DiagnosticDrawing(source: file.source)
      for finding in file.findings {
        count += 1
        if finding.fixIt != nil { fixableCount += 1 }
        try console.write(Array((drawing.draw(finding.diagnostic) + "\n").utf8))
      }
    }
    console.tell(findings: count, files: files.count, fixable: fixableCount)
  }
}

/// What the known schemas say of tables.
struct KnownTables: SchemaFacts {
  let schemas: TableSchemas

  func timeColumns(of table: String) -> [String] {
    guard let schema = schemas.lookup(table), let time = schema.timeColumn else { return [] }
    let others = ["Timestamp", "TimeGenerated"].filter { $0 != time && schema.type(of: $0) != nil }
    return [time] + others
  }

  func successor(of table: String) -> String? { schemas.successor(of: table) }

  func renamedColumn(_ column: String, in table: String) -> String? {
    schemas.renamedColumn(column, in: table)
  }

  func columnNames(of table: String) -> Set<String> {
    Set(schemas.lookup(table)?.columns.map(\.name) ?? [])
  }
}
