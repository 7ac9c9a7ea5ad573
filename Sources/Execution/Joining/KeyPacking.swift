/// Packs the words of a key into one where the values of a build side leave room.
///
/// Numbers of interned texts, times of a few days and the like span few bits each. A probing
/// value outside the span of its column equals no key of the build side.
struct KeyPacking: Sendable {
  private struct Part {
    /// The least value, as a signed number.
    let least: UInt64
    /// How far the greatest lies above it.
    let span: UInt64
    let shift: UInt64
  }

  private let parts: [Part]
  /// Packed words are at most this.
  let greatest: UInt64

  /// Finds the packing for columns of words; nil where they span more than 64 bits.
  init?(_ columns: [UnsafeMutablePointer<UInt64>], count: Int) {
    var parts: [Part] = []
    var shift: UInt64 = 0
    var greatest: UInt64 = 0
    for column in columns {
      let (least, most) = Self.range(column, count)
      let span = UInt64(bitPattern: most &- least)
      let bits = UInt64(64 &- span.leadingZeroBitCount)
      guard shift + bits <= 64 else { return nil }
      // A column of one value takes no bits, and may stand behind 64 full ones.
      parts.append(Part(least: UInt64(bitPattern: least), span: span, shift: shift & 63))
      if bits > 0 { greatest |= span &<< shift }
      shift += bits
    }
    self.parts = parts
    self.greatest = greatest
  }

  /// The range of a column as signed numbers.
  func range(ofColumn column: Int) -> ClosedRange<Int64> {
    let least = Int64(bitPattern: parts[column].least)
    return least...max(least, least &+ Int64(bitPattern: parts[column].span))
  }

  /// Packs rows; `outside` becomes 1 for those that equal no packed key, else 0.
  func pack(
    _ columns: [UnsafeMutablePointer<UInt64>],
    count: Int,
    into packed: UnsafeMutablePointer<UInt64>,
    outside: UnsafeMutablePointer<UInt8>
  ) {
    packed.update(repeating: 0, count: count)
    outside.update(repeating: 0, count: count)
    for (column, part) in zip(columns, parts) {
      let (least, span, shift) = (part.least, part.span, part.shift)
      for row in 0..<count {
        let value = column[row] &- least
        outside[row] |= unsafeBitCast(value > span, to: UInt8.self)
        packed[row] |= value &<< shift
      }
    }
  }

  private static func range(
    _ words: UnsafeMutablePointer<UInt64>,
    _ count: Int
  ) -> (least: Int64, most: Int64) {
    guard count > 0 else { return (0, 0) }
    var least = Int64.max
    var most = Int64.min
    for row in 0..<count {
      let value = Int64(bitPattern: words[row])
      least = min(least, value)
      most = max(most, value)
    }
    return (least, most)
  }
}
