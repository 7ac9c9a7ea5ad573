public import Columnar

/// What the catalogue keeps of a segment, so that most queries need not open its file.
public struct SegmentSummary: Sendable, Equatable {
  public let id: SegmentID
  public let rowCount: Int
  /// Size of the file.
  public let byteCount: Int
  /// Checksum of the footer, which holds those of everything else.
  public let checksum: UInt64
  /// Least and greatest value of the time column in ticks; nil where it has none.
  public let timeRange: ClosedRange<Int64>?
  public let columns: [ColumnSchema]

  public init(
    id: SegmentID,
    rowCount: Int,
    byteCount: Int,
    checksum: UInt64,
    timeRange: ClosedRange<Int64>?,
    columns: [ColumnSchema]
  ) {
    self.id = id
    self.rowCount = rowCount
    self.byteCount = byteCount
    self.checksum = checksum
    self.timeRange = timeRange
    self.columns = columns
  }
}

/// A segment as the bytes of its file, in order.
public struct EncodedSegment: Sendable {
  public let pieces: [[UInt8]]
  public let summary: SegmentSummary
}
