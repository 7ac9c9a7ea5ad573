import Columnar

/// Numbers of the different hashes of values, in the order in which they came.
final class HashNumbers {
  /// The hashes by number.
  let hashes = GroupArray<UInt64>(filler: 0)
  /// Open addressing: a number plus one, or 0.
  private let slots = GroupArray<UInt32>(filler: 0)

  init() { slots.resize(to: 64) }

  /// Bytes held.
  var byteCount: Int { hashes.byteCount + slots.byteCount }

  /// The number of a hash, a new one where it is new.
  func insert(_ hash: UInt64) -> UInt32 {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      if hashes[Int(slots[place]) &- 1] == hash { return slots[place] &- 1 }
      place = (place &+ 1) & mask
    }
    hashes.append(hash)
    slots[place] = UInt32(truncatingIfNeeded: hashes.count)
    if hashes.count &* 2 > mask { rehash() }
    return UInt32(truncatingIfNeeded: hashes.count &- 1)
  }

  private func rehash() {
    let size = slots.count * 4
    slots.removeAll()
    slots.resize(to: size)
    for number in 0..<hashes.count {
      var place = Int(truncatingIfNeeded: hashes[number]) & (size - 1)
      while slots[place] != 0 { place = (place &+ 1) & (size - 1) }
      slots[place] = UInt32(truncatingIfNeeded: number + 1)
    }
  }
}
