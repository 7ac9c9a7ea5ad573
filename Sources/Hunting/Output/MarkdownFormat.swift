import Columnar
import Execution
import SourceText

/// Rows as a Markdown table; what would break the table or be taken as markup is escaped.
struct MarkdownFormat {
  private let result: QueryResult

  init(_ result: QueryResult) { self.result = result }

  func write(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var sink = ByteSink(capacity: 4096)
    appendRow(result.schema.columns.map { Array($0.name.utf8) }, to: &sink)
    appendRow(
      result.schema.columns.map { Array(($0.type.isNumeric ? "--:" : "---").utf8) },
      to: &sink
    )
    try result.forEachRow { row in
      let cells = row.map { value in
        var cell = ByteSink(capacity: 64)
        CellText.append(value, to: &cell)
        return Self.escaped(cell.array())
      }
      appendRow(cells, to: &sink)
      try receive(sink.bytes)
      sink.removeAll()
    }
    try receive(sink.bytes)
  }

  private func appendRow(_ cells: [[UInt8]], to sink: inout ByteSink) {
    for cell in cells {
      sink.append("| ")
      sink.append(cell)
      sink.append(" ")
    }
    sink.append("|\n")
  }

  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    let safe = TerminalText(bytes).text
    var out: [UInt8] = []
    for byte in safe.utf8 {
      switch byte {
      case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"),
        UInt8(ascii: "_"), UInt8(ascii: "<"), UInt8(ascii: "["):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      default: out.append(byte)
      }
    }
    return out
  }
}
