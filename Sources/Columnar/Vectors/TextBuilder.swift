public import CSIMD

/// Collects string or dynamic values row by row into a vector with one heap.
///
/// A heap holds at most 4 GiB; `isFull` tells a writer to start a new chunk before that.
public final class TextBuilder {
  /// `string` or `dynamic`.
  public let type: ScalarType
  @usableFromInline var views: Buffer
  @usableFromInline var heap: Buffer
  private var nulls: Buffer?
  @usableFromInline var rows = 0
  @usableFromInline var capacity: Int
  /// Bytes of the finished rows.
  @usableFromInline var heapEnd = 0
  /// Bytes written, those of the row under construction included.
  @usableFromInline var written = 0

  public init(type: ScalarType = .string, capacity: Int = 1024, heapCapacity: Int = 4096) {
    self.type = type
    self.capacity = max(16, capacity)
    views = Buffer(byteCount: self.capacity * 8)
    heap = Buffer(byteCount: max(64, heapCapacity))
  }

  /// Rows so far.
  @inlinable public var count: Int { rows }

  /// Bytes in the heap so far.
  @inlinable public var heapByteCount: Int { heapEnd }

  /// Whether the heap nears the reach of its 32-bit offsets.
  @inlinable public var isFull: Bool { heapEnd > 0xC000_0000 }

  /// Adds a value.
  @inlinable
  public func append(_ value: TextView) {
    write(value)
    endRow()
  }

  /// Adds a value.
  public func append(_ bytes: [UInt8]) { bytes.withTextView { append($0) } }

  /// Adds bytes to the row under construction; `endRow` completes it.
  @inlinable
  public func write(_ value: TextView) {
    reserve(value.count)
    memcpy(heap.base + written, value.base, value.count)
    written &+= value.count
  }

  /// Adds bytes to the row under construction.
  public func write(_ bytes: [UInt8]) { bytes.withTextView { write($0) } }

  /// Adds a byte to the row under construction.
  @inlinable
  public func write(byte: UInt8) {
    reserve(1)
    heap.values(UInt8.self)[written] = byte
    written &+= 1
  }

  /// Gives room for at most `limit` bytes; the body returns how many it wrote.
  @inlinable
  public func write(atMost limit: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(limit)
    written &+= body(heap.values(UInt8.self) + written)
  }

  /// Completes the row under construction; without a write it is the empty text.
  @inlinable
  public func endRow() {
    if rows == capacity { growRows() }
    views.values(UInt64.self)[rows] =
      UInt64(truncatingIfNeeded: heapEnd) | UInt64(truncatingIfNeeded: written &- heapEnd) &<< 32
    heapEnd = written
    rows &+= 1
  }

  /// Adds a null (dynamic) or the empty text (string); drops what was written of the row.
  public func appendNull() {
    written = heapEnd
    endRow()
    guard type == .dynamic else { return }
    if nulls == nil {
      let flags = Buffer(byteCount: capacity)
      memset(flags.base, 0, capacity)
      nulls = flags
    }
    nulls?.values(UInt8.self)[rows - 1] = 1
  }

  /// Makes the vector; the builder starts anew.
  public func finish() -> Vector {
    memset(heap.base + heapEnd, 0, min(Buffer.padding, heap.byteCount - heapEnd))
    let text = TextRows(
      views: views,
      heap: heap,
      nulls: nulls.map { NullRows(flags: $0) },
      isAscending: true
    )
    let vector = Vector(type: type, count: rows, layout: .text(text))
    capacity = 16
    views = Buffer(byteCount: capacity * 8)
    heap = Buffer(byteCount: 64)
    nulls = nil
    rows = 0
    heapEnd = 0
    written = 0
    return vector
  }

  @inlinable
  func reserve(_ more: Int) {
    if written &+ more > heap.byteCount { growHeap(more) }
  }

  @usableFromInline
  func growHeap(_ more: Int) {
    let larger = max(heap.byteCount * 2, written + more + 64)
    heap = Buffer(growing: heap, to: larger, keeping: written)
  }

  @usableFromInline
  func growRows() {
    let larger = capacity * 2
    views = Buffer(growing: views, to: larger * 8, keeping: rows * 8)
    if let old = nulls {
      let flags = Buffer(byteCount: larger)
      memcpy(flags.base, old.base, rows)
      memset(flags.base + rows, 0, larger - rows)
      nulls = flags
    }
    capacity = larger
  }
}
