/// A value of a text column: where its bytes lie in the heap of the column.
///
/// Packed as start | length << 32, both counted in bytes from the heap's base.
struct TextView {
  let start: Int
  let end: Int

  @inline(__always)
  init(_ packed: UInt64) {
    start = Int(truncatingIfNeeded: packed & 0xFFFF_FFFF)
    end = start &+ Int(truncatingIfNeeded: packed &>> 32)
  }

  @inline(__always)
  func bytes(in heap: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: heap + start, count: end &- start)
  }
}
