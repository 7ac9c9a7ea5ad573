import Columnar
public import Execution
public import FileAccess
import Segments
import Synchronization
import TableStore

/// Open segments by name, so that their decoded columns serve later queries too.
///
/// When decoded columns take more than the limit, those of the segments that were asked for
/// longest ago go; queries that read them keep what they hold. What tests of values came to stays
/// until memory gets tight.
public final class SegmentCache: Sendable {
  private struct Entry {
    let segment: Segment
    /// Counts what was asked for.
    var lastUse = 0
  }

  private struct Contents {
    var entries: [String: Entry] = [:]
    var uses = 0

    /// The entries, the one that was asked for longest ago first.
    var byAge: [Entry] { entries.values.sorted { $0.lastUse < $1.lastUse } }
  }

  private let files: any DurableFileSystem
  private let limitBytes: Int
  private let meter = MemoryMeter()
  private let contents = Mutex(Contents())

  public init(files: any DurableFileSystem = LocalFileSystem(), limitBytes: Int = 1 << 31) {
    self.files = files
    self.limitBytes = limitBytes
  }

  /// The segment of an entry; opened where it is not yet.
  func segment(_ entry: SegmentEntry) throws -> Segment {
    if let known = contents.withLock({ $0.entries[entry.id]?.segment }) {
      touch(entry.id)
      return known
    }
    let segment = try Segment(try files.map(entry.path), meter: meter)
    guard segment.rowCount == entry.rowCount, segment.id.description == entry.id else {
      throw SegmentFailure(.damaged("it is not the one that the catalogue means"), path: entry.path)
    }
    let kept = contents.withLock { contents -> Segment in
      if let other = contents.entries[entry.id] { return other.segment }
      contents.entries[entry.id] = Entry(segment: segment)
      return segment
    }
    touch(entry.id)
    return kept
  }

  /// Notes that a segment was asked for, and makes room where there is too little.
  private func touch(_ id: String) {
    contents.withLock { contents in
      contents.uses += 1
      contents.entries[id]?.lastUse = contents.uses
      guard byteCount > limitBytes else { return }
      var total = contents.entries.values.reduce(0) { $0 + $1.segment.decodedByteCount }
      for entry in contents.byAge.dropLast() where total > limitBytes {
        total -= entry.segment.columnByteCount
        entry.segment.releaseColumns()
      }
      for entry in contents.byAge.dropLast() where total > limitBytes {
        total -= entry.segment.decodedByteCount
        entry.segment.releaseAll()
      }
    }
  }
}

extension SegmentCache: ReclaimableMemory {
  /// Segments that scans of a few threads may be reading.
  private static let busySegments = 2

  /// Bytes of memory that decoded columns take, those also that were given up but are in use.
  public var byteCount: Int { meter.byteCount }

  /// Gives up the columns of all segments but those asked for last; of these only rows, which a
  /// scan reads once, and not the values of dictionaries.
  public func reclaim() {
    contents.withLock { contents in
      let entries = contents.byAge
      for entry in entries.dropLast(Self.busySegments) { entry.segment.releaseAll() }
      for entry in entries.suffix(Self.busySegments) { entry.segment.releaseRows() }
    }
  }
}
