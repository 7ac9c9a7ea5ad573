import CSIMD

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

/// A text column, or a part of one, as the search kernels take it.
///
/// `heap` has at least 64 readable bytes after the end of the last value.
public struct TextColumn {
  public let heap: UnsafePointer<UInt8>
  public let views: UnsafeBufferPointer<UInt64>

  public init(heap: UnsafePointer<UInt8>, views: UnsafeBufferPointer<UInt64>) {
    self.heap = heap
    self.views = views
  }

  /// The bytes of one value.
  public func bytes(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    TextView(views[row]).bytes(in: heap)
  }

  /// True where all values are known to be ASCII; looks at the bytes between them too.
  var isASCII: Bool {
    guard let range = contiguousRange() else { return false }
    return csimd_is_ascii(heap + range.lowerBound, range.count)
  }

  /// The bytes from the first value to the last, if one pass over them is worth it: the values
  /// ascend, do not overlap, and few bytes lie between them.
  ///
  /// Empty values may lie anywhere.
  func contiguousRange() -> Range<Int>? {
    var first = -1
    var end = 0
    var total = 0
    for packed in views {
      let view = TextView(packed)
      if view.end == view.start { continue }
      if view.start < end { return nil }
      if first < 0 { first = view.start }
      end = view.end
      total &+= view.end &- view.start
    }
    guard first >= 0 else { return nil }
    return end &- first <= 2 &* total &+ 4096 ? first..<end : nil
  }
}
