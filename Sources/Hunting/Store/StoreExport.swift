import Columnar
import Execution
public import FileAccess
import Segments
public import TableStore

/// Writes the rows of a table of a store as files that `harrier ingest` takes back.
public struct StoreExport {
  /// How the rows are written.
  public enum Format: String, Sendable, CaseIterable {
    case ndjson
    case csv
  }

  private let snapshot: StoreSnapshot
  private let cache: SegmentCache

  /// Exports what a store held at one moment.
  public init(
    _ snapshot: StoreSnapshot,
    files: any DurableFileSystem = LocalFileSystem()
  ) {
    self.snapshot = snapshot
    cache = SegmentCache(files: files)
  }

  /// Writes all rows in the order in which they were ingested, and returns how many; about one
  /// segment is in memory at a time.
  public func write(
    _ table: TableEntry,
    as format: Format,
    to receive: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Int {
    if format == .csv { try DelimitedFormat.writeNames(table.schema, to: receive) }
    var rows = 0
    for entry in table.segments {
      do {
        rows += try write(try cache.segment(entry), table.schema, as: format, to: receive)
      } catch let failure as SegmentFailure {
        throw QueryFailure(.input, failure.description)
      }
    }
    withExtendedLifetime(snapshot) {}
    return rows
  }

  private func write(
    _ segment: Segment,
    _ schema: Schema,
    as format: Format,
    to receive: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Int {
    let columns = try schema.columns.map { column -> SegmentColumn? in
      guard let index = segment.schema.index(of: column.name),
        segment.schema.columns[index].type == column.type
      else { return nil }
      return try segment.column(index)
    }
    for start in stride(from: 0, to: segment.rowCount, by: Segment.blockRows) {
      let rows = start..<min(segment.rowCount, start + Segment.blockRows)
      let vectors = try zip(columns, schema.types).map { column, type -> Vector in
        guard let column else { return Vector(constant: .missing(type), count: rows.count) }
        try column.ensure(rows)
        return column.vector.slice(rows)
      }
      let block = QueryResult(schema: schema, batches: [Batch(columns: vectors, count: rows.count)])
      switch format {
      case .ndjson: try JSONFormat(block).writeLines(to: receive)
      case .csv: try DelimitedFormat(block, isTabs: false, isExact: true).writeRows(to: receive)
      }
    }
    segment.releaseAll()
    return segment.rowCount
  }
}
