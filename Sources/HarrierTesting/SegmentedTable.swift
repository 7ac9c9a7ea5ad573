public import Columnar
public import Execution
import Segments

/// Tables in memory, written to segments and read again.
public enum SegmentedTable {
  /// The rows of a table in segments of so many rows.
  public static func make(_ table: ColumnTable, segmentRows: Int) throws -> StoredTable {
    let rows = table.combined()
    var segments: [any StoredSegment] = []
    for start in stride(from: 0, to: rows.count, by: max(1, segmentRows)) {
      let writer = SegmentWriter(schema: table.schema, timeColumn: "Timestamp")
      writer.append(rows.slice(start..<min(rows.count, start + segmentRows)))
      let id = SegmentID(high: 1, low: UInt64(segments.count))
      let encoded = writer.finish(id: id)
      segments.append(OpenSegment(try Segment(inMemory: encoded.pieces)))
    }
    return StoredTable(schema: table.schema, segments: segments)
  }
}
