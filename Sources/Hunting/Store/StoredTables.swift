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
public final class SegmentCache: Sendable {
  private let files: any DurableFileSystem
  private let open = Mutex<[String: Segment]>([:])

  public init(files: any DurableFileSystem = LocalFileSystem()) { self.files = files }

  /// The segment of an entry; opened where it is not yet.
  func segment(_ entry: SegmentEntry) throws -> Segment {
    if let known = open.withLock({ $0[entry.id] }) { return known }
    let segment = try Segment(MappedSegment(try files.map(entry.path)))
    guard segment.rowCount == entry.rowCount, segment.id.description == entry.id else {
      throw SegmentFailure(.damaged("it is not the one that the catalogue means"), path: entry.path)
    }
    return open.withLock { segments in
      if let other = segments[entry.id] { return other }
      segments[entry.id] = segment
      return segment
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
