import Columnar
import Execution

/// Rows as comma- or tab-separated values with a header line.
///
/// CSV quotes as RFC 4180 does; TSV writes tabs, line ends and backslashes as escapes.
struct DelimitedFormat {
  private let result: QueryResult
  private let isTabs: Bool

  init(_ result: QueryResult, isTabs: Bool) {
    self.result = result
    self.isTabs = isTabs
  }

  func write(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var sink = ByteSink(capacity: 4096)
    let separator = UInt8(ascii: isTabs ? "\t" : ",")
    for (index, column) in result.schema.columns.enumerated() {
      if index > 0 { sink.append(separator) }
      append(Array(column.name.utf8), to: &sink)
    }
    sink.append("\n")
    try result.forEachRow { row in
      for (index, value) in row.enumerated() {
        if index > 0 { sink.append(separator) }
        var cell = ByteSink(capacity: 64)
        CellText.append(value, to: &cell)
        append(cell.array(), to: &sink)
      }
      sink.append("\n")
      try receive(sink.bytes)
      sink.removeAll()
    }
    try receive(sink.bytes)
  }

  private func append(_ bytes: [UInt8], to sink: inout ByteSink) {
    if isTabs { return appendEscaped(bytes, to: &sink) }
    let special: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D]
    guard bytes.contains(where: special.contains) else { return sink.append(bytes) }
    sink.append("\"")
    for byte in bytes {
      if byte == 0x22 { sink.append(byte) }
      sink.append(byte)
    }
    sink.append("\"")
  }

  private func appendEscaped(_ bytes: [UInt8], to sink: inout ByteSink) {
    for byte in bytes {
      switch byte {
      case 0x09: sink.append("\\t")
      case 0x0A: sink.append("\\n")
      case 0x0D: sink.append("\\r")
      case 0x5C: sink.append("\\\\")
      default: sink.append(byte)
      }
    }
  }
}
