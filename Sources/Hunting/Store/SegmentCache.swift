public import FileAccess
import Segments
import Synchronization
import TableStore

/// Open segments by name, so that their decoded columns serve later queries too.
///
/// When decoded columns take more than the limit, those of the segments that were asked for
/// longest ago go; queries that read them keep what they hold.
public final class SegmentCache: Sendable {
  /// Segments that may still be decoding when others are asked for.
  private static let recentCount = 16

  private struct Entry {
    let segment: Segment
    /// What it took when it was measured last.
    var decodedBytes = 0
    /// Counts what was asked for.
    var lastUse = 0
  }

  private struct Contents {
    var entries: [String: Entry] = [:]
    /// The names that were asked for last.
    var recent: [String] = []
    var uses = 0
    /// The sum of what the entries take.
    var decodedBytes = 0

    /// Measures a segment anew.
    mutating func measure(_ id: String) {
      guard let entry = entries[id] else { return }
      let bytes = entry.segment.decodedByteCount
      decodedBytes += bytes - entry.decodedBytes
      entries[id]?.decodedBytes = bytes
    }
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
    if let known = contents.withLock({ $0.entries[entry.id]?.segment }) {
      touch(entry.id)
      return known
    }
    let segment = try Segment(try files.map(entry.path))
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

  /// Bytes of memory that decoded columns take.
  var decodedByteCount: Int {
    contents.withLock { $0.entries.values.reduce(0) { $0 + $1.segment.decodedByteCount } }
  }

  /// Notes that a segment was asked for, and makes room where there is too little.
  private func touch(_ id: String) {
    contents.withLock { contents in
      contents.uses += 1
      contents.entries[id]?.lastUse = contents.uses
      if contents.recent.last != id {
        contents.recent.removeAll { $0 == id }
        contents.recent.append(id)
      }
      // Columns are decoded after their segment was asked for.
      for recent in contents.recent { contents.measure(recent) }
      if contents.recent.count > Self.recentCount { contents.recent.removeFirst() }
      if contents.decodedBytes > limitBytes { makeRoom(&contents, keeping: id) }
    }
  }

  private func makeRoom(_ contents: inout Contents, keeping id: String) {
    let oldest = contents.entries.filter { $0.key != id && $0.value.decodedBytes > 0 }
      .sorted { $0.value.lastUse < $1.value.lastUse }
    for (name, entry) in oldest where contents.decodedBytes > limitBytes {
      entry.segment.releaseAll()
      contents.measure(name)
    }
  }
}
