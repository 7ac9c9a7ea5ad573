import Columnar
import Execution
import FileAccess
import Hunting
import QueryPlan

/// Shows the rows of an answer.
struct ReplAnswer {
  private let session: ReplSession

  init(_ session: ReplSession) { self.session = session }

  func write(_ answer: HuntingAnswer) throws {
    for (index, table) in answer.tables.enumerated() {
      if index > 0, session.format == nil || session.format == .table {
        try put(Array("\n".utf8))
      }
      if try !draw(table) { try write(table.result) }
    }
    try session.console.output.flush()
  }

  /// Draws what the query asks for, where rows go to a terminal.
  private func draw(_ table: AnswerTable) throws -> Bool {
    guard let render = table.render, session.output == nil, session.format == nil,
      Terminal.isTerminal(.output)
    else { return false }
    let width = Terminal.width(.output) ?? 80
    guard let lines = try ChartDrawing(width: width).lines(table.result, render) else {
      if render.visualization != "table" {
        let kind = TerminalText(render.visualization).text
        session.console.note("note: \(kind) cannot be drawn of these rows; here they are")
      }
      return false
    }
    try put(Array(lines.map { $0 + "\n" }.joined().utf8))
    return true
  }

  private func write(_ result: QueryResult) throws {
    let isShown = session.output == nil
    let limit = isShown && session.isInteractive ? session.rowLimit : nil
    let shown = limit.map { result.prefix($0) } ?? result
    let isTerminal = Terminal.isTerminal(.output)
    let format = session.format ?? (isShown && isTerminal ? .table : .ndjson)
    let width = isShown && isTerminal ? Terminal.width(.output) : nil
    try ResultWriter(format: format, width: width).write(shown) { try put(Array($0)) }
    if shown.rowCount < result.rowCount {
      session.console.note(
        "note: \(result.rowCount - shown.rowCount) more rows are not shown; .limit off shows all, "
          + ".output FILE writes them into a file"
      )
    }
  }

  private func put(_ bytes: [UInt8]) throws {
    if let output = session.output {
      try output.file.write(bytes)
    } else {
      try session.console.write(bytes)
    }
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
