public import Columnar

/// A finished segment in memory, on its way to disk: opaque bytes and what the catalogue needs to
/// know of them.
public struct SegmentFile: Sendable {
  /// 32 hex digits that no other segment has.
  public var id: String
  public var schema: Schema
  public var rowCount: Int
  /// Checksum of the footer.
  public var checksum: UInt64
  /// Least and greatest tick of the time column; nil where there is none.
  public var times: ClosedRange<Int64>?
  /// The bytes in the order of the file.
  public var chunks: [[UInt8]]

  public init(
    id: String,
    schema: Schema,
    rowCount: Int,
    checksum: UInt64,
    times: ClosedRange<Int64>?
  ) {
    self.id = id
    self.schema = schema
    self.rowCount = rowCount
    self.checksum = checksum
    self.times = times
    chunks = []
  }

  /// Bytes of the file.
  var byteCount: Int64 { chunks.reduce(0) { $0 + Int64($1.count) } }

  /// Says what is wrong with the segment; nil where nothing is.
  var refusal: String? {
    let isID = id.utf8.count == 32 && id.allSatisfy { "0123456789abcdef".contains($0) }
    if !isID { return "'\(id)' is no segment's id, which has 32 hex digits" }
    if rowCount < 1 { return "segment \(id) has no rows" }
    if Set(schema.columns.map(\.name)).count != schema.columns.count {
      return "segment \(id) has two columns of one name"
    }
    return nil
  }
}

/// A segment that is on disk, synced, but in no table yet.
public struct StagedSegment: Sendable {
  let tenant: String
  let table: String
  let id: String
  let schema: Schema
  let rowCount: Int
  let byteCount: Int64
  let checksum: UInt64
  let times: ClosedRange<Int64>?
  /// Where the file waits.
  let temporaryPath: String
  /// Where it will be, below the store's folder.
  let relativePath: String
}
