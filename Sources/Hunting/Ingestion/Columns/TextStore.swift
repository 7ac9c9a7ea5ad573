import CSIMD
import Columnar

/// Texts one behind the other that can be read back while more are added.
struct TextStore: ~Copyable {
  /// Bytes after which a chunk should end, well within the reach of 32-bit offsets.
  static let fullBytes = 3 << 30

  private var views: Buffer
  private var heap: Buffer
  // The same memory, without the reference.
  private var viewBase: UnsafeMutablePointer<UInt64>
  private var heapBase: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private(set) var heapBytes = 0

  init(capacity: Int = 256, heapCapacity: Int = 0) {
    views = Buffer(byteCount: max(16, capacity) * 8)
    heap = Buffer(byteCount: max(256, capacity * 16, heapCapacity))
    viewBase = views.values(UInt64.self)
    heapBase = heap.values(UInt8.self)
  }

  /// Memory that the texts take.
  var byteCount: Int { views.byteCount + heap.byteCount }

  /// Adds a text; the caller ends the chunk before the heap is full.
  @inline(__always)
  mutating func append(_ text: TextView) {
    if (count &+ 1) &* 8 > views.byteCount { growViews() }
    if heapBytes &+ text.count > heap.byteCount { growHeap(text.count) }
    memcpy(heapBase + heapBytes, text.base, text.count)
    viewBase[count] =
      UInt64(truncatingIfNeeded: heapBytes) | UInt64(truncatingIfNeeded: text.count) &<< 32
    heapBytes &+= text.count
    count &+= 1
  }

  /// Adds the texts of the first rows of a vector; those of one block are copied as one.
  mutating func append(_ rows: TextRows, count more: Int) {
    guard more > 0 else { return }
    let source = rows.base
    let first = Int(source[0] & 0xFFFF_FFFF)
    let last = source[more - 1]
    let span = Int(last & 0xFFFF_FFFF) + Int(last &>> 32) - first
    var bytes = 0
    for row in 0..<more { bytes &+= Int(source[row] &>> 32) }
    guard rows.isAscending, bytes == span else {
      for row in 0..<more { append(rows[row]) }
      return
    }
    while (count + more) * 8 > views.byteCount { growViews() }
    if heapBytes + span > heap.byteCount { growHeap(span) }
    memcpy(heapBase + heapBytes, rows.heapBase + first, span)
    let target = viewBase + count
    let distance = UInt64(bitPattern: Int64(heapBytes - first))
    // Only the offset in the lower half moves, and it stays within 32 bits.
    for row in 0..<more {
      let offset = (source[row] &+ distance) & 0xFFFF_FFFF
      target[row] = source[row] & 0xFFFF_FFFF_0000_0000 | offset
    }
    heapBytes += span
    count += more
  }

  /// Adds empty texts.
  mutating func appendEmpty(_ rows: Int) {
    while (count + rows) * 8 > views.byteCount { growViews() }
    for row in count..<count + rows { viewBase[row] = UInt64(truncatingIfNeeded: heapBytes) }
    count &+= rows
  }

  /// The text of a row; valid until the next change.
  @inline(__always)
  subscript(_ row: Int) -> TextView {
    let view = viewBase[row]
    return TextView(base: heapBase + Int(view & 0xFFFF_FFFF), count: Int(view &>> 32))
  }

  /// Makes a vector of the texts; the store must not change afterwards.
  func vector(type: ScalarType, nullRows: [Int] = []) -> Vector {
    memset(heap.base + heapBytes, 0, min(Buffer.padding, heap.byteCount - heapBytes))
    var nulls: NullRows?
    if !nullRows.isEmpty {
      let flags = Buffer(byteCount: count)
      memset(flags.base, 0, count)
      for row in nullRows { flags.values(UInt8.self)[row] = 1 }
      nulls = NullRows(flags: flags)
    }
    let rows = TextRows(views: views, heap: heap, nulls: nulls, isAscending: true)
    return Vector(type: type, count: count, layout: .text(rows))
  }

  private mutating func growViews() {
    views = Buffer(growing: views, to: views.byteCount * 2, keeping: count * 8)
    viewBase = views.values(UInt64.self)
  }

  private mutating func growHeap(_ more: Int) {
    let larger = max(heap.byteCount * 2, heapBytes + more)
    heap = Buffer(growing: heap, to: larger, keeping: heapBytes)
    heapBase = heap.values(UInt8.self)
  }
}
