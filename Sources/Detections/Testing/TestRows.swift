import Columnar
import DetectionRules
import Hunting
import StructuredText

/// Makes a table of rows that a test writes out.
struct TestRows {
  let table: String
  let columns: [ColumnSchema]
  /// The times of a row, of which one stands for the others; empty for tables without time.
  let timeColumns: [String]
  let now: DateTime

  /// - Parameter columns: those that the test states; nil for those of the known table.
  init(_ table: String, _ columns: [ColumnSchema], now: DateTime) {
    self.table = table
    self.columns = columns
    self.now = now
    timeColumns = ["Timestamp", "TimeGenerated"].filter { name in
      columns.contains { $0.name == name && $0.type == .datetime }
    }
  }

  /// The rows, those that cannot be used left out and noted.
  func read(_ rows: [DocumentNode], _ reader: inout TestNodeReader) -> ColumnTable {
    let builders = columns.map { VectorBuilder(type: $0.type, capacity: max(1, rows.count)) }
    var count = 0
    for row in rows {
      guard let cells = cells(row, &reader) else { continue }
      for (builder, column) in zip(builders, columns) {
        builder.append(cells[column.name] ?? .missing(column.type))
      }
      count += 1
    }
    let batch = Batch(columns: builders.map { $0.finish() }, count: count)
    return ColumnTable(schema: Schema(columns), chunks: [batch])
  }

  private func cells(_ row: DocumentNode, _ reader: inout TestNodeReader) -> [String: Scalar]? {
    guard case .mapping(let members) = row.content else {
      reader.wrong("a row of '\(table)'", "a mapping of columns to values", row)
      return nil
    }
    var cells: [String: Scalar] = [:]
    for member in members {
      guard let column = columns.first(where: { $0.name == member.key }) else {
        noteUnknown(member, &reader)
        continue
      }
      if member.value.isNull { continue }
      if let value = TestValue.read(member.value, as: column.type, now: now) {
        cells[column.name] = value
      } else {
        reader.note(
          "HT007",
          "'\(column.name)' of '\(table)' is \(column.type.name), which this value is not",
          at: member.value.place,
          help: column.type == .datetime ? "write 2026-01-31T12:00:00Z, or now-5m" : nil
        )
      }
    }
    return timed(cells, row, &reader)
  }

  /// Lets one time column stand for the other; a row must have one, else no run would see it.
  private func timed(
    _ cells: [String: Scalar],
    _ row: DocumentNode,
    _ reader: inout TestNodeReader
  ) -> [String: Scalar]? {
    guard let first = timeColumns.first else { return cells }
    guard let time = timeColumns.compactMap({ cells[$0] }).first else {
      let isStated = row.members.contains { timeColumns.contains($0.key) }
      if !isStated {
        reader.note(
          "HT002",
          "a row of '\(table)' has no '\(first)', so that no run would see it",
          at: row.place,
          help: "write \(first): now-5m"
        )
      }
      return nil
    }
    var cells = cells
    for name in timeColumns where cells[name] == nil { cells[name] = time }
    return cells
  }

  private func noteUnknown(_ member: DocumentMember, _ reader: inout TestNodeReader) {
    let renamed = TableSchemas.environment(.hunting).renamedColumn(member.key, in: table)
    if let renamed {
      return reader.note(
        "HT006",
        "there is no column '\(member.key)' of '\(table)' here",
        at: member.keyPlace,
        help: "it is '\(renamed)' now"
      )
    }
    reader.unknown(
      "column of '\(table)' named",
      member.key,
      at: member.keyPlace,
      among: columns.map(\.name),
      code: "HT006"
    )
  }
}

/// Reads a value of a row.
enum TestValue {
  /// nil where the node is no value of the type.
  static func read(_ node: DocumentNode, as type: ScalarType, now: DateTime) -> Scalar? {
    guard let text = node.scalar?.text else { return container(node, as: type) }
    let bytes = Array(text.utf8)
    switch type {
    case .string: return .string(ByteString(bytes))
    case .dynamic: return dynamic(node, bytes)
    case .datetime: return TestTime.read(text, now: now).map { .datetime($0) }
    case .timespan: return TimeSpan(parsing: bytes).map { .timespan($0) }
    case .guid: return GUID(parsing: bytes).map { .guid($0) }
    case .decimal: return Decimal128(parsing: bytes).map { .decimal($0) }
    case .real:
      return bytes.withUnsafeBufferPointer { NumberParsing.real($0) }.map { .real($0) }
    case .long: return long(bytes).map { .long($0) }
    case .int: return long(bytes).flatMap { Int32(exactly: $0) }.map { .int($0) }
    case .bool:
      switch text.lowercased() {
      case "true", "1": return .bool(true)
      case "false", "0": return .bool(false)
      default: return nil
      }
    }
  }

  private static func long(_ bytes: [UInt8]) -> Int64? {
    bytes.withUnsafeBufferPointer { NumberParsing.long($0) }
  }

  /// Lists and mappings: as they are in dynamic columns, as JSON in texts.
  private static func container(_ node: DocumentNode, as type: ScalarType) -> Scalar? {
    let json = Array(JSONDocumentWriter.text(node).utf8)
    guard let value = parsed(json) else { return nil }
    if type == .dynamic { return .dynamic(value) }
    if type != .string { return nil }
    var sink = ByteSink()
    value.withView { $0.writeJSON(into: &sink) }
    return .string(ByteString(sink.array()))
  }

  /// A scalar of a dynamic column; a text that holds an object or an array is that, as in files.
  private static func dynamic(_ node: DocumentNode, _ bytes: [UInt8]) -> Scalar? {
    let first = bytes.first { $0 > 0x20 }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let value = parsed(bytes) {
      return .dynamic(value)
    }
    return parsed(Array(JSONDocumentWriter.text(node).utf8)).map { .dynamic($0) }
  }

  private static func parsed(_ json: [UInt8]) -> DynamicValue? {
    var writer = DynamicWriter()
    guard json.withUnsafeBufferPointer({ JSONParser.parse($0, into: &writer) }) else { return nil }
    return DynamicValue(writer.view())
  }
}
