package import Columnar
package import Execution

/// A value as programs read it: a scalar, or a list or fields of such values.
package indirect enum FieldValue {
  case scalar(Scalar)
  case list([FieldValue])
  /// In their order; no name is there twice.
  case fields(Fields)

  package static func text(_ value: String) -> FieldValue { .scalar(.string(ByteString(value))) }

  /// A text that may be missing, which is another thing than an empty one.
  package static func text(orNull value: String?) -> FieldValue {
    value.map { .text($0) } ?? .scalar(.null(.dynamic))
  }

  package static func number(_ value: Int) -> FieldValue { .scalar(.long(Int64(value))) }

  package static func flag(_ value: Bool) -> FieldValue { .scalar(.bool(value)) }

  package static func time(_ value: DateTime?) -> FieldValue {
    .scalar(value.map { .datetime($0) } ?? .null(.datetime))
  }

  package static func texts(_ values: [String]) -> FieldValue { .list(values.map { .text($0) }) }

  /// The cell that holds it: what has parts is dynamic.
  package var cell: Scalar {
    if case .scalar(let value) = self { return value }
    return dynamic
  }

  /// The cell of a column that holds values of any kind.
  fileprivate var dynamic: Scalar {
    if case .scalar(.null) = self { return .null(.dynamic) }
    var writer = DynamicWriter()
    append(to: &writer)
    return .dynamic(writer.value())
  }

  private func append(to writer: inout DynamicWriter) {
    switch self {
    case .scalar(let value): Self.append(value, to: &writer)
    case .list(let items):
      writer.beginArray()
      for item in items { item.append(to: &writer) }
      writer.endArray()
    case .fields(let fields):
      writer.beginBag()
      for field in fields {
        writer.appendName(Array(field.name.utf8))
        field.value.append(to: &writer)
      }
      writer.endBag()
    }
  }

  private static func append(_ value: Scalar, to writer: inout DynamicWriter) {
    switch value {
    case .null: writer.appendNull()
    case .bool(let item): writer.append(bool: item)
    case .int(let item): writer.append(long: Int64(item))
    case .long(let item): writer.append(long: item)
    case .real(let item): writer.append(real: item)
    case .decimal(let item): writer.append(decimal: item)
    case .string(let item): writer.append(string: item.bytes)
    case .datetime(let item): writer.append(datetime: item)
    case .timespan(let item): writer.append(timespan: item)
    case .guid(let item): writer.append(guid: item)
    case .dynamic(let item): writer.append(item)
    }
  }
}

/// What is said of a thing, by name.
package typealias Fields = [(name: String, value: FieldValue)]

/// Rows of fields, for programs.
package enum FieldListing {
  /// One thing as one row, a column for each of its fields.
  package static func row(_ fields: Fields) -> QueryResult {
    let cells = fields.map(\.value.cell)
    let schema = Schema(zip(fields, cells).map { ColumnSchema($0.name, $1.type) })
    return StoreListing.rows(schema, [cells]) { $0 }
  }

  /// A row for each item, under columns that stand also where there is none.
  package static func rows<Item>(
    _ columns: [ColumnSchema],
    _ items: [Item],
    fields: (Item) -> Fields
  ) -> QueryResult {
    StoreListing.rows(Schema(columns), items) { item in
      let fields = fields(item)
      assert(fields.map(\.name) == columns.map(\.name), "\(fields.map(\.name))")
      return zip(fields, columns).map { field, column in
        column.type == .dynamic ? field.value.dynamic : field.value.cell
      }
    }
  }

  /// A whole document as JSON on one line.
  package static func document(_ fields: Fields) -> String {
    var sink = ByteSink()
    CellText.appendJSON(FieldValue.fields(fields).cell, to: &sink)
    return sink.text() + "\n"
  }
}
