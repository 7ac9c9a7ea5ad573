import Columnar
import Execution
import FileAccess
import Hunting
import QueryPlan
import SourceText

/// Shows the rows of an answer.
struct ReplAnswer {
  private let session: ReplSession

  init(_ session: ReplSession) { self.session = session }

  func write(_ answer: HuntingAnswer) throws {
    var notes: [String] = []
    if let output = session.output {
      let file = FileOutput(output.file)
      try write(answer, to: file, &notes)
      try file.flush()
    } else {
      try ReplPager(session).show { output in
        notes = []
        try write(answer, to: output, &notes)
      }
    }
    for note in notes { session.console.note(note) }
  }

  private func write(
    _ answer: HuntingAnswer,
    to output: any ByteOutput,
    _ notes: inout [String]
  ) throws {
    for (index, table) in answer.tables.enumerated() {
      if index > 0, session.format == nil || session.format == .table { try output.write("\n") }
      if try draw(table, to: output, &notes) { continue }
      try write(table.result, to: output, &notes)
    }
  }

  /// Draws what the query asks for, where rows go to a terminal.
  private func draw(
    _ table: AnswerTable,
    to output: any ByteOutput,
    _ notes: inout [String]
  ) throws -> Bool {
    guard let render = table.render, session.output == nil, session.format == nil,
      Terminal.isTerminal(.output)
    else { return false }
    let width = Terminal.width(.output) ?? 80
    guard let lines = try ChartDrawing(width: width).lines(table.result, render) else {
      if render.visualization != "table" {
        let kind = TerminalText(render.visualization).text
        notes.append("note: \(kind) cannot be drawn of these rows; here they are")
      }
      return false
    }
    try output.write(lines.map { $0 + "\n" }.joined())
    return true
  }

  private func write(
    _ result: QueryResult,
    to output: any ByteOutput,
    _ notes: inout [String]
  ) throws {
    let isShown = session.output == nil
    let limit = isShown && session.isInteractive ? session.rowLimit : nil
    let shown = limit.map { result.prefix($0) } ?? result
    try form(of: shown, isTerminal: isShown && Terminal.isTerminal(.output))
      .write(shown, to: output)
    if shown.rowCount < result.rowCount {
      notes.append(
        "note: \(result.rowCount - shown.rowCount) more rows are not shown; .limit off shows all, "
          + ".output FILE writes them into a file"
      )
    }
  }

  /// How rows are written: cut to the width of a terminal, but whole in a pager.
  private func form(of rows: QueryResult, isTerminal: Bool) -> RowsForm {
    let isPaged =
      isTerminal
      && ReplPager(session).isNeeded(for: rows.rowCount, columns: rows.schema.columns.count)
    return RowsForm(
      format: session.format ?? (isTerminal ? .table : .ndjson),
      width: isTerminal && !isPaged ? Terminal.width(.output) : nil,
      isTerminal: isTerminal
    )
  }
}

/// Collects what is written to a file into larger pieces.
private final class FileOutput: ByteOutput {
  private static let pieceBytes = 1 << 16
  private let file: any DurableFile
  private var waiting: [UInt8] = []

  init(_ file: any DurableFile) { self.file = file }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    waiting.append(contentsOf: bytes)
    if waiting.count >= Self.pieceBytes { try flush() }
  }

  func flush() throws(FileFailure) {
    let piece = waiting
    waiting = []
    if !piece.isEmpty { try file.write(piece) }
  }
}

/// Rows and time of an answer, in a line.
struct ReplTimer {
  let text: String

  init(_ answer: HuntingAnswer, _ analysis: QueryAnalysis, seconds: Double) {
    let rows = answer.tables.reduce(0) { $0 + $1.result.rowCount }
    let (scanned, bytes) = Self.scanned(analysis.roots)
    var parts = ["\(rows) \(rows == 1 ? "row" : "rows")", Self.time(seconds)]
    if scanned > 0 { parts.append("\(Self.grouped(scanned)) rows scanned") }
    if bytes >= 100_000 { parts.append("\(Self.tenths(Double(bytes) / 1e6)) MB decoded") }
    text = parts.joined(separator: ", ")
  }

  /// Rows that scans looked at, and bytes of them that were decoded; of a table in memory all rows
  /// that the scan gave.
  private static func scanned(_ nodes: [OperatorMeasure]) -> (rows: Int, bytes: Int) {
    nodes.reduce((0, 0)) { sum, node in
      let below = scanned(node.inputs)
      let isTable = node.title.hasPrefix("scan ")
      let rows = node.scan?.rows ?? (isTable ? node.rows : 0)
      return (sum.0 + below.rows + rows, sum.1 + below.bytes + (node.scan?.decodedBytes ?? 0))
    }
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 1 ? "\(tenths(seconds * 1000)) ms" : "\(tenths(seconds)) s"
  }

  private static func tenths(_ value: Double) -> String { String((value * 10).rounded() / 10) }

  private static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }
}
