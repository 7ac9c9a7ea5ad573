import Columnar
public import Execution
public import FileAccess
import Segments
public import TableStore

/// What is known of the columns of a store without reading a row.
public enum ColumnListing {
  /// What the segments of a table say of one of its columns.
  fileprivate struct Column {
    let tenant: String
    let table: String
    let schema: ColumnSchema
    var nulls: Int64 = 0
    var distinct = DistinctSketch()
    var bounds: ClosedRange<Int64>?
  }

  /// A row for each column of each table of each tenant.
  public static func columns(
    _ snapshot: StoreSnapshot,
    files: any DurableFileSystem = LocalFileSystem()
  ) throws -> QueryResult {
    let schema = Schema([
      ColumnSchema("Tenant", .string), ColumnSchema("Table", .string),
      ColumnSchema("Column", .string), ColumnSchema("Type", .string),
      ColumnSchema("Nulls", .long), ColumnSchema("DistinctValues", .long),
      ColumnSchema("Least", .string), ColumnSchema("Greatest", .string),
    ])
    let cache = SegmentCache(files: files)
    var columns: [Column] = []
    for tenant in snapshot.tenants {
      for table in tenant.tables { columns += try read(table, of: tenant.name, cache) }
    }
    withExtendedLifetime(snapshot) {}
    return StoreListing.rows(schema, columns) { column in
      [
        .string(ByteString(column.tenant)), .string(ByteString(column.table)),
        .string(ByteString(column.schema.name)), .string(ByteString(column.schema.type.name)),
        .long(column.nulls), .long(Int64(column.distinct.estimate)),
        text(column.bounds?.lowerBound, column.schema.type),
        text(column.bounds?.upperBound, column.schema.type),
      ]
    }
  }

  private static func read(
    _ table: TableEntry,
    of tenant: String,
    _ cache: SegmentCache
  ) throws -> [Column] {
    var columns = table.schema.columns.map {
      Column(tenant: tenant, table: table.name, schema: $0)
    }
    for entry in table.segments {
      do {
        let segment = try cache.segment(entry)
        for index in columns.indices { try columns[index].add(segment) }
      } catch let failure as SegmentFailure {
        throw QueryFailure(.input, failure.description)
      }
    }
    return columns
  }

  /// A bound as its type prints it; empty where there is none.
  private static func text(_ bound: Int64?, _ type: ScalarType) -> Scalar {
    guard let bound else { return .string(ByteString("")) }
    let value: Scalar =
      switch type {
      case .bool: .bool(bound != 0)
      case .datetime: .datetime(DateTime(ticks: bound))
      case .timespan: .timespan(TimeSpan(ticks: bound))
      default: .long(bound)
      }
    var sink = ByteSink()
    CellText.append(value, to: &sink)
    return .string(ByteString(Array(sink.bytes)))
  }
}

extension ColumnListing.Column {
  /// Takes in what a segment says of the column; where it lacks it, all of its rows are null.
  fileprivate mutating func add(_ segment: Segment) throws {
    guard let index = segment.schema.index(of: schema.name),
      segment.schema.columns[index].type == schema.type
    else {
      if schema.type != .string { nulls += Int64(segment.rowCount) }
      return
    }
    nulls += Int64(segment.nullCount(ofColumn: index))
    distinct.merge(try segment.distinctSketch(ofColumn: index))
    guard let more = segment.bounds(ofColumn: index) else { return }
    bounds =
      bounds.map {
        min($0.lowerBound, more.lowerBound)...max($0.upperBound, more.upperBound)
      } ?? more
  }
}
