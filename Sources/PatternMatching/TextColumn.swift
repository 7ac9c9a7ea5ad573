import CSIMD

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
    guard let range = contiguousLayout()?.range else { return false }
    return csimd_is_ascii(heap + range.lowerBound, range.count)
  }

  /// How the values lie, if one pass over their bytes is worth it: they ascend, do not overlap,
  /// and few bytes lie between them. Empty values may lie anywhere.
  func contiguousLayout() -> ContiguousLayout? {
    var first = -1
    var end = 0
    var lastEnd = 0
    var isMonotonic = true
    var total = 0
    for packed in views {
      let view = TextView(packed)
      isMonotonic = isMonotonic && view.end >= lastEnd
      lastEnd = view.end
      if view.end == view.start { continue }
      if view.start < end { return nil }
      if first < 0 { first = view.start }
      end = view.end
      total &+= view.end &- view.start
    }
    guard first >= 0, end &- first <= 2 &* total &+ 4096 else { return nil }
    return ContiguousLayout(range: first..<end, isMonotonic: isMonotonic)
  }
}

/// Where the values of a column lie that are one after the other.
struct ContiguousLayout {
  /// The bytes from the first value to the last.
  var range: Range<Int>
  /// True where empty values lie in order too, so that rows may be jumped over.
  var isMonotonic: Bool
}
