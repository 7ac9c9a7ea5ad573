public import Columnar
import Hunting

/// The cells of a line of a test file.
public enum Cells {
  /// Splits a line at runs of two or more blanks; JSON strings may hold anything.
  public static func split(_ line: String) -> [String] {
    var cells: [String] = []
    var current = ""
    var blanks = 0
    var isQuoted = false
    var isEscaped = false
    for character in line {
      if isQuoted {
        current.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
        continue
      }
      if character == " " {
        blanks += 1
        continue
      }
      if blanks >= 2 {
        cells.append(current)
        current = ""
      } else if blanks == 1 {
        current.append(" ")
      }
      blanks = 0
      if character == "\"", current.isEmpty { isQuoted = true }
      current.append(character)
    }
    cells.append(current)
    return cells
  }

  /// The text of a cell: a JSON string is decoded.
  public static func text(_ cell: String) -> String {
    guard cell.hasPrefix("\""), cell.hasSuffix("\""), cell.count > 1 else { return cell }
    var writer = DynamicWriter(capacity: 64)
    let isString = Array(cell.utf8).withUnsafeBufferPointer {
      JSONParser.parse($0, into: &writer)
    }
    guard isString, let bytes = writer.view().string else { return cell }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The cell of a value.
  public static func cell(_ value: Scalar) -> String {
    if value.isNull { return "null" }
    var sink = ByteSink(capacity: 64)
    if value.type == .dynamic {
      // A text inside a dynamic must not look like what it spells.
      CellText.appendJSON(value, to: &sink)
      return sink.text()
    }
    CellText.append(value, to: &sink)
    let text = sink.text()
    guard value.type == .string else { return text }
    let isPlain =
      !text.isEmpty && text != "null" && !text.hasPrefix(" ") && !text.hasSuffix(" ")
      && !text.contains("  ") && !text.hasPrefix("\"") && !text.hasPrefix("#")
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
    if isPlain { return text }
    var quoted = ByteSink(capacity: 64)
    JSONText.append(text, to: &quoted)
    return quoted.text()
  }

  /// Lines of aligned cells.
  public static func align(_ rows: [[String]]) -> [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { index in rows.reduce(0) { max($0, $1[index].count) } }
    return rows.map { row in
      row.enumerated().map { index, cell in
        let isLast = index == row.count - 1
        return isLast ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
      }.joined(separator: "  ")
    }
  }
}
