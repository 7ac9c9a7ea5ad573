/// A condition over the cells of blocks.
struct QueueTest {
  enum Wanted {
    case ranges([ClosedRange<Int64>])
    /// Numbers of words or sets.
    case words(NumberSet)
    /// Ids of incidents.
    case incidents(NumberSet)
  }

  let wanted: Wanted
  let isNegated: Bool

  /// Which of 64 slots it lets through.
  ///
  /// - Parameters:
  ///   - cells: those of its column, where it has one.
  ///   - asked: the slots that matter.
  func mask(
    block: Int64,
    cells: UnsafeBufferPointer<Int64>,
    asked: UInt64
  ) -> UInt64 {
    var mask: UInt64 = 0
    switch wanted {
    case .ranges(let ranges):
      for range in ranges {
        for slot in 0..<QueueBlock.size where range.contains(cells[slot]) { mask |= 1 << slot }
      }
    case .words(let words):
      for slot in 0..<QueueBlock.size where words.contains(cells[slot]) { mask |= 1 << slot }
    case .incidents(let ids): mask = ids.bits(block)
    }
    return asked & (isNegated ? ~mask : mask)
  }
}
