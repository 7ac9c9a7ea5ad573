import Columnar

/// A set of pairs of 32-bit numbers: a group and what it has seen.
final class PairSet {
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  /// The number of pairs.
  private(set) var count = 0

  private static let vacant = UInt64.max

  init() {
    mask = 63
    slots = .allocate(capacity: 64)
    slots.initialize(repeating: Self.vacant, count: 64)
  }

  deinit { slots.deallocate() }

  /// Bytes held.
  var byteCount: Int { (mask + 1) * 8 }

  /// Adds a pair; true where it was not there.
  @inline(__always)
  func insert(_ first: Int, _ second: UInt32) -> Bool {
    let key = UInt64(truncatingIfNeeded: first) &<< 32 | UInt64(second)
    var place = Int(truncatingIfNeeded: mixedWord(key)) & mask
    while slots[place] != Self.vacant {
      if slots[place] == key { return false }
      place = (place &+ 1) & mask
    }
    slots[place] = key
    count &+= 1
    if count &* 2 > mask { grow() }
    return true
  }

  @inline(never)
  private func grow() {
    let old = slots
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Self.vacant, count: mask + 1)
    for index in 0..<oldCount where old[index] != Self.vacant {
      var place = Int(truncatingIfNeeded: mixedWord(old[index])) & mask
      while slots[place] != Self.vacant { place = (place &+ 1) & mask }
      slots[place] = old[index]
    }
    old.deallocate()
  }
}

/// Mixes the bits of a word; different words stay different, so that a set of mixed words is as
/// exact as one of the words.
@inline(__always)
func mixedWord(_ word: UInt64) -> UInt64 {
  var mixed = word
  mixed ^= mixed &>> 33
  mixed &*= 0xFF51_AFD7_ED55_8CCD
  mixed ^= mixed &>> 33
  mixed &*= 0xC4CE_B9FE_1A85_EC53
  return mixed ^ (mixed &>> 33)
}
