import Columnar
import Execution
import SourceText

/// Rows as aligned columns for people.
///
/// Columns share the width: narrow ones keep theirs, wide ones are cut evenly with an ellipsis.
struct TableFormat {
  private let result: QueryResult
  private let width: Int?
  private static let leastWidth = 4
  private static let gap = "  "

  init(_ result: QueryResult, width: Int?) {
    self.result = result
    self.width = width
  }

  /// Cells of a line whose columns are all cut as much as can be.
  static func leastWidth(columns: Int) -> Int {
    columns * leastWidth + max(0, columns - 1) * gap.utf8.count
  }

  func write(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    let names = result.schema.columns.map { TerminalText($0.name) }
    var rows: [[TerminalText]] = []
    try result.forEachRow { rows.append($0.map(Self.cell)) }
    let widths = fit(
      names.indices.map { index in
        rows.reduce(names[index].width) { max($0, $1[index].width) }
      }
    )
    var sink = ByteSink(capacity: 4096)
    append(names, widths, alignsNumbers: false, to: &sink)
    sink.append(text: widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap))
    sink.append("\n")
    for row in rows {
      append(row, widths, alignsNumbers: true, to: &sink)
      try receive(sink.bytes)
      sink.removeAll()
    }
    try receive(sink.bytes)
  }

  private static func cell(_ value: Scalar) -> TerminalText {
    var sink = ByteSink(capacity: 64)
    CellText.append(value, to: &sink)
    return TerminalText(sink.array())
  }

  private func append(
    _ cells: [TerminalText],
    _ widths: [Int],
    alignsNumbers: Bool,
    to sink: inout ByteSink
  ) {
    for (index, cell) in cells.enumerated() {
      let shown = cell.fitted(to: widths[index])
      let blanks = String(repeating: " ", count: max(0, widths[index] - shown.width))
      let isRight = alignsNumbers && result.schema.columns[index].type.isNumeric
      let isLast = index == cells.count - 1
      if index > 0 { sink.append(text: Self.gap) }
      if isRight { sink.append(text: blanks) }
      sink.append(text: shown.text)
      if !isRight, !isLast { sink.append(text: blanks) }
    }
    sink.append("\n")
  }

  /// Shrinks the widest columns until the line fits.
  private func fit(_ wanted: [Int]) -> [Int] {
    guard let width, !wanted.isEmpty else { return wanted }
    let room = max(width - 2 * (wanted.count - 1), wanted.count * Self.leastWidth)
    if wanted.reduce(0, +) <= room { return wanted }
    var low = Self.leastWidth
    var high = wanted.max() ?? low
    while low < high {
      let cap = (low + high + 1) / 2
      if wanted.reduce(0, { $0 + min($1, cap) }) <= room { low = cap } else { high = cap - 1 }
    }
    return wanted.map { min($0, low) }
  }
}
