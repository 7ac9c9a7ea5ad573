/// The name and type of a column.
@frozen
public struct ColumnSchema: Sendable, Hashable {
  public var name: String
  public var type: ScalarType

  @inlinable
  public init(_ name: String, _ type: ScalarType) {
    self.name = name
    self.type = type
  }
}

/// The columns of a table or result, in order.
@frozen
public struct Schema: Sendable, Hashable {
  public var columns: [ColumnSchema]

  @inlinable
  public init(_ columns: [ColumnSchema]) { self.columns = columns }

  /// The position of a column by its exact name.
  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// The types of the columns in order.
  public var types: [ScalarType] { columns.map(\.type) }
}

/// A table in memory: batches of at most 2^20 rows that share a schema.
public final class ColumnTable: Sendable {
  /// The most rows of a chunk.
  public static let chunkRows = 1 << 20

  public let schema: Schema
  public let chunks: [Batch]
  public let rowCount: Int

  public init(schema: Schema, chunks: [Batch]) {
    self.schema = schema
    self.chunks = chunks.filter { $0.count > 0 }
    rowCount = chunks.reduce(0) { $0 + $1.count }
  }

  /// All rows as one batch; a copy where there are several chunks.
  public func combined() -> Batch {
    if chunks.isEmpty {
      return Batch(columns: schema.types.map(Vector.empty), count: 0)
    }
    return Batch.concatenating(chunks, types: schema.types)
  }
}

extension Vector {
  /// A vector without rows.
  public static func empty(_ type: ScalarType) -> Vector {
    VectorBuilder(type: type, capacity: 1).finish()
  }
}
