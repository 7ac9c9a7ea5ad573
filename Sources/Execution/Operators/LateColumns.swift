import Columnar
import QueryPlan
import Segments

/// Which columns of a batch are fetched by a column of locators, in whose place they come.
struct LateColumns: Sendable {
  /// Where the locators stand in a batch.
  let locator: Int
  let types: [ScalarType]
  /// Where each column stands in the scan; nil where the scan lacks it or nobody reads it.
  var positions: [Int?]

  /// About how many bytes a row of them takes.
  var rowBytes: Int {
    zip(types, positions).reduce(0) { total, column in
      column.1 == nil ? total : total + (column.0.isText ? 64 : column.0.byteWidth)
    }
  }

  /// Puts the columns of all rows in the place of the locators.
  func complete(_ batch: Batch, _ rows: LateRows) throws -> Batch {
    complete(batch, try rows.columns(positions.compactMap { $0 }, of: batch.columns[locator]))
  }

  /// - Parameter fetched: the columns that have a position.
  fileprivate func complete(_ batch: Batch, _ fetched: [Vector]) -> Batch {
    var rest = fetched[...]
    let columns = zip(types, positions).map { type, position in
      (position == nil ? nil : rest.popFirst())
        ?? Vector(constant: .missing(type), count: batch.count)
    }
    return Batch(
      columns: batch.columns[..<locator] + columns + batch.columns[(locator + 1)...],
      count: batch.count
    )
  }
}

/// Fetches columns of rows that come in the order of their locators, a batch at a time.
struct LateColumnsFactory: StageFactory {
  let columns: LateColumns
  let scan: SegmentScan

  func makeStage(_ context: ExecutionContext) -> any Stage { LateColumnsStage(self, context) }

  var pinnedBytes: Int { scan.decodedBytes(ofColumns: Set(columns.positions.compactMap { $0 })) }
}

private final class LateColumnsStage: Stage {
  private let columns: LateColumns
  private let scan: SegmentScan
  private let context: ExecutionContext
  /// The segment of the last row.
  private var opened: (number: Int, columns: SegmentColumns)?
  /// Rows that were fetched since memory was asked for.
  private var fetchedRows = 0

  /// Rows that are fetched before what was decoded of a segment is given up for want of memory.
  private static let rowsAtOnce = 16_384

  init(_ factory: LateColumnsFactory, _ context: ExecutionContext) {
    columns = factory.columns
    scan = factory.scan
    self.context = context
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    fetchedRows += batch.count
    if fetchedRows >= Self.rowsAtOnce {
      fetchedRows = 0
      if context.budget.makeRoom() { opened = nil }
    }
    let rows = LocatedRows(batch.columns[columns.locator])
    let segments = try rows.runs.map { try open($0.segment) }
    let fetched = try columns.positions.compactMap { $0 }.map { position in
      try context.budget.check()
      return try rows.gather(position, scan.columns[position].type, segments)
    }
    try emit(columns.complete(batch, fetched))
  }

  private func open(_ number: Int) throws -> SegmentColumns {
    if let opened, opened.number == number { return opened.columns }
    opened = nil
    _ = context.budget.makeRoom()
    let columns = try SegmentColumns(scan.parts[number], of: scan)
    opened = (number, columns)
    return columns
  }
}
