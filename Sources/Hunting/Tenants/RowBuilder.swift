public import Columnar
import Execution

/// Puts rows together whose cells are known by name; what is missing or of another type is null.
public struct RowBuilder {
  private let schema: Schema
  private let builders: [VectorBuilder]
  private var count = 0

  public init(_ schema: Schema) {
    self.schema = schema
    builders = schema.types.map { VectorBuilder(type: $0) }
  }

  public mutating func append(_ cells: [String: Scalar]) {
    for (builder, column) in zip(builders, schema.columns) {
      let cell = cells[column.name]
      builder.append(cell.flatMap { $0.type == column.type ? $0 : nil } ?? .missing(column.type))
    }
    count += 1
  }

  public var table: ColumnTable {
    let batch = Batch(columns: builders.map { $0.finish() }, count: count)
    return ColumnTable(schema: schema, chunks: count == 0 ? [] : [batch])
  }
}
