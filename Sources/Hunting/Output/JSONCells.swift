import Columnar
import Execution

/// Writes the cells of a batch as JSON, texts straight from where they lie.
struct JSONCells {
  private enum Source {
    case text(TextRows)
    case coded(DictionaryRows, TextRows)
    case other(Vector)
  }

  private let sources: [Source]

  init(_ batch: Batch) { sources = batch.columns.map(Self.source) }

  private static func source(_ vector: Vector) -> Source {
    guard vector.type == .string else { return .other(vector) }
    switch vector.layout {
    case .text(let rows) where rows.nulls == nil: return .text(rows)
    case .dictionary(let rows):
      guard case .text(let values) = rows.dictionary.values.layout, values.nulls == nil else {
        return .other(vector)
      }
      return .coded(rows, values)
    default: return .other(vector)
    }
  }

  /// Appends one cell.
  @inline(__always)
  func append(_ row: Int, _ column: Int, to sink: inout ByteSink) {
    switch sources[column] {
    case .text(let rows): JSONText.append(rows[row].buffer, to: &sink)
    case .coded(let rows, let values):
      JSONText.append(values[Int(rows.base[row])].buffer, to: &sink)
    case .other(let vector): CellText.appendJSON(vector.scalar(at: row), to: &sink)
    }
  }
}
