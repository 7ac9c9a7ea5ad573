/// Buckets of a hash over small numbers: open addressing, load at most one half.
struct HashBuckets: Sendable {
  private(set) var slots: [Int32]
  private let mask: Int

  init(capacity: Int) {
    var size = 16
    while size < capacity &* 2 { size &*= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size &- 1
  }

  /// Calls `body` with the numbers that may have this hash, until it returns true.
  @inline(__always)
  func first(_ hash: UInt64, where body: (Int) -> Bool) -> Bool {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      if body(Int(slots[slot])) { return true }
      slot = (slot &+ 1) & mask
    }
    return false
  }

  mutating func insert(_ number: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: number)
  }
}
