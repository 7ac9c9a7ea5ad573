public import Columnar

/// Collects batches of one table and encodes them as a segment.
///
/// Belongs to one thread at a time. A segment holds at most `rowLimit` rows; `isFull` tells when
/// to finish this one and start another.
public final class SegmentWriter {
  /// The most rows of a segment.
  public static let rowLimit = SegmentLayout.rowLimit

  public private(set) var schema: Schema
  /// Rows so far.
  public private(set) var rowCount = 0
  private var columns: [Column] = []
  private let timeColumn: String?
  private let capacity: Int

  private enum Column: Sendable {
    case fixed(FixedColumnWriter)
    case text(TextColumnWriter)
  }

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - schema: the columns of all batches, in order.
  ///   - timeColumn: the column that carries event time, for the summary; must be a datetime.
  ///   - expectedRows: about how many rows will come.
  public init(schema: Schema, timeColumn: String? = nil, expectedRows: Int = 4096) {
    self.schema = schema
    self.timeColumn = timeColumn
    capacity = min(max(1, expectedRows), Self.rowLimit)
    columns = schema.columns.map { Self.makeColumn($0, capacity) }
  }

  /// Adds a column, which is missing in the rows so far.
  public func addColumn(_ column: ColumnSchema) {
    let added = Self.makeColumn(column, max(capacity, rowCount))
    if rowCount > 0 {
      let missing = Vector(constant: .missing(column.type), count: rowCount)
      switch added {
      case .fixed(let writer): writer.append(missing)
      case .text(let writer): writer.append(missing)
      }
    }
    schema.columns.append(column)
    columns.append(added)
  }

  private static func makeColumn(_ column: ColumnSchema, _ capacity: Int) -> Column {
    column.type.isText
      ? .text(TextColumnWriter(column, capacity: capacity))
      : .fixed(FixedColumnWriter(column, capacity: capacity))
  }

  /// The position of the column with event time, where there is one of type datetime.
  private var timePosition: Int? {
    timeColumn.flatMap { schema.index(of: $0) }.flatMap { index in
      schema.columns[index].type == .datetime ? index : nil
    }
  }

  /// Rows that still fit.
  public var roomRows: Int { Self.rowLimit - rowCount }

  /// Whether no more rows should come: there are enough, or a column nears the reach of its heap.
  public var isFull: Bool {
    roomRows == 0
      || columns.contains { column in
        if case .text(let writer) = column { return writer.textByteCount > Self.textLimit }
        return false
      }
  }

  /// About how many bytes the writer holds.
  public var byteCount: Int {
    columns.reduce(0) { total, column in
      switch column {
      case .fixed(let writer): total + writer.byteCount
      case .text(let writer): total + writer.byteCount
      }
    }
  }

  private static let textLimit = SegmentLayout.heapLimit / 4

  /// Adds rows; there must be room for them.
  public func append(_ batch: Batch) {
    guard batch.columns.count == columns.count, batch.count <= roomRows else {
      unreachable("a batch has the writer's columns and fits")
    }
    for (column, vector) in zip(columns, batch.columns) {
      switch column {
      case .fixed(let writer): writer.append(vector)
      case .text(let writer): writer.append(vector)
      }
    }
    rowCount += batch.count
  }

  /// Encodes the rows, one column after another.
  public func finish(id: SegmentID) -> EncodedSegment {
    finish(id: id) { count, body in
      for index in 0..<count { body(index) }
    }
  }

  /// Encodes the rows.
  ///
  /// - Parameters:
  ///   - id: the name of the new segment.
  ///   - run: runs a body for each of so many columns, on whichever threads it likes.
  public func finish(
    id: SegmentID,
    run: (Int, @escaping @Sendable (Int) -> Void) throws -> Void
  ) rethrows -> EncodedSegment {
    let slots = EncodingSlots(columns.count)
    let columns = self.columns
    let terms = SegmentTerms(textBytes: textByteCount)
    try run(columns.count) { index in
      switch columns[index] {
      case .fixed(let writer): slots.put(writer.encode(), at: index)
      case .text(let writer): slots.put(writer.encode(terms), at: index)
      }
    }
    return SegmentAssembly(id: id, rowCount: rowCount, timeColumn: timePosition)
      .assemble(slots.all, terms)
  }

  /// Bytes of all distinct values of all text columns.
  private var textByteCount: Int {
    columns.reduce(0) { total, column in
      if case .text(let writer) = column { total + writer.textByteCount } else { total }
    }
  }
}
