import Columnar
public import Execution

/// Rows as JSON objects.
struct JSONFormat {
  private let result: QueryResult
  private let names: [[UInt8]]

  init(_ result: QueryResult) {
    self.result = result
    names = result.schema.columns.map { column in
      var sink = ByteSink(capacity: 64)
      JSONText.append(column.name, to: &sink)
      return sink.array()
    }
  }

  func writeArray(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var sink = ByteSink(capacity: 4096)
    sink.append("[")
    var isFirst = true
    try result.forEachBatch { batch in
      let cells = JSONCells(batch)
      for row in 0..<batch.count {
        sink.append(text: isFirst ? "\n" : ",\n")
        isFirst = false
        appendObject(cells, row, to: &sink)
        try receive(sink.bytes)
        sink.removeAll()
      }
    }
    sink.append(text: isFirst ? "]\n" : "\n]\n")
    try receive(sink.bytes)
  }

  func writeLines(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var sink = ByteSink(capacity: 4096)
    try result.forEachBatch { batch in
      let cells = JSONCells(batch)
      for row in 0..<batch.count {
        appendObject(cells, row, to: &sink)
        sink.append("\n")
        try receive(sink.bytes)
        sink.removeAll()
      }
    }
  }

  private func appendObject(_ cells: JSONCells, _ row: Int, to sink: inout ByteSink) {
    sink.append("{")
    for (index, name) in names.enumerated() {
      if index > 0 { sink.append(",") }
      sink.append(name)
      sink.append(":")
      cells.append(row, index, to: &sink)
    }
    sink.append("}")
  }
}

/// The answer of `batch --json-lines`: typed columns and rows in one line.
public enum AnswerLine {
  /// Makes the line of a result.
  public static func result(_ result: QueryResult, id: [UInt8]) throws -> [UInt8] {
    var sink = ByteSink(capacity: 4096)
    sink.append("{\"id\":")
    sink.append(id)
    sink.append(",\"columns\":[")
    for (index, column) in result.schema.columns.enumerated() {
      sink.append(text: index > 0 ? ",{\"name\":" : "{\"name\":")
      JSONText.append(column.name, to: &sink)
      sink.append(text: ",\"type\":\"\(column.type.name)\"}")
    }
    sink.append("],\"rows\":[")
    var isFirst = true
    try result.forEachBatch { batch in
      let cells = JSONCells(batch)
      for row in 0..<batch.count {
        sink.append(text: isFirst ? "[" : ",[")
        isFirst = false
        for column in batch.columns.indices {
          if column > 0 { sink.append(",") }
          cells.append(row, column, to: &sink)
        }
        sink.append("]")
      }
    }
    sink.append("]}\n")
    return sink.array()
  }

  /// Makes the line of a query that has no answer.
  public static func failure(_ message: String, id: [UInt8]) -> [UInt8] {
    var sink = ByteSink(capacity: 256)
    sink.append("{\"id\":")
    sink.append(id)
    sink.append(",\"error\":")
    JSONText.append(message, to: &sink)
    sink.append("}\n")
    return sink.array()
  }
}
