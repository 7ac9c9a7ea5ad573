import Execution
import Columnar
public import FileAccess
public import Segments
import Synchronization
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

/// Open segments by name, so that their decoded columns serve later queries too.
///
/// When decoded columns take more than the limit, those of the segments that were asked for
/// longest ago go; queries that read them keep what they hold.
public final class SegmentCache: Sendable {
  private struct Contents {
    var segments: [String: Segment] = [:]
    /// Names, the one asked for last at the end.
    var order: [String] = []
  }

  private let files: any DurableFileSystem
  private let limitBytes: Int
  private let contents = Mutex(Contents())

  public init(files: any DurableFileSystem = LocalFileSystem(), limitBytes: Int = 1 << 31) {
    self.files = files
    self.limitBytes = limitBytes
  }

  /// The segment of an entry; opened where it is not yet.
  func segment(_ entry: SegmentEntry) throws -> Segment {
    if let known = contents.withLock({ $0.segments[entry.id] }) {
      touch(entry.id)
      return known
    }
    let segment = try Segment(MappedSegment(try files.map(entry.path)))
    guard segment.rowCount == entry.rowCount, segment.id.description == entry.id else {
      throw SegmentFailure(.damaged("it is not the one that the catalogue means"), path: entry.path)
    }
    let kept = contents.withLock { contents -> Segment in
      if let other = contents.segments[entry.id] { return other }
      contents.segments[entry.id] = segment
      return segment
    }
    touch(entry.id)
    return kept
  }

  /// Bytes of memory that decoded columns take.
  var decodedByteCount: Int {
    contents.withLock { $0.segments.values.reduce(0) { $0 + $1.decodedByteCount } }
  }

  /// Notes that a segment was asked for, and makes room where there is too little.
  private func touch(_ id: String) {
    contents.withLock { contents in
      if contents.order.last == id { return }
      contents.order.removeAll { $0 == id }
      contents.order.append(id)
      var total = contents.segments.values.reduce(0) { $0 + $1.decodedByteCount }
      for name in contents.order.dropLast() where total > limitBytes {
        guard let segment = contents.segments[name] else { continue }
        total -= segment.decodedByteCount
        segment.releaseAll()
      }
    }
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

/// A mapped file as the bytes of a segment.
public final class MappedSegment: SegmentSource {
  private let file: MappedFile

  public init(_ file: MappedFile) { self.file = file }

  public var path: String { file.path }
  public var bytes: UnsafeRawBufferPointer { file.bytes }
}
