import Columnar
import Execution
import QueryPlan
import Segments
import TableStore

/// Rows of a table that queries do not show, because a supplement shows what became of them.
public struct HiddenRows: Sendable {
  /// The text column that tells what a row is about.
  public let column: String
  public let values: Set<String>
  /// The last row that is looked at, by its sequence number.
  public let last: Int64

  public init(column: String, values: Set<String>, last: Int64) {
    self.column = column
    self.values = values
    self.last = last
  }
}

/// A segment file without its hidden rows, made when a query first looks at it.
final class VisibleSegment: StoredSegment {
  private let file: StoredSegmentFile
  private let table: String
  private let hidden: @Sendable (ReadMoment) throws -> HiddenRows?
  private let moment: ReadMoment
  private let visible = Once<Visible>()

  private struct Visible: Sendable {
    /// nil where no row is left.
    let segment: Segment?
    /// Numbers of the rows that are left; nil where all are.
    let rows: [Int]?
  }

  /// - Parameter hidden: the rows of the table that are hidden at a moment; asked when a query
  ///   looks at it.
  init(
    _ file: StoredSegmentFile,
    of table: String,
    at moment: ReadMoment = ReadMoment(),
    hidden: @escaping @Sendable (ReadMoment) throws -> HiddenRows?
  ) {
    self.moment = moment
    self.file = file
    self.table = table
    self.hidden = hidden
  }

  /// What one query sees of it, who shows what is hidden here at the same moment.
  func narrowed(to need: ScanNeed) -> any StoredSegment {
    let seen = try? need.moment.value(of: "VisibleSegment \(ObjectIdentifier(self))") {
      VisibleSegment(file, of: table, at: need.moment, hidden: hidden)
    }
    return seen ?? self
  }

  /// Where the rows cannot be read there seem to be all, so that ``open()`` is asked why.
  var rowCount: Int {
    do {
      return try visible.value(read).segment?.rowCount ?? 0
    } catch {
      return file.rowCount
    }
  }

  var timeBounds: (column: String, range: ClosedRange<Int64>)? { file.timeBounds }

  func standIn(for column: String) -> String? { file.standIn(for: column) }

  func constant(named column: String) -> Scalar? { file.constant(named: column) }

  func arrivals(_ arrival: RowArrival) -> RowTimes? {
    guard let rows = (try? visible.value(read))?.rows else { return file.arrivals(arrival) }
    var times = RowTimes()
    var start = 0
    var next = rows[...]
    for run in file.entry.runs {
      start += Int(run.rowCount)
      let count = next.prefix { $0 < start }.count
      next = next.dropFirst(count)
      times.append(
        count: count,
        ticks: arrival == .time ? run.ingestedTicks : run.lastSequence
      )
    }
    return times
  }

  func open() throws -> Segment {
    if let segment = try visible.value(read).segment { return segment }
    throw QueryFailure(.input, "the rows of '\(table)' changed while they were read")
  }

  private func read() throws -> Visible {
    let whole = try file.open()
    do {
      guard let hidden = try hidden(moment),
        let index = whole.schema.index(of: hidden.column)
      else { return Visible(segment: whole, rows: nil) }
      let rows = try visibleRows(of: whole, column: index, hidden)
      if rows.count == whole.rowCount { return Visible(segment: whole, rows: nil) }
      return Visible(segment: try copy(of: whole, rows: rows), rows: rows)
    } catch let failure as QueryFailure {
      throw failure
    } catch {
      throw QueryFailure(.input, "the rows of '\(table)' cannot be read: \(error)")
    }
  }

  private func visibleRows(of whole: Segment, column: Int, _ hidden: HiddenRows) throws -> [Int] {
    let reader = try whole.column(column)
    try reader.ensure(0..<whole.rowCount)
    let end = file.entry.runs.first(after: hidden.last)
    return (0..<whole.rowCount).filter { row in
      guard row < end, case .string(let value) = reader.vector.scalar(at: row) else { return true }
      return !hidden.values.contains(value.text)
    }
  }

  /// The rows that are left, in memory.
  private func copy(of whole: Segment, rows: [Int]) throws -> Segment? {
    if rows.isEmpty { return nil }
    let selection = Selection(rows.map { UInt32($0) })
    let vectors = try whole.schema.columns.indices.map { index in
      let reader = try whole.column(index)
      try reader.ensure(0..<whole.rowCount)
      return reader.vector.gather(selection)
    }
    let writer = SegmentWriter(
      schema: whole.schema,
      timeColumn: EventTime.column(of: table)
    )
    writer.append(Batch(columns: vectors, count: rows.count))
    let encoded = writer.finish(id: SegmentID(high: 0, low: 0))
    return try Segment(inMemory: encoded.pieces)
  }
}
