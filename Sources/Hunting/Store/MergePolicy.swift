import Segments

/// Which segments are merged without anybody asking for it.
///
/// A run of neighbours is due when there are enough of them and none has more than half of their
/// rows: a merge then at least doubles the segment that a row is in, so that a row is written
/// again a few times only, however many batches follow.
public struct MergePolicy: Sendable {
  /// The fewest segments that are merged.
  public var leastSegments = 8

  public init() {}

  /// The runs that are due.
  ///
  /// - Parameter rowCounts: rows of the segments of a table, in order.
  func runs(ofRows rowCounts: [Int]) -> [Range<Int>] {
    StoreCompaction.runs(ofRows: rowCounts).flatMap { due(in: $0, rowCounts) }
  }

  private func due(in run: Range<Int>, _ rowCounts: [Int]) -> [Range<Int>] {
    guard run.count >= leastSegments,
      let largest = run.max(by: { rowCounts[$0] < rowCounts[$1] })
    else { return [] }
    if rowCounts[run].reduce(0, +) >= 2 * rowCounts[largest] { return [run] }
    return due(in: run.lowerBound..<largest, rowCounts)
      + due(in: largest + 1..<run.upperBound, rowCounts)
  }
}
