import CSIMD
import Columnar
import QueryPlan
import Segments

/// Reads blocks of segments within one worker: tests first, then the columns of what is left.
final class SegmentScanner {
  private let scan: SegmentScan
  private let context: ExecutionContext
  private let types: [ScalarType]
  /// Compiled expressions of value tests, by number.
  private var valueNodes: [Int: any ExpressionNode] = [:]
  private var rowNodes: [RowCondition] = []
  private var opened: (number: Int, columns: SegmentColumns)?

  init(_ scan: SegmentScan, _ context: ExecutionContext) throws {
    self.scan = scan
    self.context = context
    types = scan.columns.map(\.type)
    let layout = ColumnLayout(scan.columns)
    let compiler = ExpressionCompiler(layout: layout, context: context)
    for test in scan.tests { try compile(test, compiler, layout) }
  }

  private func compile(
    _ test: ScanTest,
    _ compiler: ExpressionCompiler,
    _ layout: ColumnLayout
  ) throws {
    switch test {
    case .bounds: break
    case .values(let test): valueNodes[test.number] = try compiler.compile(test.expression)
    case .any(let parts):
      for part in parts { try compile(part, compiler, layout) }
    case .rows(let expression):
      rowNodes.append(
        RowCondition(
          node: try compiler.compile(expression),
          columns: expression.columnPositions(in: layout)
        )
      )
    }
  }

  /// Reads a run of rows block by block; the body returns false to stop.
  func read(
    _ number: Int,
    from start: Int,
    count: Int,
    _ body: (Batch) throws -> Bool
  ) throws {
    if isBeaten(scan.parts[number].stored) { return }
    let columns = try open(number)
    let end = min(columns.segment.rowCount, start + count)
    if scan.emitted.isEmpty {
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
          try body(columns.batch(rows, of: scan.emitted))
        else { return }
        continue
      }
      if !survivors.hasRoom(for: kept.count), try !flush(&survivors, columns, body) { return }
      survivors.append(kept, of: rows)
      if survivors.count >= SurvivingRows.fewRows, try !flush(&survivors, columns, body) { return }
    }
    _ = try flush(&survivors, columns, body)
  }

  /// Hands on the rows that have gathered; false where no more are wanted.
  private func flush(
    _ survivors: inout SurvivingRows,
    _ columns: SegmentColumns,
    _ body: (Batch) throws -> Bool
  ) throws -> Bool {
    if survivors.count == 0 { return true }
    defer { survivors.removeAll() }
    return try body(columns.batch(survivors, of: scan.emitted))
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
    let columns = try SegmentColumns(part, scan.columns)
    opened = (number, columns)
    return columns
  }

  // MARK: Tests

  /// The rows of a block that pass; nil where none does.
  private func select(_ rows: Range<Int>, _ columns: SegmentColumns) throws -> BlockSelection? {
    if isBeaten(rows, columns) { return nil }
    var selection = BlockSelection(rows.count)
    var rowNumber = 0
    for test in scan.tests {
      switch try outcome(test, rows, columns, &rowNumber, visible: selection.rows) {
      case .all: continue
      case .none: return nil
      case .flags(let flags): selection.narrow(flags)
      case .passed(let inner): selection.narrow(inner)
      }
      if selection.isEmpty { return nil }
    }
    if let flags = try unbeaten(rows, columns) { selection.narrow(flags) }
    return selection.isEmpty ? nil : selection
  }

  /// What a test says of a block.
  private enum Outcome {
    case all
    case none
    /// One flag for each row of the block.
    case flags(Buffer)
    /// Which of the visible rows pass.
    case passed(Selection)
  }

  private func outcome(
    _ test: ScanTest,
    _ rows: Range<Int>,
    _ columns: SegmentColumns,
    _ rowNumber: inout Int,
    visible: Selection?
  ) throws -> Outcome {
    switch test {
    case .bounds(let test): return try outcome(test, rows, columns)
    case .values(let test): return try outcome(test, rows, columns, visible)
    case .rows:
      defer { rowNumber += 1 }
      return try outcome(rowNodes[rowNumber], rows, columns, visible)
    case .any(let parts):
      return try outcome(anyOf: parts, rows, columns, &rowNumber)
    }
  }

  private func outcome(
    _ test: BoundsTest,
    _ rows: Range<Int>,
    _ columns: SegmentColumns
  ) throws -> Outcome {
    guard let range = test.range, case .stored(.fixed(let column)) = columns[test.column] else {
      return .none
    }
    let block = rows.lowerBound / Segment.blockRows
    guard let bounds = column.bounds(ofBlock: block), bounds.overlaps(range) else { return .none }
    let isInside = range.contains(bounds.lowerBound) && range.contains(bounds.upperBound)
    if isInside, !column.hasNulls(inBlock: block) { return .all }
    try column.ensure(rows)
    return .flags(BoundsKernel.flags(column.vector, rows, range))
  }

  private func outcome(
    _ test: ValueTest,
    _ rows: Range<Int>,
    _ columns: SegmentColumns,
    _ visible: Selection?
  ) throws -> Outcome {
    guard let node = valueNodes[test.number] else { return .none }
    guard case .stored(.text(let column)) = columns[test.column] else {
      // The segment lacks the column: all rows have one value.
      return try outcome(RowCondition(node: node, columns: [test.column]), rows, columns, visible)
    }
    let mask = try columns.part.masks.mask(test.number) {
      try ValueMasking(test: test, node: node, types: types, budget: context.budget)
        .mask(column, wantedRows: try wantedRows(columns))
    }
    switch mask {
    case .none: return .none
    case .all: return .all
    case .untested:
      return try outcome(RowCondition(node: node, columns: [test.column]), rows, columns, visible)
    case .some(let flags):
      try column.ensureCodes(rows)
      let answer = Buffer(byteCount: rows.count)
      let target = answer.values(UInt8.self)
      let flag = flags.values(UInt8.self)
      let codes = column.codeBase + rows.lowerBound
      for row in 0..<rows.count { target[row] = flag[Int(codes[row])] }
      return .flags(answer)
    }
  }

  private func outcome(
    _ condition: RowCondition,
    _ rows: Range<Int>,
    _ columns: SegmentColumns,
    _ visible: Selection?
  ) throws -> Outcome {
    let seen = try columns.batch(rows, visible, only: condition.columns)
    let flags = try condition.node.evaluate(seen)
    if flags.constant == .bool(true) { return .all }
    let passed = Selection(trueRowsOf: flags)
    if passed.count == 0 { return .none }
    return passed.count == seen.count ? .all : .passed(passed)
  }

  private func outcome(
    anyOf parts: [ScanTest],
    _ rows: Range<Int>,
    _ columns: SegmentColumns,
    _ rowNumber: inout Int
  ) throws -> Outcome {
    var union: Buffer?
    var isAll = false
    for part in parts {
      switch try outcome(part, rows, columns, &rowNumber, visible: nil) {
      case .all: isAll = true
      case .none: continue
      case .flags(let flags): union = Self.union(union, flags, rows.count)
      case .passed(let selection):
        union = Self.union(union, selection.flags(count: rows.count), rows.count)
      }
    }
    if isAll { return .all }
    return union.map { .flags($0) } ?? .none
  }

  private static func union(_ known: Buffer?, _ more: Buffer, _ count: Int) -> Buffer {
    guard let known else { return more }
    let target = known.values(UInt8.self)
    let source = more.values(UInt8.self)
    for row in 0..<count { target[row] |= source[row] }
    return known
  }

  /// How many rows of the segment the bounds let pass, by whole blocks.
  private func wantedRows(_ columns: SegmentColumns) throws -> Int {
    let bounds = scan.tests.compactMap { test -> BoundsTest? in
      if case .bounds(let test) = test { test } else { nil }
    }
    guard !bounds.isEmpty else { return columns.segment.rowCount }
    let blocks = (0..<columns.segment.blockCount).count { block in
      bounds.allSatisfy { test in
        guard case .stored(.fixed(let column)) = columns[test.column], let range = test.range,
          let own = column.bounds(ofBlock: block)
        else { return false }
        return own.overlaps(range)
      }
    }
    return blocks * Segment.blockRows
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

/// A condition that is tested row by row.
private struct RowCondition {
  let node: any ExpressionNode
  /// Columns that it reads.
  let columns: Set<Int>
}

/// Which rows of a block are left.
private struct BlockSelection {
  /// nil while all rows are left.
  private(set) var rows: Selection?
  private let count: Int

  init(_ count: Int) { self.count = count }

  var isEmpty: Bool { rows?.count == 0 }

  /// Keeps the rows with a flag.
  mutating func narrow(_ flags: Buffer) {
    let flag = UnsafePointer(flags.values(UInt8.self))
    guard let rows else {
      let passed = Selection(flags: flag, count: count)
      if passed.count < count { self.rows = passed }
      return
    }
    let kept = Buffer(byteCount: rows.count * 4)
    let target = kept.values(UInt32.self)
    let source = rows.base
    var passed = 0
    for index in 0..<rows.count {
      target[passed] = source[index]
      passed &+= Int(flag[Int(source[index])])
    }
    self.rows = Selection(indices: kept, count: passed)
  }

  /// Keeps some of the rows that are left.
  mutating func narrow(_ inner: Selection) {
    rows = rows.map { $0.picking(inner) } ?? inner
  }
}

extension Selection {
  /// 1 for each row that is selected, else 0.
  fileprivate func flags(count rows: Int) -> Buffer {
    let flags = Buffer(zeroed: rows)
    let flag = flags.values(UInt8.self)
    for index in 0..<count { flag[Int(base[index])] = 1 }
    return flags
  }
}
