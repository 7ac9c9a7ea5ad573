import Columnar
import Execution
import FileAccess
import Segments
public import TableStore

extension HuntingEngine {
  /// Makes the tables of a tenant in a store readable, as they are in a snapshot.
  ///
  /// Known tables have the product's columns and whatever else was ingested into them.
  public mutating func attach(
    _ snapshot: StoreSnapshot,
    tenant: String,
    cache: SegmentCache = SegmentCache()
  ) {
    if !caches.contains(where: { $0 === cache }) { caches.append(cache) }
    guard let entry = snapshot.tenant(tenant) else { return }
    for table in entry.tables {
      let segments = table.segments.map { entry -> any StoredSegment in
        StoredSegmentFile(
          entry: entry,
          timeColumn: EventTime.column(of: table.name),
          snapshot: snapshot,
          cache: cache
        )
      }
      let schema = Self.schema(of: table, schemas)
      add(StoredTable(schema: schema, segments: segments), named: table.name)
    }
  }

  private static func schema(of table: TableEntry, _ schemas: TableSchemas) -> Schema {
    guard let known = schemas.lookup(table.name) else { return table.schema }
    let names = Set(known.columns.map(\.name))
    return Schema(known.columns + table.schema.columns.filter { !names.contains($0.name) })
  }
}

/// A segment file of a snapshot.
private struct StoredSegmentFile: StoredSegment {
  let entry: SegmentEntry
  let timeColumn: String
  /// Keeps the file from being deleted.
  let snapshot: StoreSnapshot
  let cache: SegmentCache

  var rowCount: Int { entry.rowCount }

  var timeBounds: (column: String, range: ClosedRange<Int64>)? {
    entry.times.map { (timeColumn, $0) }
  }

  var ingestionTimes: RowTimes? {
    var times = RowTimes()
    for run in entry.runs { times.append(count: Int(run.rowCount), ticks: run.ingestedTicks) }
    return times
  }

  func open() throws -> Segment {
    do {
      return try cache.segment(entry)
    } catch let failure as SegmentFailure {
      throw QueryFailure(.input, failure.description)
    } catch let failure as FileFailure {
      throw QueryFailure(.input, failure.description)
    }
  }
}
