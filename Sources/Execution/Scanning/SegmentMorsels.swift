import Columnar
import QueryPlan
import Segments

/// The rows of stored segments that pass the conditions of a scan.
struct SegmentMorsels: MorselSource {
  let scan: SegmentScan
  /// Rows that a worker takes at a time.
  private let morselRows: Int
  /// Segment and first row of each morsel.
  private let starts: [(segment: Int, row: Int)]
  let affinities: [Range<Int>]
  let pinnedBytes: Int
  /// Where what is decoded of two segments takes too much.
  private let turns: SegmentTurns?

  init(_ scan: SegmentScan, _ context: ExecutionContext) {
    self.scan = scan
    let tested = scan.tests.reduce(into: Set<Int>()) { $0.formUnion($1.columns(scan.columns)) }
    pinnedBytes = scan.decodedBytes(ofColumns: tested.union(scan.emitted))
    let isWide = context.budget.isMuch(pinnedBytes * context.options.threads)
    turns = isWide && context.options.threads > 1 ? SegmentTurns() : nil
    morselRows = Segment.blockRows * scan.blocksAtOnce(isWide: isWide)
    var starts: [(segment: Int, row: Int)] = []
    var affinities: [Range<Int>] = []
    for (index, part) in scan.parts.enumerated() {
      let first = starts.count
      for row in stride(from: 0, to: part.stored.rowCount, by: morselRows) {
        starts.append((index, row))
      }
      if starts.count > first { affinities.append(first..<starts.count) }
    }
    self.starts = starts
    self.affinities = affinities
  }

  var morselCount: Int { starts.count }

  func makeReader(_ context: ExecutionContext) throws -> any MorselReader {
    SegmentMorselReader(
      starts: starts,
      morselRows: morselRows,
      turns: turns,
      scanner: try SegmentScanner(scan, context)
    )
  }
}

/// Reads morsels of segments within one worker.
private final class SegmentMorselReader: MorselReader {
  private let starts: [(segment: Int, row: Int)]
  private let morselRows: Int
  private let turns: SegmentTurns?
  private let scanner: SegmentScanner

  init(
    starts: [(segment: Int, row: Int)],
    morselRows: Int,
    turns: SegmentTurns?,
    scanner: SegmentScanner
  ) {
    self.starts = starts
    self.turns = turns
    self.morselRows = morselRows
    self.scanner = scanner
  }

  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws {
    let start = starts[morsel]
    guard let turns else {
      return try scanner.read(start.segment, from: start.row, count: morselRows, body)
    }
    scanner.leave(for: start.segment)
    try turns.reading(start.segment) {
      try scanner.read(start.segment, from: start.row, count: morselRows, body)
    }
  }
}

/// A read of a stored table: which segments, columns and conditions.
struct SegmentScan: Sendable {
  /// A segment and what is known of it in this scan.
  struct Part: Sendable {
    let stored: any StoredSegment
    let masks = ValueMasks()
    /// Whether the terms of the segment tell that no row passes.
    let isExcluded = Once<Bool>()
  }

  /// The column that a `top` above orders by first, and what is known of the rows it wants.
  struct TopTest: Sendable {
    let column: Int
    let threshold: TopThreshold
  }

  let columns: [PlanColumn]
  /// Which of them tell how rows came to be visible.
  let arrivals: [ColumnID: RowArrival]
  let tests: [ScanTest]
  /// Whether the terms of a segment may tell that no row passes.
  let asksForTerms: Bool
  let parts: [Part]
  /// Positions of the columns that batches have; the others are for the tests alone.
  var emitted: [Int]
  /// Whether batches have a last column of row locators.
  var emitsLocators = false
  var top: TopTest?
  /// Counts what is read and left out, where the query is analysed.
  var measure: ScanMeasure?

  /// Makes a scan of all columns, leaving out the segments whose times or constants cannot pass.
  init(
    _ scan: TableScan,
    _ tests: [ScanTest],
    _ table: StoredTable,
    _ compiler: ExpressionCompiler,
    at moment: ReadMoment
  ) {
    columns = scan.columns
    arrivals = scan.arrivals
    self.tests = tests
    asksForTerms = tests.contains(where: \.asksForTerms)
    emitted = Array(columns.indices)
    let constants = ConstantConditions(scan, tests, compiler)
    let need = ScanNeed(scan, tests, moment)
    parts = table.segments.compactMap { whole in
      if Self.isOutside(whole, tests, scan) || constants.fail(in: whole) { return nil }
      let segment = whole.narrowed(to: need)
      // One without rows may have nothing to open.
      return segment.rowCount == 0 ? nil : Part(stored: segment)
    }
  }

  /// Blocks that a worker takes at a time: one where every one of them may make the next ones
  /// needless, few where what is decoded for them takes much of the memory.
  fileprivate func blocksAtOnce(isWide: Bool) -> Int { top != nil ? 1 : isWide ? 4 : 16 }

  /// Bytes that some columns of the largest segment take, decoded; 0 where it cannot be opened,
  /// which reading it will tell.
  func decodedBytes(ofColumns positions: Set<Int>) -> Int {
    let largest = parts.map(\.stored).max { $0.rowCount < $1.rowCount }
    guard let largest, let segment = try? largest.open() else { return 0 }
    return positions.reduce(0) { sum, position in
      let column = SegmentColumns.position(of: columns[position], in: segment, largest)
      return sum + (column.map { segment.wholeByteCount(ofColumn: $0) } ?? 0)
    }
  }

  private static func isOutside(
    _ segment: any StoredSegment,
    _ tests: [ScanTest],
    _ scan: TableScan
  ) -> Bool {
    tests.contains { test in
      guard case .bounds(let test) = test else { return false }
      guard let range = test.range else { return true }
      let bounds = bounds(of: scan.columns[test.column], in: segment, scan)
      return bounds.map { !range.overlaps($0) } ?? false
    }
  }

  /// What is known of a column before the segment is opened.
  private static func bounds(
    of column: PlanColumn,
    in segment: any StoredSegment,
    _ scan: TableScan
  ) -> ClosedRange<Int64>? {
    if let arrival = scan.arrivals[column.id] { return segment.arrivals(arrival)?.bounds }
    guard let times = segment.timeBounds, times.column == column.name else { return nil }
    return times.range
  }
}

extension PlanCompiler {
  /// Reads a stored table with the conditions of a filter over it, which are tested where the
  /// rows lie.
  func compile(
    _ scan: TableScan,
    over table: StoredTable,
    filter: Filter? = nil,
    _ hint: TopHint?
  ) throws -> Flow {
    let columns = filter?.columns ?? scan.columns
    var scanned = segmentScan(scan, table, filter, emitting: columns, hint)
    measure(&scanned, of: table)
    return Flow(
      pipelines: [Pipeline(source: SegmentMorsels(scanned, context))],
      layout: ColumnLayout(columns)
    )
  }

  /// Has a scan counted where the query is analysed.
  func measure(_ scan: inout SegmentScan, of table: StoredTable) {
    guard let measure else { return }
    let counted = ScanMeasure(segments: table.segments.count, parts: scan.parts.map(\.stored))
    measure.note(counted)
    scan.measure = counted
  }

  /// A scan that tests the conditions of a filter and emits some of its columns.
  func segmentScan(
    _ scan: TableScan,
    _ table: StoredTable,
    _ filter: Filter?,
    emitting columns: [PlanColumn],
    _ hint: TopHint? = nil
  ) -> SegmentScan {
    let layout = ColumnLayout(scan.columns)
    let compiler = ExpressionCompiler(layout: layout, context: context)
    var builder = ScanTestBuilder(layout: layout, compiler: compiler)
    let conditions = filter.map { FilterFactory.conjuncts($0.predicate) } ?? []
    var scanned = SegmentScan(
      scan,
      builder.tests(conditions),
      table,
      compiler,
      at: context.moment
    )
    scanned.emitted = columns.compactMap { layout.position(of: $0.id) }
    scanned.top = hint.flatMap { hint in
      layout.position(of: hint.column).map {
        SegmentScan.TopTest(column: $0, threshold: hint.threshold)
      }
    }
    return scanned
  }
}
