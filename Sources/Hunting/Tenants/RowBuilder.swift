public import Columnar
import Execution

/// Puts rows together whose cells are known by name; what is missing is null.
public struct RowBuilder {
  private let schema: Schema
  private let builders: [VectorBuilder]
  private var count = 0
  /// That a cell was of another type than its column.
  private var mismatch: QueryFailure?

  public init(_ schema: Schema) {
    self.schema = schema
    builders = schema.types.map { VectorBuilder(type: $0) }
  }

  public mutating func append(_ cells: [String: Scalar]) {
    for (builder, column) in zip(builders, schema.columns) {
      let cell = cells[column.name] ?? .missing(column.type)
      if cell.type != column.type {
        mismatch = mismatch ?? Self.mismatch(cell, in: column)
        builder.append(.missing(column.type))
      } else {
        builder.append(cell)
      }
    }
    count += 1
  }

  /// The rows so far.
  ///
  /// - Throws: where a cell was of another type than its column, which would lose it.
  public var table: ColumnTable {
    get throws {
      if let mismatch { throw mismatch }
      let batch = Batch(columns: builders.map { $0.finish() }, count: count)
      return ColumnTable(schema: schema, chunks: count == 0 ? [] : [batch])
    }
  }

  private static func mismatch(_ cell: Scalar, in column: ColumnSchema) -> QueryFailure {
    QueryFailure(
      .input,
      "a cell of the column '\(column.name)' is \(cell.type.name) where \(column.type.name) is "
        + "expected"
    )
  }
}
