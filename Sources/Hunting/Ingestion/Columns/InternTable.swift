import CSIMD
import Columnar

/// Numbers different texts in order of appearance: open addressing over hashes with tags.
struct InternTable: ~Copyable {
  /// The number of texts at which a column of a chunk first asks whether they repeat.
  static let firstReview = 512
  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000

  private(set) var texts: TextStore
  /// A slot is the upper half of a hash and, in the lower half, the number of a text plus 1.
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask = 255
  private let seed: UInt64

  /// Makes an empty table; `seed` keeps writers of data from choosing colliding texts.
  init(seed: UInt64) {
    texts = TextStore()
    self.seed = seed
    slots = .allocate(capacity: 256)
    slots.initialize(repeating: 0, count: 256)
  }

  deinit { slots.deallocate() }

  /// Texts so far.
  var count: Int { texts.count }

  /// Memory that the table takes.
  var byteCount: Int { texts.byteCount + (mask + 1) * 8 }

  /// The number of a text, a new one if it was not seen before.
  @inline(__always)
  mutating func intern(_ text: TextView) -> UInt32 {
    let hash = hashBytes(text.base, count: text.count, seed: seed)
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 {
      if slots[index] & Self.tagMask == hash & Self.tagMask {
        let number = UInt32(truncatingIfNeeded: slots[index]) &- 1
        let found = texts[Int(number)]
        if found.count == text.count, csimd_equal(found.base, text.base, text.count) {
          return number
        }
      }
      index = (index &+ 1) & mask
    }
    return add(text, at: index, hash: hash)
  }

  /// The number of the empty text.
  mutating func internEmpty() -> UInt32 { [UInt8]().withTextView { intern($0) } }

  /// Forgets all texts.
  mutating func removeAll() {
    // The next texts are likely to be as many.
    texts = TextStore(
      capacity: min(texts.count, 1 << 16),
      heapCapacity: min(texts.heapBytes, 16 << 20)
    )
    slots.update(repeating: 0, count: mask + 1)
  }

  /// Gives the texts as a dictionary of different values and forgets them.
  mutating func takeDictionary(type: ScalarType, nullRows: [Int] = []) -> VectorDictionary {
    let values = texts.vector(type: type, nullRows: nullRows)
    removeAll()
    // Several encodings may stand for one dynamic value.
    return VectorDictionary(values: values, isDistinct: type == .string)
  }

  @inline(never)
  private mutating func add(_ text: TextView, at index: Int, hash: UInt64) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: texts.count)
    texts.append(text)
    slots[index] = hash & Self.tagMask | UInt64(number &+ 1)
    if texts.count * 2 > mask { grow() }
    return number
  }

  private mutating func grow() {
    slots.deallocate()
    let size = (mask + 1) * 2
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    mask = size - 1
    for number in 0..<texts.count {
      let text = texts[number]
      let hash = hashBytes(text.base, count: text.count, seed: seed)
      var index = Int(truncatingIfNeeded: hash) & mask
      while slots[index] != 0 { index = (index &+ 1) & mask }
      slots[index] = hash & Self.tagMask | UInt64(UInt32(truncatingIfNeeded: number &+ 1))
    }
  }
}
