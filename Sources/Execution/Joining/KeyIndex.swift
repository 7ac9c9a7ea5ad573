import CSIMD
import Columnar

/// Numbers distinct keys of one word from 0 in the order in which they come.
///
/// Keys that lie close together are laid out by value; others go to an open-addressing table
/// whose slots hold the key itself, so that a look-up touches one cache line. Look-ups run in
/// passes over a batch, so that the loads of many rows are under way at a time.
struct KeyIndex: Sendable {
  /// Distinct keys.
  let count: Int
  private let layout: Layout

  private enum Layout {
    /// For each key its number plus one, 0 for none.
    case direct(Buffer)
    /// Pairs of a key and its number plus one, 0 in a free slot.
    case hashed(Buffer, mask: Int)
  }

  /// Makes an index of keys and writes the number of each.
  ///
  /// - Parameter greatest: no key is above it.
  init(
    _ keys: UnsafePointer<UInt64>,
    count rows: Int,
    greatest: UInt64,
    into ids: UnsafeMutablePointer<UInt32>
  ) throws {
    if greatest < UInt64(max(4096, rows * 16)) {
      let table = Buffer(sparse: (Int(truncatingIfNeeded: greatest) + 1) * 4)
      count = try Self.insertDirect(keys, rows, table.values(UInt32.self), ids)
      layout = .direct(table)
      return
    }
    var size = 16
    while size < rows * 2 { size *= 2 }
    // Sparse, so that half a gigabyte is not cleared in one go that nothing can end.
    let slots = Buffer(sparse: size * 16)
    adviseHugePages(slots.base, byteCount: slots.byteCount)
    count = try Self.insertHashed(keys, rows, slots.values(UInt64.self), size - 1, ids)
    layout = .hashed(slots, mask: size - 1)
  }

  /// Bytes held, which no account counts.
  var byteCount: Int {
    switch layout {
    case .direct(let table): table.byteCount
    case .hashed(let slots, _): slots.byteCount
    }
  }

  /// The numbers of many keys; `UInt32.max` for those that have none.
  func find(
    _ keys: UnsafePointer<UInt64>,
    count rows: Int,
    into ids: UnsafeMutablePointer<UInt32>
  ) {
    switch layout {
    case .hashed(let slots, let mask):
      withExtendedLifetime(slots) {
        Self.findHashed(keys, rows, slots.values(UInt64.self), mask, ids)
      }
    case .direct(let table):
      let number = table.values(UInt32.self)
      let size = UInt64(table.byteCount / 4)
      withExtendedLifetime(table) {
        for row in 0..<rows {
          let key = keys[row]
          ids[row] = key < size ? number[Int(truncatingIfNeeded: key)] &- 1 : .max
        }
      }
    }
  }

  /// How many rows ahead slots are fetched.
  private static let prefetchRows = 16

  private static func insertDirect(
    _ keys: UnsafePointer<UInt64>,
    _ rows: Int,
    _ table: UnsafeMutablePointer<UInt32>,
    _ ids: UnsafeMutablePointer<UInt32>
  ) throws -> Int {
    var last: UInt32 = 0
    for row in 0..<rows {
      if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let place = Int(truncatingIfNeeded: keys[row])
      if table[place] == 0 {
        last &+= 1
        table[place] = last
      }
      ids[row] = table[place] &- 1
    }
    return Int(last)
  }

  private static func insertHashed(
    _ keys: UnsafePointer<UInt64>,
    _ rows: Int,
    _ slots: UnsafeMutablePointer<UInt64>,
    _ mask: Int,
    _ ids: UnsafeMutablePointer<UInt32>
  ) throws -> Int {
    var last: UInt64 = 0
    for row in 0..<rows {
      if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let key = keys[row]
      let coming = Int(truncatingIfNeeded: hashWord(keys[min(row &+ prefetchRows, rows &- 1)]))
      csimd_prefetch(slots + (coming & mask) &* 2)
      var place = Int(truncatingIfNeeded: hashWord(key)) & mask
      while slots[place &* 2 &+ 1] != 0, slots[place &* 2] != key { place = (place &+ 1) & mask }
      if slots[place &* 2 &+ 1] == 0 {
        last &+= 1
        slots[place &* 2] = key
        slots[place &* 2 &+ 1] = last
      }
      ids[row] = UInt32(truncatingIfNeeded: slots[place &* 2 &+ 1] &- 1)
    }
    return Int(truncatingIfNeeded: last)
  }

  private static func findHashed(
    _ keys: UnsafePointer<UInt64>,
    _ rows: Int,
    _ slots: UnsafePointer<UInt64>,
    _ mask: Int,
    _ ids: UnsafeMutablePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, rows * 2)) { scratch in
      guard let places = scratch.baseAddress else { return }
      let waiting = places + rows
      for row in 0..<rows {
        let place = Int(truncatingIfNeeded: hashWord(keys[row])) & mask
        places[row] = UInt32(truncatingIfNeeded: place)
        waiting[row] = UInt32(truncatingIfNeeded: row)
        csimd_prefetch(slots + place &* 2)
      }
      var left = rows
      while left > 0 {
        left = look(keys, slots, UInt32(truncatingIfNeeded: mask), (places, waiting, left), ids)
      }
    }
  }

  /// Looks at one slot for each waiting row and keeps those that must look at the next one; returns
  /// how many these are.
  @inline(__always)
  private static func look(
    _ keys: UnsafePointer<UInt64>,
    _ slots: UnsafePointer<UInt64>,
    _ mask: UInt32,
    _ search: (
      places: UnsafeMutablePointer<UInt32>, waiting: UnsafeMutablePointer<UInt32>, rows: Int
    ),
    _ ids: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let (places, waiting, rows) = search
    var left = 0
    for index in 0..<rows {
      let row = Int(waiting[index])
      let place = places[row]
      let slot = slots + Int(place) &* 2
      let number = UInt32(truncatingIfNeeded: slot[1])
      let isHit = unsafeBitCast(slot[0] == keys[row], to: UInt8.self)
      let isTaken = unsafeBitCast(number != 0, to: UInt8.self)
      // The number of a free slot is 0, and that less one is what an unknown key gets.
      ids[row] = (number &- 1) | (UInt32(isHit) &- 1)
      places[row] = (place &+ 1) & mask
      waiting[left] = UInt32(truncatingIfNeeded: row)
      left &+= Int(isTaken & (isHit ^ 1))
    }
    return left
  }
}
