import CSIMD
import Columnar
import QueryPlan
import Segments

/// Reads blocks of segments within one worker: tests first, then the columns of what is left.
final class SegmentScanner {
  private let scan: SegmentScan
  private let context: ExecutionContext
  private let tester: BlockTester
  private var opened: (number: Int, columns: SegmentColumns)?

  init(_ scan: SegmentScan, _ context: ExecutionContext) throws {
    self.scan = scan
    self.context = context
    tester = try BlockTester(scan, context)
  }

  /// Reads a run of rows block by block; the body returns false to stop.
  func read(
    _ number: Int,
    from start: Int,
    count: Int,
    _ body: (Batch) throws -> Bool
  ) throws {
    if isBeaten(scan.parts[number].stored) { return }
    if try scan.isExcludedByTerms(scan.parts[number]) { return }
    if context.budget.makeRoom() { opened = nil }
    let columns = try open(number)
    let end = min(columns.segment.rowCount, start + count)
    if scan.emitted.isEmpty, !scan.emitsLocators {
      let passed = try self.count(start..<end, columns)
      if passed > 0 { _ = try body(Batch(columns: [], count: passed)) }
      return
    }
    var survivors = SurvivingRows()
    var row = start
    while row < end {
      let rows = row..<min(end, row + Segment.blockRows)
      row = rows.upperBound
      try context.budget.check()
      guard let selection = try select(rows, columns) else { continue }
      guard let kept = selection.rows else {
        guard try flush(&survivors, columns, body),
          try body(batch(rows, number, columns))
        else { return }
        continue
      }
      if !survivors.hasRoom(for: kept.count), try !flush(&survivors, columns, body) { return }
      survivors.append(kept, of: rows)
      if survivors.count >= SurvivingRows.fewRows, try !flush(&survivors, columns, body) { return }
    }
    _ = try flush(&survivors, columns, body)
  }

  /// Lets another segment go before one is read; where memory is tight, for all workers.
  func leave(for number: Int) {
    guard let last = opened, last.number != number else { return }
    if context.budget.isTight() { last.columns.segment.releaseColumns() }
    opened = nil
  }

  /// Hands on the rows that have gathered; false where no more are wanted.
  private func flush(
    _ survivors: inout SurvivingRows,
    _ columns: SegmentColumns,
    _ body: (Batch) throws -> Bool
  ) throws -> Bool {
    if survivors.count == 0 { return true }
    defer { survivors.removeAll() }
    let batch = try columns.batch(survivors, of: scan.emitted)
    guard scan.emitsLocators, let opened else { return try body(batch) }
    let base = survivors.base
    let locators = RowLocator.vector(opened.number, count: survivors.count) { Int(base[$0]) }
    return try body(Batch(columns: batch.columns + [locators], count: batch.count))
  }

  /// All rows of a run within a block.
  private func batch(_ rows: Range<Int>, _ number: Int, _ columns: SegmentColumns) throws -> Batch {
    let batch = try columns.batch(rows, of: scan.emitted)
    guard scan.emitsLocators else { return batch }
    let locators = RowLocator.vector(number, count: rows.count) { rows.lowerBound &+ $0 }
    return Batch(columns: batch.columns + [locators], count: batch.count)
  }

  /// How many rows of a run pass, where nothing else is asked of them.
  private func count(_ run: Range<Int>, _ columns: SegmentColumns) throws -> Int {
    var passed = 0
    for row in stride(from: run.lowerBound, to: run.upperBound, by: Segment.blockRows) {
      let rows = row..<min(run.upperBound, row + Segment.blockRows)
      try context.budget.check()
      guard let selection = try select(rows, columns) else { continue }
      passed += selection.rows?.count ?? rows.count
    }
    return passed
  }

  private func open(_ number: Int) throws -> SegmentColumns {
    if let opened, opened.number == number { return opened.columns }
    let part = scan.parts[number]
    let columns = try SegmentColumns(part, of: scan)
    opened = (number, columns)
    tester.forgetSegment()
    return columns
  }

  /// The rows of a block that pass; nil where none does.
  private func select(_ rows: Range<Int>, _ columns: SegmentColumns) throws -> BlockSelection? {
    scan.measure?.noteBlock(rows: rows.count)
    if isBeaten(rows, columns) {
      scan.measure?.noteBeaten()
      return nil
    }
    guard var selection = try tester.select(rows, columns) else { return nil }
    if let flags = try unbeaten(rows, columns) { selection.narrow(flags) }
    return selection.isEmpty ? nil : selection
  }

  // MARK: Rows that a `top` has no use for

  /// Whether the bounds of a segment tell that it has enough better rows elsewhere.
  private func isBeaten(_ segment: any StoredSegment) -> Bool {
    guard let top = scan.top, !top.threshold.nullsFirst, let range = top.threshold.range,
      let bounds = segment.timeBounds, scan.columns[top.column].name == bounds.column
    else { return false }
    return !bounds.range.overlaps(range)
  }

  /// The same for a block.
  private func isBeaten(_ rows: Range<Int>, _ columns: SegmentColumns) -> Bool {
    guard let top = scan.top, let range = top.threshold.range,
      case .stored(.fixed(let column)) = columns[top.column]
    else { return false }
    let block = rows.lowerBound / Segment.blockRows
    if top.threshold.nullsFirst, column.hasNulls(inBlock: block) { return false }
    return column.bounds(ofBlock: block).map { !$0.overlaps(range) } ?? true
  }

  /// 1 for each row that may still be wanted, else 0; nil where nothing is known.
  private func unbeaten(_ rows: Range<Int>, _ columns: SegmentColumns) throws -> Buffer? {
    guard let top = scan.top, let range = top.threshold.range,
      case .stored(.fixed(let column)) = columns[top.column],
      !top.threshold.nullsFirst
        || !column.hasNulls(inBlock: rows.lowerBound / Segment.blockRows)
    else { return nil }
    try column.ensure(rows)
    return BoundsKernel.flags(column.vector, rows, range)
  }
}
