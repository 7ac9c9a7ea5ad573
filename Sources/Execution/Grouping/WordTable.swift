import CSIMD
import Columnar

/// Numbers distinct rows of key words from 0 in the order in which they come.
///
/// All keys have the same width in 64-bit words. Open addressing over raw memory; a slot holds
/// 32 bits of hash and the number plus one, keys lie one after another.
final class WordTable {
  private(set) var width: Int
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotMask: Int
  private var keys: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private(set) var count = 0
  /// Numbers by key where single-word keys lie close together, `UInt32.max` for none.
  private var direct: (base: UInt64, ids: [UInt32])?

  init(width: Int) {
    self.width = width
    slotMask = 255
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    capacity = 128
    keys = .allocate(capacity: capacity * max(1, width))
  }

  deinit {
    slots.deallocate()
    keys.deallocate()
  }

  /// Bytes held.
  var byteCount: Int { (slotMask + 1 + capacity * max(1, width)) * 8 }

  /// The words of a key.
  func key(_ id: Int) -> UnsafePointer<UInt64> { UnsafePointer(keys + id &* width) }

  /// The numbers of many keys, new ones where they are new.
  func insert(
    _ words: UnsafePointer<UInt64>,
    count rows: Int,
    into ids: UnsafeMutablePointer<UInt32>
  ) {
    if width == 1 { return insertSingles(words, rows, ids) }
    for row in 0..<rows { ids[row] = insert(words + row &* width) }
  }

  /// The numbers of many keys, `UInt32.max` for those that have none.
  func find(_ words: UnsafePointer<UInt64>, count rows: Int, into ids: UnsafeMutablePointer<UInt32>)
  {
    if let direct { return Self.findDirect(direct.base, direct.ids, words, rows, ids) }
    for row in 0..<rows { ids[row] = find(words + row &* width) }
  }

  /// Lays the numbers of single-word keys out by key where that takes little memory; the table
  /// must not grow afterwards.
  func makeDirect() {
    guard width == 1, count > 0 else { return }
    var low = Int64.max
    var high = Int64.min
    for id in 0..<count {
      let word = Int64(bitPattern: keys[id])
      low = min(low, word)
      high = max(high, word)
    }
    let span = high.subtractingReportingOverflow(low)
    guard !span.overflow, span.partialValue < Int64(max(4096, count &* 16)) else { return }
    var ids = [UInt32](repeating: .max, count: Int(span.partialValue) + 1)
    for id in 0..<count {
      ids[Int(Int64(bitPattern: keys[id]) - low)] = UInt32(truncatingIfNeeded: id)
    }
    direct = (UInt64(bitPattern: low), ids)
  }

  private static func findDirect(
    _ base: UInt64,
    _ table: [UInt32],
    _ words: UnsafePointer<UInt64>,
    _ rows: Int,
    _ ids: UnsafeMutablePointer<UInt32>
  ) {
    table.withUnsafeBufferPointer { table in
      let count = UInt64(table.count)
      for row in 0..<rows {
        let place = words[row] &- base
        ids[row] = place < count ? table[Int(truncatingIfNeeded: place)] : .max
      }
    }
  }

  /// The number of a key, a new one where it is new.
  func insert(_ words: UnsafePointer<UInt64>) -> UInt32 {
    let hash = hash(words)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if (entry ^ hash) &>> 32 == 0 {
        let id = UInt32(truncatingIfNeeded: entry) &- 1
        if isEqual(Int(id), words) { return id }
      }
      slot = (slot &+ 1) & slotMask
    }
    return add(words, hash, slot)
  }

  /// The number of a key, or `UInt32.max`.
  func find(_ words: UnsafePointer<UInt64>) -> UInt32 {
    let hash = hash(words)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if (entry ^ hash) &>> 32 == 0 {
        let id = UInt32(truncatingIfNeeded: entry) &- 1
        if isEqual(Int(id), words) { return id }
      }
      slot = (slot &+ 1) & slotMask
    }
    return .max
  }

  /// Adds words, zero in every key so far, at the end of the keys.
  func widen(by words: Int) {
    let wider = width + words
    let moved = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * wider)
    moved.initialize(repeating: 0, count: capacity * wider)
    for id in 0..<count {
      for word in 0..<width { moved[id &* wider &+ word] = keys[id &* width &+ word] }
    }
    keys.deallocate()
    keys = moved
    width = wider
    rebuildSlots(slotMask + 1)
  }

  /// Time-sorted and clustered data repeat the last key, so it is compared first.
  private func insertSingles(
    _ words: UnsafePointer<UInt64>,
    _ rows: Int,
    _ ids: UnsafeMutablePointer<UInt32>
  ) {
    guard rows > 0 else { return }
    var last = words[0]
    var lastID = insert(words)
    ids[0] = lastID
    for row in 1..<max(1, rows) {
      if words[row] != last {
        last = words[row]
        lastID = insert(words + row)
      }
      ids[row] = lastID
    }
  }

  @inline(__always)
  private func hash(_ words: UnsafePointer<UInt64>) -> UInt64 {
    var hash: UInt64 = 0
    for word in 0..<width { hash = hashWord(words[word], seed: hash) }
    return hash
  }

  @inline(__always)
  private func isEqual(_ id: Int, _ words: UnsafePointer<UInt64>) -> Bool {
    let key = keys + id &* width
    for word in 0..<width where key[word] != words[word] { return false }
    return true
  }

  private func add(_ words: UnsafePointer<UInt64>, _ hash: UInt64, _ slot: Int) -> UInt32 {
    if count == capacity {
      let moved = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2 * max(1, width))
      memcpy(moved, keys, count * width * 8)
      keys.deallocate()
      keys = moved
      capacity *= 2
    }
    let id = UInt32(truncatingIfNeeded: count)
    for word in 0..<width { keys[count &* width &+ word] = words[word] }
    count &+= 1
    slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id &+ 1)
    if count &* 2 > slotMask { rebuildSlots((slotMask + 1) * 4) }
    return id
  }

  private func rebuildSlots(_ size: Int) {
    slots.deallocate()
    slotMask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    for id in 0..<count {
      let hash = hash(key(id))
      var slot = Int(truncatingIfNeeded: hash) & slotMask
      while slots[slot] != 0 { slot = (slot &+ 1) & slotMask }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id &+ 1)
    }
  }
}
