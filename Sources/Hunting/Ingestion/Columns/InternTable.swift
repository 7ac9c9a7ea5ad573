import CSIMD
import Columnar

/// Numbers different texts in order of appearance: open addressing over hashes with tags.
final class InternTable {
  let texts: TextStore
  /// A slot is the upper half of a hash and, in the lower half, the number of a text plus 1.
  private var slots: Buffer
  private var mask: Int
  private let seed: UInt64

  /// Makes an empty table; `seed` keeps writers of data from choosing colliding texts.
  init(capacity: Int = 64, seed: UInt64) {
    texts = TextStore(capacity: capacity)
    self.seed = seed
    let size = 256
    slots = Buffer(byteCount: size * 8)
    memset(slots.base, 0, size * 8)
    mask = size - 1
  }

  /// Texts so far.
  var count: Int { texts.count }

  /// Memory that the table takes.
  var byteCount: Int { texts.byteCount + slots.byteCount }

  /// The number of a text, a new one if it was not seen before.
  @inline(__always)
  func intern(_ text: TextView) -> UInt32 {
    let hash = hashBytes(text.base, count: text.count, seed: seed)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    let slots = slots.values(UInt64.self)
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 {
      if slots[index] & 0xFFFF_FFFF_0000_0000 == tag {
        let number = UInt32(truncatingIfNeeded: slots[index]) &- 1
        if texts[Int(number)].isEqual(text) { return number }
      }
      index = (index &+ 1) & mask
    }
    return add(text, at: index, tag: tag)
  }

  /// The number of a text; nil if it was not seen before.
  func find(_ text: TextView) -> UInt32? {
    let hash = hashBytes(text.base, count: text.count, seed: seed)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    let slots = slots.values(UInt64.self)
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 {
      let number = UInt32(truncatingIfNeeded: slots[index]) &- 1
      if slots[index] & 0xFFFF_FFFF_0000_0000 == tag, texts[Int(number)].isEqual(text) {
        return number
      }
      index = (index &+ 1) & mask
    }
    return nil
  }

  @inline(never)
  private func add(_ text: TextView, at index: Int, tag: UInt64) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: texts.count)
    texts.append(text)
    slots.values(UInt64.self)[index] = tag | UInt64(number &+ 1)
    if texts.count * 2 > mask { grow() }
    return number
  }

  private func grow() {
    let size = (mask + 1) * 2
    slots = Buffer(byteCount: size * 8)
    memset(slots.base, 0, size * 8)
    mask = size - 1
    let target = slots.values(UInt64.self)
    for number in 0..<texts.count {
      let text = texts[number]
      let hash = hashBytes(text.base, count: text.count, seed: seed)
      var index = Int(truncatingIfNeeded: hash) & mask
      while target[index] != 0 { index = (index &+ 1) & mask }
      target[index] =
        hash & 0xFFFF_FFFF_0000_0000 | UInt64(UInt32(truncatingIfNeeded: number &+ 1))
    }
  }
}
