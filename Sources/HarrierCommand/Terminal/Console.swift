import Columnar
import Execution
import FileAccess
import Hunting
import SourceText

/// Standard output and standard error: data to one, everything for people to the other.
struct Console {
  let output: any ByteOutput
  let notes: any ByteOutput

  init(
    output: any ByteOutput = DescriptorOutput.standardOutput(),
    notes: any ByteOutput = DescriptorOutput.standardError()
  ) {
    self.output = output
    self.notes = notes
  }

  /// Writes data; a reader that went away ends the command quietly.
  func write(_ bytes: [UInt8]) throws { try output.write(bytes) }

  /// Writes a document as it is, which whoever made it has made safe.
  func write(text: String) throws {
    try output.write(text)
    try output.flush()
  }

  /// Writes rows; without a format as a table where a person looks, else as NDJSON.
  func write(_ rows: QueryResult, as format: ResultFormat?) throws {
    let isTerminal = Terminal.isTerminal(.output)
    try RowsForm(
      format: format ?? Self.standardFormat,
      width: isTerminal ? Terminal.width(.output) : nil,
      isTerminal: isTerminal
    ).write(rows, to: output)
    try output.flush()
  }

  /// Writes what is shown of things, in the form that goes with the format.
  func write(_ rows: ListedRows, as format: ResultFormat?) throws {
    try write(rows.rows(for: format ?? Self.standardFormat), as: format)
  }

  /// A table where a person looks, else NDJSON.
  static var standardFormat: ResultFormat {
    Terminal.isTerminal(.output) ? .table : .ndjson
  }

  /// Whether a list has room for columns that few people need.
  func hasRoom(_ format: ResultFormat?) -> Bool {
    guard (format ?? Self.standardFormat) == .table, Terminal.isTerminal(.output) else {
      return true
    }
    return Terminal.width(.output).map { $0 >= Self.wide } ?? true
  }

  /// From how many columns a terminal is wide.
  private static let wide = 180

  /// Writes a line for people.
  func note(_ line: String) {
    // A closed standard error must not end the command.
    try? notes.write(line + "\n")
    try? notes.flush()
  }

  /// A line for progress, where a person looks at standard error.
  func makeProgressLine() -> ProgressLine? {
    guard Terminal.isTerminal(.error) else { return nil }
    return ProgressLine(clock: SystemClock(), width: Terminal.width(.error) ?? 80) { text in
      // Workers show progress too, so each line has an output of its own.
      let notes = DescriptorOutput.standardError()
      try? notes.write(text)
      try? notes.flush()
    }
  }

  /// Writes what led to an exit code, which stands also where the reader has gone away.
  func writing(for code: Int32, _ body: () throws -> Void) throws -> Int32 {
    do {
      try body()
      try output.flush()
    } catch let failure as FileFailure where failure.isClosedOutput {
      // There is nobody left to tell.
    }
    return code
  }

  /// Draws diagnostics with the lines that they are about.
  func show(_ diagnostics: [Diagnostic], of source: SourceText) {
    let drawing = DiagnosticDrawing(source: source)
    for diagnostic in diagnostics { note(drawing.draw(diagnostic)) }
  }

  /// Tells of a failure; with a place in the text where it is known.
  func show(_ failure: QueryFailure, of source: SourceText?) {
    guard let source, failure.range != nil else {
      return note("error: \(TerminalText(failure.message).text)")
    }
    show([failure.diagnostic], of: source)
  }
}

/// How rows are written to where they go.
struct RowsForm {
  let format: ResultFormat
  /// Cells of a line of a table; nil for no limit.
  let width: Int?
  /// Whether a person's terminal is there, which data must not reach as they are.
  let isTerminal: Bool

  func write(_ rows: QueryResult, to output: any ByteOutput) throws {
    let writer = ResultWriter(format: format, width: width)
    guard isTerminal, format != .table else {
      return try writer.write(rows) { try output.write(UnsafeRawBufferPointer($0)) }
    }
    let safe = TerminalOutput(output, keepsTabs: format == .tsv)
    try writer.write(rows) { try safe.write($0) }
    try safe.finish()
  }
}

/// The exit codes of every command.
enum ExitCodes {
  static let queryError: Int32 = 1
  static let usage: Int32 = 2
  static let limit: Int32 = 3

  /// The code for a failure at run time.
  static func code(_ kind: QueryFailure.Kind) -> Int32 {
    switch kind {
    case .memory, .timeout, .rows, .steps, .cancelled: limit
    case .evaluation, .unsupported, .input: queryError
    }
  }
}
