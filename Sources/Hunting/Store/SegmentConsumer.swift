import Columnar
import Execution
import FileAccess
import Segments
import TableStore

/// Turns rows into segments of one table of one tenant.
///
/// Columns without a value in any row of a segment are not in it, but for those that the one who
/// ingests has stated. What is not in the schema of a known table is kept as text.
final class SegmentConsumer {
  private let session: IngestionSession
  private let tenant: String
  private let table: String
  private let statedColumns: [ColumnSchema]
  private let threads: Int
  private let expectsManyRows: Bool
  private let randomness: any Randomness
  private var writer: SegmentWriter?
  /// Segments so far, which numbers them in the order of their rows.
  private var segmentCount = 0
  /// Rows so far.
  private(set) var rowCount = 0

  init(
    _ session: IngestionSession,
    tenant: String,
    table: String,
    statedColumns: [ColumnSchema],
    threads: Int,
    expectsManyRows: Bool,
    randomness: any Randomness
  ) {
    self.session = session
    self.tenant = tenant
    self.table = table
    self.statedColumns = statedColumns
    self.threads = threads
    self.expectsManyRows = expectsManyRows
    self.randomness = randomness
  }

  /// Rows that are in no finished segment yet.
  var waitingRows: Int { writer?.rowCount ?? 0 }

  /// Takes rows.
  func append(_ columns: [IngestedColumn], count: Int) throws {
    rowCount += count
    var start = 0
    while start < count {
      let writer = self.writer ?? makeWriter()
      let end = min(count, start + writer.roomRows)
      append(columns, start..<end, to: writer)
      if writer.isFull { try finishSegment() }
      start = end
    }
  }

  /// Ends the segment that is being filled.
  func finish() throws {
    if let writer, writer.rowCount > 0 { try finishSegment() }
  }

  private func makeWriter() -> SegmentWriter {
    let writer = SegmentWriter(
      schema: Schema(statedColumns),
      timeColumn: EventTime.column(of: table),
      expectedRows: expectsManyRows ? SegmentWriter.rowLimit / 16 : 1024
    )
    self.writer = writer
    return writer
  }

  private func append(_ added: [IngestedColumn], _ rows: Range<Int>, to writer: SegmentWriter) {
    for column in added where column.hasValues {
      if writer.schema.index(of: column.name) == nil {
        writer.addColumn(ColumnSchema(column.name, column.vector.type))
      }
    }
    let vectors = Dictionary(
      added.map { ($0.name, $0.vector) },
      uniquingKeysWith: { first, _ in first }
    )
    let columns = writer.schema.columns.map { column -> Vector in
      let found =
        vectors[column.name] ?? EventTime.standIn(for: column.name).flatMap { vectors[$0] }
      guard let vector = found, vector.type == column.type else {
        return Vector(constant: .missing(column.type), count: rows.count)
      }
      return vector.slice(rows)
    }
    writer.append(Batch(columns: columns, count: rows.count))
  }

  private func finishSegment() throws {
    guard let writer else { return }
    self.writer = nil
    let threads = self.threads
    let encoded = try writer.finish(id: SegmentID(randomness)) { count, body in
      try ParallelWork.forEach(count, threads: threads, body)
    }
    try session.add(SegmentFile(encoded), to: table, of: tenant, at: segmentCount)
    segmentCount += 1
  }
}

/// Which column of a table carries event time.
public enum EventTime {
  /// `Timestamp` in Defender's tables, `TimeGenerated` in others.
  public static func column(of table: String) -> String {
    let known = TableSchemas.environment(.hunting).lookup(table)
    let hasTimestamp = known?.columns.contains { $0.name == "Timestamp" } ?? true
    return hasTimestamp ? "Timestamp" : "TimeGenerated"
  }

  /// The column that has the time of an event where this one is not there: queries of both products
  /// run over the same rows.
  static func standIn(for column: String) -> String? {
    switch column {
    case "Timestamp": "TimeGenerated"
    case "TimeGenerated": "Timestamp"
    default: nil
    }
  }
}

extension SegmentFile {
  /// An encoded segment on its way to the store.
  init(_ encoded: EncodedSegment) {
    let summary = encoded.summary
    self.init(
      id: summary.id.description,
      schema: Schema(summary.columns),
      rowCount: summary.rowCount,
      checksum: summary.checksum,
      times: summary.timeRange
    )
    chunks = encoded.pieces
  }
}
