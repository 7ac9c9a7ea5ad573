import Columnar
import QueryPlan
import Segments

/// The rows of stored segments that pass the conditions of a scan.
struct SegmentMorsels: MorselSource {
  /// Rows that a worker takes at a time.
  static let morselRows = 16 * Segment.blockRows

  let scan: SegmentScan
  /// Segment and first row of each morsel.
  private let starts: [(segment: Int, row: Int)]
  let affinities: [Range<Int>]

  init(_ scan: SegmentScan) {
    self.scan = scan
    var starts: [(segment: Int, row: Int)] = []
    var affinities: [Range<Int>] = []
    for (index, part) in scan.parts.enumerated() {
      let first = starts.count
      for row in stride(from: 0, to: part.stored.rowCount, by: Self.morselRows) {
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
      scanner: try SegmentScanner(scan, context)
    )
  }
}

/// Reads morsels of segments within one worker.
private final class SegmentMorselReader: MorselReader {
  private let starts: [(segment: Int, row: Int)]
  private let scanner: SegmentScanner

  init(starts: [(segment: Int, row: Int)], scanner: SegmentScanner) {
    self.starts = starts
    self.scanner = scanner
  }

  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws {
    let start = starts[morsel]
    try scanner.read(start.segment, from: start.row, count: SegmentMorsels.morselRows, body)
  }
}

/// A read of a stored table: which segments, columns and conditions.
struct SegmentScan: Sendable {
  /// A segment and what is known of it in this scan.
  struct Part: Sendable {
    let stored: any StoredSegment
    let masks = ValueMasks()
  }

  let columns: [PlanColumn]
  let tests: [ScanTest]
  let parts: [Part]

  /// Makes a scan, leaving out the segments whose times cannot pass.
  init(_ columns: [PlanColumn], _ tests: [ScanTest], _ table: StoredTable) {
    self.columns = columns
    self.tests = tests
    parts = table.segments.filter { !Self.isOutside($0, tests, columns) }.map { Part(stored: $0) }
  }

  private static func isOutside(
    _ segment: any StoredSegment,
    _ tests: [ScanTest],
    _ columns: [PlanColumn]
  ) -> Bool {
    guard let bounds = segment.timeBounds else { return false }
    return tests.contains { test in
      guard case .bounds(let test) = test, columns[test.column].name == bounds.column else {
        return false
      }
      return test.range.map { !$0.overlaps(bounds.range) } ?? true
    }
  }
}

extension PlanCompiler {
  /// Reads a stored table with conditions that are tested where the rows lie.
  func compile(
    _ scan: TableScan,
    over table: StoredTable,
    where conditions: [Expression]
  ) throws -> Flow {
    let layout = ColumnLayout(scan.columns)
    var builder = ScanTestBuilder(
      layout: layout,
      compiler: ExpressionCompiler(layout: layout, context: context)
    )
    let scanned = SegmentScan(scan.columns, builder.tests(conditions), table)
    return Flow(pipelines: [Pipeline(source: SegmentMorsels(scanned))], layout: layout)
  }
}
