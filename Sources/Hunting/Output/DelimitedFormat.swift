import Columnar
import Execution

/// Rows as comma- or tab-separated values with a header line.
///
/// CSV quotes as RFC 4180 does; TSV writes tabs, line ends and backslashes as escapes.
struct DelimitedFormat {
  private let result: QueryResult
  private let isTabs: Bool
  /// Whether a dynamic value is JSON throughout, so that it can be read back.
  private let isExact: Bool
  private let separator: UInt8

  init(_ result: QueryResult, isTabs: Bool, isExact: Bool = false) {
    self.result = result
    self.isTabs = isTabs
    self.isExact = isExact
    separator = UInt8(ascii: isTabs ? "\t" : ",")
  }

  func write(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    try writeNames(to: receive)
    try writeRows(to: receive)
  }

  /// Writes the header line of CSV.
  static func writeNames(
    _ schema: Schema,
    to receive: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    try DelimitedFormat(QueryResult(schema: schema, batches: []), isTabs: false)
      .writeNames(to: receive)
  }

  private func writeNames(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var sink = ByteSink(capacity: 4096)
    for (index, column) in result.schema.columns.enumerated() {
      if index > 0 { sink.append(separator) }
      append(Array(column.name.utf8), to: &sink)
    }
    sink.append("\n")
    try receive(sink.bytes)
  }

  /// Writes the rows without the header line.
  func writeRows(to receive: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var sink = ByteSink(capacity: 4096)
    try result.forEachRow { row in
      for (index, value) in row.enumerated() {
        if index > 0 { sink.append(separator) }
        append(value, to: &sink)
      }
      sink.append("\n")
      try receive(sink.bytes)
      sink.removeAll()
    }
  }

  private func append(_ value: Scalar, to sink: inout ByteSink) {
    var cell = ByteSink(capacity: 64)
    if isExact, value.type == .dynamic, !value.isNull {
      CellText.appendJSON(value, to: &cell)
    } else {
      CellText.append(value, to: &cell)
    }
    append(cell.array(), to: &sink)
  }

  private func append(_ bytes: [UInt8], to sink: inout ByteSink) {
    if isTabs { return appendEscaped(bytes, to: &sink) }
    // A line of nothing would be no row.
    if bytes.isEmpty, isExact, result.schema.columns.count == 1 { return sink.append("\"\"") }
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
