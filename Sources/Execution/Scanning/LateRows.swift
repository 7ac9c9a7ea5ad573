import Columnar
import QueryPlan
import Segments

/// Fetches further columns of rows that a scan located, once it is known which rows are wanted.
struct LateRows {
  let scan: SegmentScan
  let context: ExecutionContext

  /// The columns at some positions of the scan.
  ///
  /// - Parameter locators: one locator a row; null for a row of missing values.
  func columns(_ positions: [Int], of locators: Vector) throws -> [Vector] {
    let places = LocatedRows(locators)
    let segments = try places.runs.map { run in
      try SegmentColumns(scan.parts[run.segment], of: scan)
    }
    return try ParallelWork.results(positions.count, threads: context.options.threads) { index in
      try context.budget.check()
      return try places.gather(positions[index], scan.columns[positions[index]].type, segments)
    }.map { try $0.get() }
  }
}

/// Located rows segment by segment, and how to bring them into their order.
struct LocatedRows: Sendable {
  struct Run {
    let segment: Int
    let start: Int
    var count: Int
  }

  /// Rows wanted.
  let count: Int
  private(set) var runs: [Run] = []
  let hasMissing: Bool
  private let memory: Buffer

  /// Numbers of rows within their segments, ascending in each run.
  var rows: UnsafeMutablePointer<UInt32> { memory.values(UInt32.self) }

  /// Where the value of each wanted row stands behind the runs.
  var order: UnsafeMutablePointer<UInt32> { memory.values(UInt32.self) + count }

  init(_ locators: Vector) {
    count = locators.count
    memory = Buffer(byteCount: max(1, count) * 8)
    var known: [(word: Int64, place: Int)] = []
    var missing: [Int] = []
    for place in 0..<count {
      if case .long(let word) = locators.scalar(at: place) {
        known.append((word, place))
      } else {
        missing.append(place)
      }
    }
    hasMissing = !missing.isEmpty
    known.sort { $0.word < $1.word }
    for (index, entry) in known.enumerated() {
      let locator = RowLocator(entry.word)
      if runs.last?.segment != locator.segment {
        runs.append(Run(segment: locator.segment, start: index, count: 0))
      }
      runs[runs.count - 1].count += 1
      rows[index] = locator.row
      order[entry.place] = UInt32(truncatingIfNeeded: index)
    }
    for place in missing { order[place] = UInt32(truncatingIfNeeded: known.count) }
  }

  /// A column of the rows in their order.
  ///
  /// - Parameter segments: the open segment of each run.
  func gather(
    _ position: Int,
    _ type: ScalarType,
    _ segments: [SegmentColumns]
  ) throws -> Vector {
    var parts = try zip(runs, segments).map { run, columns in
      try columns.gather(position, rows + run.start, count: run.count)
    }
    if hasMissing { parts.append(Vector(constant: .missing(type), count: 1)) }
    return Vector.concatenating(parts, type: type).gather(UnsafePointer(order), count: count)
  }
}
