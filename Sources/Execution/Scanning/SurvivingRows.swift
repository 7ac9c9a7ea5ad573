import Columnar
import Segments

/// Rows of a segment that passed the tests of a scan, until there are enough for a batch.
struct SurvivingRows {
  /// So many rows make a batch; where fewer are left of a block, those of later blocks join them.
  static let fewRows = 1024

  /// Numbers of the rows within their segment.
  private(set) var rows = Buffer(byteCount: Segment.blockRows * 4)
  private(set) var count = 0
  /// The runs of rows from which some passed, each within one block.
  private(set) var runs: [Range<Int>] = []

  /// The first of the numbers.
  var base: UnsafePointer<UInt32> { UnsafePointer(rows.values(UInt32.self)) }

  /// Whether the rows of another block fit.
  func hasRoom(for more: Int) -> Bool { count + more <= Segment.blockRows }

  /// Adds rows of a run within one block.
  mutating func append(_ selection: Selection, of run: Range<Int>) {
    let target = rows.values(UInt32.self) + count
    let source = selection.base
    let start = UInt32(truncatingIfNeeded: run.lowerBound)
    withExtendedLifetime(selection) {
      for index in 0..<selection.count { target[index] = source[index] &+ start }
    }
    count += selection.count
    runs.append(run)
  }

  /// Starts anew; the memory was handed to nobody.
  mutating func removeAll() {
    count = 0
    runs.removeAll(keepingCapacity: true)
  }
}
