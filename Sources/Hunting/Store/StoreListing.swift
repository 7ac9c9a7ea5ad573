public import Columnar
public import Execution
public import FileAccess
import Segments
public import TableStore

/// What a store holds, as rows to print.
public enum StoreListing {
  /// A row for each table of each tenant.
  public static func tables(_ information: StoreInformation) -> QueryResult {
    let schema = Schema([
      ColumnSchema("Tenant", .string), ColumnSchema("Table", .string),
      ColumnSchema("Rows", .long), ColumnSchema("Segments", .long), ColumnSchema("Bytes", .long),
      ColumnSchema("From", .datetime), ColumnSchema("To", .datetime),
      ColumnSchema("DeadLetters", .long),
    ])
    return rows(schema, information.tables) { table in
      [
        .string(ByteString(table.tenant)), .string(ByteString(table.table)),
        .long(table.rowCount), .long(Int64(table.segmentCount)), .long(table.byteCount),
        time(table.times?.lowerBound), time(table.times?.upperBound), .long(table.deadLetters),
      ]
    }
  }

  /// A row for each item.
  public static func rows<Item>(
    _ schema: Schema,
    _ items: [Item],
    cells: (Item) -> [Scalar]
  ) -> QueryResult {
    let builders = schema.types.map { VectorBuilder(type: $0) }
    for item in items {
      for (builder, cell) in zip(builders, cells(item)) { builder.append(cell) }
    }
    let batch = Batch(columns: builders.map { $0.finish() }, count: items.count)
    return QueryResult(schema: schema, batches: [batch])
  }

  private static func time(_ ticks: Int64?) -> Scalar {
    ticks.map { .datetime(DateTime(ticks: $0)) } ?? .null(.datetime)
  }
}

/// Looks into the segment files of a store.
public enum SegmentCheck {
  /// What is wrong with a segment; nil where every part is as it was written.
  public static func damage(_ file: MappedFile, _ entry: SegmentEntry) -> String? {
    do throws(SegmentFailure) {
      let segment = try Segment(file)
      if segment.rowCount != entry.rowCount || segment.id.description != entry.id {
        return "it is not the segment that the catalogue means"
      }
      try segment.verify()
      return nil
    } catch {
      return error.description
    }
  }
}
