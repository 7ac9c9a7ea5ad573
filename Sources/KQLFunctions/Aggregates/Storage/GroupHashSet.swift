import Columnar

/// A set of (group, 64-bit hash) pairs.
final class GroupHashSet {
  private struct Entry: BitwiseCopyable {
    var hash: UInt64 = 0
    var group = GroupHashSet.vacant
  }

  private var slots: UnsafeMutablePointer<Entry>
  private var mask: Int
  /// The number of pairs.
  private(set) var count = 0

  private static let vacant = UInt32.max

  init() {
    mask = 63
    slots = .allocate(capacity: 64)
    slots.initialize(repeating: Entry(), count: 64)
  }

  deinit { slots.deallocate() }

  /// Bytes held.
  var byteCount: Int { (mask + 1) * MemoryLayout<Entry>.stride }

  /// Adds a pair; true where it was not there.
  @inline(__always)
  func insert(_ hash: UInt64, group: UInt32) -> Bool {
    var place = Self.place(hash, group) & mask
    while slots[place].group != Self.vacant {
      if slots[place].hash == hash, slots[place].group == group { return false }
      place = (place &+ 1) & mask
    }
    slots[place] = Entry(hash: hash, group: group)
    count &+= 1
    if count &* 3 > mask &* 2 { grow() }
    return true
  }

  /// Calls back for each pair, in no order.
  func forEach(_ body: (UInt64, UInt32) -> Void) {
    for index in 0...mask where slots[index].group != Self.vacant {
      body(slots[index].hash, slots[index].group)
    }
  }

  @inline(__always)
  private static func place(_ hash: UInt64, _ group: UInt32) -> Int {
    Int(truncatingIfNeeded: hash &+ UInt64(group) &* 0x9E37_79B9_7F4A_7C15 &>> 16)
  }

  @inline(never)
  private func grow() {
    let old = slots
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Entry(), count: mask + 1)
    for index in 0..<oldCount where old[index].group != Self.vacant {
      var place = Self.place(old[index].hash, old[index].group) & mask
      while slots[place].group != Self.vacant { place = (place &+ 1) & mask }
      slots[place] = old[index]
    }
    old.deallocate()
  }
}
