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

/// A set of numbers that are not negative, in bits.
struct NumberSet {
  private var words: [UInt64] = []

  init(_ numbers: some Sequence<Int64>) {
    for number in numbers where number >= 0 {
      let place = Int(number >> 6)
      if place >= words.count {
        words.append(contentsOf: repeatElement(0, count: place + 1 - words.count))
      }
      words[place] |= 1 << UInt64(number & 63)
    }
  }

  func contains(_ number: Int64) -> Bool {
    guard number >= 0, number >> 6 < words.count else { return false }
    return words[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0
  }

  /// Which of 64 numbers from a multiple of 64 on it has.
  func bits(_ place: Int64) -> UInt64 {
    place >= 0 && place < words.count ? words[Int(place)] : 0
  }
}
