import Columnar
import Execution
import QueryPlan
import Segments

/// Rows of a supplement as a segment in memory, made when a query first looks at them: each reads
/// them ``narrowed(to:)`` what it looks at.
final class SuppliedSegment: StoredSegment {
  private let supplement: any TableSupplement
  private let table: String
  private let tenant: String
  private let constants: [String: Scalar]
  /// What one query reads of it; nil before it is narrowed.
  private let wanted: WantedRows?
  /// nil where there are no rows.
  private let segment = Once<Segment?>()
  private let times = Once<RowTimes?>()

  init(
    _ supplement: any TableSupplement,
    table: String,
    tenant: String,
    constants: [String: Scalar],
    wanted: WantedRows? = nil
  ) {
    self.supplement = supplement
    self.table = table
    self.tenant = tenant
    self.constants = constants
    self.wanted = wanted
  }

  /// Where the rows cannot be read there seems to be one, so that ``open()`` is asked why.
  var rowCount: Int {
    do {
      return try segment.value(read)?.rowCount ?? 0
    } catch {
      return 1
    }
  }

  /// nil before it is narrowed, and where the rows cannot be read, so that ``open()`` is asked why.
  var timeBounds: (column: String, range: ClosedRange<Int64>)? {
    guard wanted != nil else { return nil }
    return ((try? segment.value(read)) ?? nil).flatMap { OpenSegment($0).timeBounds }
  }

  func hasRows(before ticks: Int64, at moment: ReadMoment) -> Bool {
    let known = try? supplement.hasRows(of: table, tenant: tenant, before: ticks, at: moment)
    if let known = known ?? nil { return known }
    let time = EventTime.column(of: table)
    let older = narrowed(to: [time], times: Int64.min...max(ticks, .min + 1) - 1, at: moment)
    return older.timeBounds.map { $0.range.lowerBound < ticks } ?? false
  }

  func narrowed(to need: ScanNeed) -> any StoredSegment {
    var columns = need.columns.union(need.columns.compactMap(EventTime.standIn))
    columns.insert(EventTime.column(of: table))
    if need.asksForArrivals, let arrival { columns.insert(arrival) }
    // Both columns have the same time.
    let times = need.times["Timestamp"] ?? need.times["TimeGenerated"]
    return narrowed(to: columns, times: times, at: need.moment)
  }

  /// What is read of it at a moment, which all that read the same share.
  private func narrowed(
    to columns: Set<String>,
    times: ClosedRange<Int64>?,
    at moment: ReadMoment
  ) -> SuppliedSegment {
    let narrows = supplement.narrows(table)
    let wanted = WantedRows(
      columns: narrows ? columns : nil,
      times: narrows ? times : nil,
      moment: moment
    )
    let what = narrows ? "\(columns.sorted()) \(String(describing: times))" : ""
    let made = try? moment.value(of: "SuppliedSegment \(ObjectIdentifier(self)) \(what)") {
      with(wanted)
    }
    return made ?? with(wanted)
  }

  private func with(_ wanted: WantedRows) -> SuppliedSegment {
    SuppliedSegment(
      supplement,
      table: table,
      tenant: tenant,
      constants: constants,
      wanted: wanted
    )
  }

  func standIn(for column: String) -> String? { EventTime.standIn(for: column) }

  func constant(named column: String) -> Scalar? { constants[column] }

  /// The rows have no numbers of their own.
  func arrivals(_ arrival: RowArrival) -> RowTimes? {
    wanted != nil && arrival == .time ? (try? times.value(readTimes)) ?? nil : nil
  }

  private var arrival: String? { supplement.tables.first { $0.name == table }?.arrival }

  /// nil where no column has the times of all rows.
  private func readTimes() throws -> RowTimes? {
    guard let segment = try segment.value(read),
      let name = arrival,
      let index = segment.schema.index(of: name)
    else { return nil }
    let reader = try segment.column(index)
    try reader.ensure(0..<segment.rowCount)
    var times = RowTimes()
    for row in 0..<segment.rowCount {
      guard case .datetime(let time) = reader.vector.scalar(at: row) else { return nil }
      times.append(count: 1, ticks: time.ticks)
    }
    return times
  }

  func open() throws -> Segment {
    if let segment = try segment.value(read) { return segment }
    throw QueryFailure(.input, "the rows of '\(table)' changed while they were read")
  }

  private func read() throws -> Segment? {
    do {
      let rows = try supplement.rows(of: table, tenant: tenant, wanted ?? .all)
      if rows.rowCount == 0 { return nil }
      let writer = SegmentWriter(
        schema: rows.schema,
        timeColumn: EventTime.column(of: table)
      )
      for chunk in rows.chunks { writer.append(chunk) }
      let encoded = writer.finish(id: SegmentID(high: 0, low: 0))
      return try Segment(inMemory: encoded.pieces)
    } catch {
      throw QueryFailure(.input, "the rows of '\(table)' cannot be read: \(error)")
    }
  }
}
