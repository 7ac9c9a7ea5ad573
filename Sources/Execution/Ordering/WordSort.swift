import Columnar

/// Sorts rows by one word each; rows of equal words keep their order.
///
/// Words in a few runs, as times are that come from segments, are merged by comparisons. Others go
/// through passes by eleven bits, the lowest first, that touch each row once and compare nothing.
enum WordSort {
  private struct Entry: BitwiseCopyable {
    let word: UInt64
    let row: UInt32
  }

  /// Bytes that sorting takes for a row.
  static let bytesPerRow = 2 * 16 + 4

  private static let digitBits = 11
  private static let digitCount = 6
  private static let digitValues = 1 << digitBits
  /// Counting the values of digits does not pay below so many rows.
  private static let fewRows = 2048
  /// Rows to a run from which on runs are merged.
  private static let longRun = 256

  /// Gives the rows that have a word, in order, or an error where the query was ended meanwhile.
  ///
  /// - Parameter rows: ascending.
  static func sorted(_ rows: [UInt32], by words: [UInt64]) throws -> [UInt32] {
    let count = rows.count
    let entries = UnsafeMutablePointer<Entry>.allocateLarge(capacity: max(1, count))
    defer { entries.deallocate() }
    for (place, row) in rows.enumerated() {
      (entries + place).initialize(to: Entry(word: words[Int(row)], row: row))
    }
    var buffer = UnsafeMutableBufferPointer(start: entries, count: count)
    if count < fewRows || hasLongRuns(buffer) {
      var checks = SortChecks()
      try buffer.sort { left, right in
        try checks.countDown()
        return left.word != right.word ? left.word < right.word : left.row < right.row
      }
      return buffer.map(\.row)
    }
    let spare = UnsafeMutablePointer<Entry>.allocateLarge(capacity: count)
    defer { spare.deallocate() }
    return try pass(entries, spare, count).map(\.row)
  }

  /// Whether almost all neighbours ascend, or almost all descend.
  private static func hasLongRuns(_ entries: UnsafeMutableBufferPointer<Entry>) -> Bool {
    var descents = 0
    var ascents = 0
    for place in 1..<entries.count {
      let (before, word) = (entries[place &- 1].word, entries[place].word)
      descents &+= word < before ? 1 : 0
      ascents &+= word >= before ? 1 : 0
    }
    return min(descents, ascents) < entries.count / longRun
  }

  /// Deals entries out by each digit in turn; gives those of the two places where they end.
  private static func pass(
    _ entries: UnsafeMutablePointer<Entry>,
    _ spare: UnsafeMutablePointer<Entry>,
    _ count: Int
  ) throws -> UnsafeMutableBufferPointer<Entry> {
    var (from, to) = (entries, spare)
    try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: digitCount * digitValues) {
      counts in
      guard let counts = counts.baseAddress else { return }
      countDigits(entries, count, counts)
      for digit in 0..<digitCount {
        let places = counts + digit * digitValues
        let shift = UInt64(truncatingIfNeeded: digit * digitBits)
        // A digit that all words share orders nothing.
        if places[value(from[0].word, shift)] == UInt32(truncatingIfNeeded: count) { continue }
        var sum: UInt32 = 0
        for value in 0..<digitValues {
          let here = places[value]
          places[value] = sum
          sum &+= here
        }
        let (source, target) = (from, to)
        try MemoryAccount.forEachPiece(of: count) { piece in
          for index in piece {
            let entry = source[index]
            let place = value(entry.word, shift)
            target[Int(places[place])] = entry
            places[place] &+= 1
          }
        }
        swap(&from, &to)
      }
    }
    return UnsafeMutableBufferPointer(start: from, count: count)
  }

  private static func countDigits(
    _ entries: UnsafePointer<Entry>,
    _ count: Int,
    _ counts: UnsafeMutablePointer<UInt32>
  ) {
    counts.initialize(repeating: 0, count: digitCount * digitValues)
    for index in 0..<count {
      let word = entries[index].word
      for digit in 0..<digitCount {
        let shift = UInt64(truncatingIfNeeded: digit &* digitBits)
        counts[digit &* digitValues &+ value(word, shift)] &+= 1
      }
    }
  }

  @inline(__always)
  private static func value(_ word: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: word &>> shift) & (digitValues &- 1)
  }
}
