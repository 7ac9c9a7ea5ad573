import Columnar

/// Where each group was first seen, so that groups come out in the order of the input.
final class GroupPlaces {
  /// The morsel's number in the upper half, the order within it in the lower.
  private var places: UnsafeMutablePointer<UInt64>
  private var capacity = 16
  private(set) var count = 0
  private var lastSequence = -1
  private var highestSequence = -1
  /// Groups, or rows, of the morsel that have a place in its order.
  private var placesInMorsel: UInt64 = 0

  init() { places = .allocateBlock(capacity: capacity) }

  deinit { places.freeBlock() }

  /// Bytes held.
  var byteCount: Int { capacity * 8 }

  /// Takes note of the groups of a batch, of which those from `count` on are new.
  ///
  /// Morsels mostly ascend, so only new groups need a note; a worker that has taken a morsel
  /// which comes before one that it has done already looks at each of its rows.
  func note(
    _ groups: UnsafePointer<UInt32>,
    rows: Int,
    groupCount: Int,
    sequence: Int
  ) {
    if sequence != lastSequence {
      lastSequence = sequence
      placesInMorsel = 0
    }
    reserve(groupCount)
    let morsel = UInt64(truncatingIfNeeded: sequence) &<< 32
    if sequence >= highestSequence {
      highestSequence = sequence
      var place = morsel | placesInMorsel
      for group in count..<max(count, groupCount) {
        places[group] = place
        place &+= 1
      }
      placesInMorsel &+= UInt64(max(0, groupCount - count))
      count = max(count, groupCount)
      return
    }
    while count < groupCount { append(.max) }
    for row in 0..<rows {
      let group = Int(groups[row])
      places[group] = min(places[group], morsel | placesInMorsel)
      placesInMorsel &+= 1
    }
  }

  /// Adds the notes of another worker: its group `g` is `mapping[g]` here.
  func merge(_ other: GroupPlaces, _ mapping: [UInt32]) {
    for (index, group) in mapping.enumerated() {
      let place = Int(group)
      if place < count {
        places[place] = min(places[place], other.places[index])
      } else {
        append(other.places[index])
      }
    }
  }

  /// The groups by first appearance, or nil where they already stand so.
  func order() throws -> [UInt32]? {
    var bits: UInt64 = 0
    var descents = 0
    var last: UInt64 = 0
    for group in 0..<count {
      bits |= places[group]
      descents &+= Int(unsafeBitCast(places[group] < last, to: UInt8.self))
      last = places[group]
    }
    if descents == 0 { return nil }
    let low = 32 - UInt32(truncatingIfNeeded: bits).leadingZeroBitCount
    let high = 32 - UInt32(truncatingIfNeeded: bits &>> 32).leadingZeroBitCount
    if low + high > 32 {
      try MemoryAccount.checkEnd()
      return (0..<count).sorted { places[$0] < places[$1] }
        .map { UInt32(truncatingIfNeeded: $0) }
    }
    return try sortedByDigits(low: low, keyBits: low + high)
  }

  /// Sorts by one digit of the place after another, the lowest first; two halves of a word hold
  /// the place, squeezed, and the group.
  private func sortedByDigits(low: Int, keyBits: Int) throws -> [UInt32] {
    var words = [UInt64](unsafeUninitializedCapacity: count) { words, filled in
      for group in 0..<count {
        let morsel = places[group] &>> 32
        let place = morsel &<< UInt64(low) | places[group] & 0xFFFF_FFFF
        words[group] = place &<< 32 | UInt64(truncatingIfNeeded: group)
      }
      filled = count
    }
    var target = words
    for shift in stride(from: 32, to: 32 + keyBits, by: 11) {
      try MemoryAccount.checkEnd()
      var starts = [Int](repeating: 0, count: 2049)
      for word in words { starts[Int(word &>> UInt64(shift) & 2047) + 1] &+= 1 }
      for digit in 1..<2049 { starts[digit] &+= starts[digit - 1] }
      for word in words {
        let digit = Int(word &>> UInt64(shift) & 2047)
        target[starts[digit]] = word
        starts[digit] &+= 1
      }
      swap(&words, &target)
    }
    return words.map { UInt32(truncatingIfNeeded: $0) }
  }

  private func append(_ place: UInt64) {
    reserve(count + 1)
    places[count] = place
    count &+= 1
  }

  private func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2)
    places = places.resizeBlock(capacity: larger)
    capacity = larger
  }
}
