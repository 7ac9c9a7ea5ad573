import Columnar

/// A time for each row of a segment, kept as runs of adjacent rows that share theirs.
public struct RowTimes: Sendable {
  /// Rows up to a number, exclusive, that share their time.
  private struct Run {
    let end: Int
    let ticks: Int64
  }

  private var runs: [Run] = []
  /// Least and greatest ticks of all rows; nil where there is no row.
  public private(set) var bounds: ClosedRange<Int64>?

  public init() {}

  /// Adds rows behind those at hand.
  public mutating func append(count: Int, ticks: Int64) {
    if count <= 0 { return }
    let start = runs.last?.end ?? 0
    if let last = runs.last, last.ticks == ticks { runs.removeLast() }
    runs.append(Run(end: start + count, ticks: ticks))
    bounds = bounds.map { min($0.lowerBound, ticks)...max($0.upperBound, ticks) } ?? ticks...ticks
  }

  /// The times of adjacent rows; null where rows lie behind the last run.
  func vector(_ rows: Range<Int>) -> Vector {
    var run = run(of: rows.lowerBound)
    if run < runs.count, runs[run].end >= rows.upperBound {
      return Vector(constant: scalar(run), count: rows.count)
    }
    let builder = VectorBuilder(type: .datetime, capacity: rows.count)
    for row in rows {
      while run < runs.count, runs[run].end <= row { run += 1 }
      builder.append(scalar(run))
    }
    return builder.finish()
  }

  /// The times of some rows, by their numbers in the segment.
  func vector(_ rows: UnsafePointer<UInt32>, count: Int) -> Vector {
    if runs.count == 1 { return Vector(constant: scalar(0), count: count) }
    let builder = VectorBuilder(type: .datetime, capacity: count)
    for index in 0..<count { builder.append(scalar(run(of: Int(rows[index])))) }
    return builder.finish()
  }

  /// Least and greatest ticks of adjacent rows; nil where the time of none is known.
  func bounds(_ rows: Range<Int>) -> ClosedRange<Int64>? {
    var bounds: ClosedRange<Int64>?
    var run = run(of: rows.lowerBound)
    while run < runs.count, run == 0 || runs[run - 1].end < rows.upperBound {
      let ticks = runs[run].ticks
      bounds = bounds.map { min($0.lowerBound, ticks)...max($0.upperBound, ticks) } ?? ticks...ticks
      run += 1
    }
    return bounds
  }

  /// The number of the run that has a row; that behind the last where none has.
  private func run(of row: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end <= row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func scalar(_ run: Int) -> Scalar {
    run < runs.count ? .datetime(DateTime(ticks: runs[run].ticks)) : .null(.datetime)
  }
}
