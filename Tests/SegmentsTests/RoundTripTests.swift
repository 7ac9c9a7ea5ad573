import Columnar
import FileAccess
import Testing

@testable import Segments

struct RoundTripTests {
  @Test("what is written is read, in any layout and any order", arguments: 0..<24)
  func roundTrip(seed: Int) throws {
    let table = RandomTable(seed: UInt64(seed))
    let sizes = (0..<1 + table.number(4)).map { _ in [0, 1, 100, 4096, 9000][table.number(5)] }
    let batches = sizes.map { table.batch(rows: $0) }
    let (segment, summary) = try encoded(batches)
    let wanted = Batch.concatenating(batches, types: RandomTable.schema.types)
    #expect(segment.rowCount == wanted.count)
    #expect(segment.schema == RandomTable.schema)
    #expect(summary.rowCount == wanted.count)
    for index in RandomTable.schema.columns.indices {
      let column = try segment.column(index)
      try column.ensure(0..<segment.rowCount)
      let difference = (0..<wanted.count).first { row in
        !same(column.vector.scalar(at: row), wanted.columns[index].scalar(at: row))
      }
      #expect(difference == nil, "column \(index) differs, seed \(seed)")
    }
    try segment.verify()
  }

  @Test("bounds hold every value and are met", arguments: 0..<8)
  func bounds(seed: Int) throws {
    let table = RandomTable(seed: UInt64(seed))
    let batch = table.batch(rows: 10_000)
    let (segment, summary) = try encoded([batch])
    for index in [1, 2, 6, 7, 10] {
      let values = (0..<batch.count).compactMap { integer(batch.columns[index].scalar(at: $0)) }
      let bounds = values.min().flatMap { least in values.max().map { least...$0 } }
      #expect(segment.bounds(ofColumn: index) == bounds)
      guard case .fixed(let column) = try segment.column(index) else { continue }
      for block in 0..<segment.blockCount {
        let rows = segment.rows(ofBlock: block)
        let own = rows.compactMap { integer(batch.columns[index].scalar(at: $0)) }
        let wanted = own.min().flatMap { least in own.max().map { least...$0 } }
        #expect(column.bounds(ofBlock: block) == wanted)
      }
    }
    #expect(summary.timeRange == segment.bounds(ofColumn: 10))
  }

  @Test("how much a column takes once it is decoded is known before")
  func wholeBytes() throws {
    let table = RandomTable(seed: 4)
    let writer = SegmentWriter(schema: RandomTable.schema, timeColumn: nil)
    writer.append(table.batch(rows: 20_000))
    let segment = try Segment(inMemory: writer.finish(id: SegmentID(high: 1, low: 1)).pieces)
    for (index, column) in RandomTable.schema.columns.enumerated() {
      let wanted = segment.wholeByteCount(ofColumn: index)
      try segment.column(index).ensure(0..<segment.rowCount)
      let (found, flags) = (segment.columnByteCount, segment.rowCount)
      // Flags of nulls come on top.
      #expect(wanted > 0 && wanted...wanted + flags ~= found, "\(column.name)")
      segment.releaseColumns()
    }
  }

  @Test("decoded bytes count until the last vector lets them go")
  func decodedBytes() throws {
    let table = RandomTable(seed: 3)
    let writer = SegmentWriter(schema: RandomTable.schema, timeColumn: nil)
    writer.append(table.batch(rows: 20_000))
    let pieces = writer.finish(id: SegmentID(high: 1, low: 1)).pieces
    let meter = MemoryMeter()
    let segment = try Segment(
      MappedFile(copying: pieces.flatMap { $0 }, path: "memory"),
      meter: meter
    )
    var held: Vector?
    try {
      let column = try segment.column(11)
      try column.ensure(0..<segment.rowCount)
      #expect(meter.byteCount > 20_000 * 4 && meter.byteCount == segment.decodedByteCount)
      held = column.vector.slice(5..<9)
    }()
    let whole = meter.byteCount
    #expect(held?.count == 4)
    segment.releaseRows()
    #expect(meter.byteCount == whole, "the slice holds rows and values")
    held = nil
    let values = meter.byteCount
    #expect(values > 0 && values == whole - 20_000 * 4, "the values of the dictionary stay")
    segment.releaseAll()
    #expect(meter.byteCount == 0)
  }

  @Test("single blocks and chunks are read without the others")
  func partialReads() throws {
    let table = RandomTable(seed: 7)
    let batch = table.batch(rows: 60_000)
    let (segment, _) = try encoded([batch])
    guard case .text(let lines) = try segment.column(11) else {
      Issue.record("a string column is text")
      return
    }
    #expect(lines.chunkCount > 2)
    try lines.ensureCodes(40_000..<40_010)
    let rows: [UInt32] = [40_001, 40_007]
    try lines.ensureValues(of: rows, count: rows.count)
    for row in rows {
      #expect(lines.vector.scalar(at: Int(row)) == batch.columns[11].scalar(at: Int(row)))
    }
    #expect(segment.decodedByteCount < lines.textByteCount)
  }

  @Test("an empty segment has no rows and is whole")
  func empty() throws {
    let (segment, summary) = try encoded([])
    #expect(segment.rowCount == 0 && summary.timeRange == nil)
    try segment.verify()
  }

  private func integer(_ value: Scalar) -> Int64? {
    switch value {
    case .int(let value): Int64(value)
    case .long(let value): value
    case .datetime(let value): value.ticks
    case .timespan(let value): value.ticks
    default: nil
    }
  }

  /// Equal, NaN with NaN.
  private func same(_ left: Scalar, _ right: Scalar) -> Bool {
    if case .real(let first) = left, case .real(let second) = right {
      return first.bitPattern == second.bitPattern
    }
    return left == right
  }
}

/// A segment of batches, opened from memory.
func encoded(_ batches: [Batch]) throws -> (Segment, SegmentSummary) {
  let segment = encodedPieces(batches)
  return (try Segment(inMemory: segment.pieces), segment.summary)
}

/// The bytes of a segment of batches of the random table.
func encodedPieces(_ batches: [Batch], id: SegmentID = SegmentID(high: 1, low: 2))
  -> EncodedSegment
{
  let writer = SegmentWriter(schema: RandomTable.schema, timeColumn: "Timestamp", expectedRows: 10)
  for batch in batches { writer.append(batch) }
  return writer.finish(id: id)
}
