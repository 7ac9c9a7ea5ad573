import Columnar
import QueryPlan
import Segments

/// Tests the rows of blocks within one worker.
final class BlockTester {
  private let scan: SegmentScan
  private let context: ExecutionContext
  private let types: [ScalarType]
  /// Compiled expressions of value tests, by number.
  private var valueNodes: [any ExpressionNode] = []
  private var rowNodes: [RowCondition] = []
  /// What is known of value tests in the segment at hand, by number.
  private var masks: [ValueMasks.Mask?] = []

  init(_ scan: SegmentScan, _ context: ExecutionContext) throws {
    self.scan = scan
    self.context = context
    types = scan.columns.map(\.type)
    let layout = ColumnLayout(scan.columns)
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let tests = scan.tests.flatMap(\.valueTests).sorted { $0.number < $1.number }
    valueNodes = try tests.map { try compiler.compile($0.expression) }
    masks = Array(repeating: nil, count: tests.count)
    for test in scan.tests { try compile(test, compiler, layout) }
  }

  private func compile(
    _ test: ScanTest,
    _ compiler: ExpressionCompiler,
    _ layout: ColumnLayout
  ) throws {
    switch test {
    case .bounds, .values: break
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

  /// Another segment comes.
  func forgetSegment() { for number in masks.indices { masks[number] = nil } }

  /// The rows of a block that pass; nil where none does.
  func select(_ rows: Range<Int>, _ columns: SegmentColumns) throws -> BlockSelection? {
    var selection = BlockSelection(rows.count)
    var rowNumber = 0
    for test in scan.tests {
      switch try outcome(test, rows, columns, &rowNumber, visible: selection.rows) {
      case .all: continue
      case .none:
        noteRejection(by: test)
        return nil
      case .flags(let flags): selection.narrow(flags)
      case .passed(let inner): selection.narrow(inner)
      }
      if selection.isEmpty { return nil }
    }
    return selection
  }

  /// Counts a block that a test has left out.
  private func noteRejection(by test: ScanTest) {
    guard let measure = scan.measure else { return }
    switch test {
    case .bounds: measure.noteOutside()
    case .values, .any: measure.noteWithoutValue()
    case .rows: return
    }
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
    let block = rows.lowerBound / Segment.blockRows
    guard let range = test.range,
      let bounds = columns.bounds(of: test.column, inBlock: block), bounds.overlaps(range)
    else { return .none }
    let isInside = range.contains(bounds.lowerBound) && range.contains(bounds.upperBound)
    switch columns[test.column] {
    case .ingested(let times):
      if isInside { return .all }
      let vector = times.vector(rows)
      // Rows of one time lie outside, where those of the block do not all lie inside.
      if vector.constant != nil { return .none }
      return .flags(BoundsKernel.flags(vector, 0..<rows.count, range))
    case .stored(.fixed(let column)):
      if isInside, !column.hasNulls(inBlock: block) { return .all }
      try column.ensure(rows)
      return .flags(BoundsKernel.flags(column.vector, rows, range))
    case .stored(.text), .missing: return .none
    }
  }

  private func outcome(
    _ test: ValueTest,
    _ rows: Range<Int>,
    _ columns: SegmentColumns,
    _ visible: Selection?
  ) throws -> Outcome {
    let node = valueNodes[test.number]
    switch try mask(test, node, columns) {
    case .none: return .none
    case .all: return .all
    case .untested:
      return try outcome(RowCondition(node: node, columns: [test.column]), rows, columns, visible)
    case .some(let flags, let result):
      guard case .stored(.text(let column)) = columns[test.column] else { return .none }
      return try outcome(flags, result, rows, column, of: columns.segment)
    }
  }

  private func outcome(
    _ flags: Buffer,
    _ result: TestResult,
    _ rows: Range<Int>,
    _ column: TextColumnReader,
    of segment: Segment
  ) throws -> Outcome {
    let block = rows.lowerBound / Segment.blockRows
    if result.isEmpty(block: block) { return .none }
    try column.ensureCodes(rows)
    let answer = Buffer(byteCount: rows.count)
    let target = answer.values(UInt8.self)
    let flag = flags.values(UInt8.self)
    let codes = column.codeBase + rows.lowerBound
    var found: UInt8 = 0
    for row in 0..<rows.count {
      let passes = flag[Int(codes[row])]
      target[row] = passes
      found |= passes
    }
    if found != 0 { return .flags(answer) }
    if rows == segment.rows(ofBlock: block) { result.noteEmpty(block: block) }
    return .none
  }

  /// What is known of a test in the segment, asked for once.
  private func mask(
    _ test: ValueTest,
    _ node: any ExpressionNode,
    _ columns: SegmentColumns
  ) throws -> ValueMasks.Mask {
    if let known = masks[test.number] { return known }
    let masking = ValueMasking(test: test, node: node, types: types, budget: context.budget)
    let mask: ValueMasks.Mask
    switch columns[test.column] {
    case .stored(.text(let column)):
      mask = try columns.part.masks.mask(test.number) {
        try masking.mask(column, in: columns, wantedRows: try wantedRows(columns))
      }
    case .missing(let value): mask = try masking.passes(value) ? .all : .none
    case .stored(.fixed), .ingested: unreachable("a test of values is of a text column")
    }
    masks[test.number] = mask
    return mask
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
        guard let range = test.range, let own = columns.bounds(of: test.column, inBlock: block)
        else { return false }
        return own.overlaps(range)
      }
    }
    return blocks * Segment.blockRows
  }
}

/// A condition that is tested row by row.
private struct RowCondition {
  let node: any ExpressionNode
  /// Columns that it reads.
  let columns: Set<Int>
}
