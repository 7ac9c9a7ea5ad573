import CSIMD
import Columnar

/// Numbers distinct 64-bit words from 0 in the order in which they come.
///
/// Open addressing over raw memory; a slot holds the word beside its number.
final class WordTable {
  private struct Slot: BitwiseCopyable {
    var word: UInt64 = 0
    /// The number plus one, or 0.
    var entry: UInt32 = 0
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var slotMask: Int
  /// The words by number.
  private(set) var words: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private(set) var count = 0
  /// Numbers by word where words lie close together, `UInt32.max` for none.
  private var direct: (base: UInt64, numbers: [UInt32])?

  /// Tables with more slots than this do not fit the nearest caches.
  private static let nearSlots = 1 << 15
  /// Rows whose slots are fetched before they are looked at.
  private static let fetchedRows = 64

  init() {
    slotMask = 255
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: Slot(), count: slotMask + 1)
    capacity = 128
    words = .allocate(capacity: capacity)
  }

  deinit {
    slots.deallocate()
    words.deallocate()
  }

  /// Bytes held.
  var byteCount: Int {
    (slotMask + 1) * MemoryLayout<Slot>.stride + capacity * 8 + (direct?.numbers.count ?? 0) * 4
  }

  /// Writes the numbers of many words, new ones where they are new.
  ///
  /// Time-sorted and clustered data repeat the last word, so it is compared first.
  func insert(
    _ source: UnsafePointer<UInt64>,
    count rows: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    guard rows > 0 else { return }
    var last = source[0]
    var lastNumber = insert(last)
    var row = 0
    while row < rows {
      let end = min(rows, row &+ Self.fetchedRows)
      if slotMask > Self.nearSlots { fetch(source, row..<end) }
      while row < end {
        if source[row] != last {
          last = source[row]
          lastNumber = insert(last)
        }
        numbers[row] = lastNumber
        row &+= 1
      }
    }
  }

  /// Writes the numbers of many words, `UInt32.max` for those that have none.
  func find(
    _ source: UnsafePointer<UInt64>,
    count rows: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    if let direct { return Self.findDirect(direct.base, direct.numbers, source, rows, numbers) }
    var row = 0
    while row < rows {
      let end = min(rows, row &+ Self.fetchedRows)
      if slotMask > Self.nearSlots { fetch(source, row..<end) }
      while row < end {
        numbers[row] = find(source[row])
        row &+= 1
      }
    }
  }

  /// The number of a word, a new one where it is new.
  @inline(__always)
  func insert(_ word: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: hashWord(word)) & slotMask
    while slots[slot].entry != 0 {
      if slots[slot].word == word { return slots[slot].entry &- 1 }
      slot = (slot &+ 1) & slotMask
    }
    return add(word, slot)
  }

  /// The number of a word, or `UInt32.max`.
  @inline(__always)
  func find(_ word: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: hashWord(word)) & slotMask
    while slots[slot].entry != 0 {
      if slots[slot].word == word { return slots[slot].entry &- 1 }
      slot = (slot &+ 1) & slotMask
    }
    return .max
  }

  /// Takes a number that no word finds.
  func addVoid() -> UInt32 {
    append(0)
    return UInt32(truncatingIfNeeded: count &- 1)
  }

  /// Lays the numbers out by word where that takes little memory; the table must not grow
  /// afterwards, and has no void numbers that are looked for.
  func makeDirect() {
    guard count > 0 else { return }
    var low = Int64.max
    var high = Int64.min
    for slot in 0...slotMask where slots[slot].entry != 0 {
      let word = Int64(bitPattern: slots[slot].word)
      low = min(low, word)
      high = max(high, word)
    }
    let span = high.subtractingReportingOverflow(low)
    guard low <= high, !span.overflow, span.partialValue < Int64(max(4096, count &* 16)) else {
      return
    }
    var numbers = [UInt32](repeating: .max, count: Int(span.partialValue) + 1)
    for slot in 0...slotMask where slots[slot].entry != 0 {
      numbers[Int(Int64(bitPattern: slots[slot].word) - low)] = slots[slot].entry &- 1
    }
    direct = (UInt64(bitPattern: low), numbers)
  }

  private static func findDirect(
    _ base: UInt64,
    _ table: [UInt32],
    _ words: UnsafePointer<UInt64>,
    _ rows: Int,
    _ numbers: UnsafeMutablePointer<UInt32>
  ) {
    table.withUnsafeBufferPointer { table in
      let count = UInt64(table.count)
      for row in 0..<rows {
        let place = words[row] &- base
        numbers[row] = place < count ? table[Int(truncatingIfNeeded: place)] : .max
      }
    }
  }

  private func fetch(_ source: UnsafePointer<UInt64>, _ rows: Range<Int>) {
    for row in rows {
      csimd_prefetch(slots + Int(truncatingIfNeeded: hashWord(source[row])) & slotMask)
    }
  }

  @inline(never)
  private func add(_ word: UInt64, _ slot: Int) -> UInt32 {
    append(word)
    slots[slot] = Slot(word: word, entry: UInt32(truncatingIfNeeded: count))
    if count &* 2 > slotMask { growSlots() }
    return UInt32(truncatingIfNeeded: count &- 1)
  }

  private func append(_ word: UInt64) {
    if count == capacity {
      let moved = UnsafeMutablePointer<UInt64>.allocateLarge(capacity: capacity * 2)
      memcpy(moved, words, count * 8)
      words.deallocate()
      words = moved
      capacity *= 2
    }
    words[count] = word
    count &+= 1
  }

  /// Slots that are written between two looks whether the query was ended: some milliseconds where
  /// their memory is new.
  private static let pieceSlots = 1 << 16

  /// Makes four times as many slots. Where the query is ended meanwhile a large table stays as it
  /// was, half full: there is room for what comes until the query finds that out itself.
  private func growSlots() {
    let isLarge = slotMask >= Self.pieceSlots && count &* 4 < slotMask &* 3
    // Every word that comes after the end asks for the growth again: no memory is made for it.
    if isLarge, MemoryAccount.isEnded { return }
    let larger = (slotMask + 1) * 4
    let grown = UnsafeMutablePointer<Slot>.allocateLarge(capacity: larger)
    let pieceCount = isLarge ? Self.pieceSlots : larger
    for start in stride(from: 0, to: larger, by: pieceCount) {
      if isLarge, MemoryAccount.isEnded { return grown.deallocate() }
      (grown + start).initialize(repeating: Slot(), count: min(pieceCount, larger - start))
    }
    for start in stride(from: 0, through: slotMask, by: pieceCount) {
      if isLarge, MemoryAccount.isEnded { return grown.deallocate() }
      move(start..<min(slotMask + 1, start + pieceCount), to: grown, mask: larger - 1)
    }
    slots.deallocate()
    slots = grown
    slotMask = larger - 1
  }

  private func move(_ range: Range<Int>, to grown: UnsafeMutablePointer<Slot>, mask: Int) {
    for index in range where slots[index].entry != 0 {
      var slot = Int(truncatingIfNeeded: hashWord(slots[index].word)) & mask
      while grown[slot].entry != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = slots[index]
    }
  }
}
