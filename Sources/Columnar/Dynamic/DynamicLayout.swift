public import CSIMD

/// Where the parts of an encoded array or bag lie.
///
/// Every encoded value ends in a tag byte: the kind in the low four bits, a variant above. A
/// container is `children, [name tags,] bounds, count, depth, tag`: the children one after the
/// other, for bags one hash byte per member, the ends of the parts as little-endian numbers
/// relative to the first child (for bags key end and value end of each member in turn), their
/// count, and one byte that says how many containers lie in one another, this one included.
/// Variant bits 0 and 1 of a container give the width of bounds and count as a power of two;
/// bit 2 says that all children have the same size and the bounds are left out.
@frozen
@usableFromInline
struct DynamicLayout {
  @usableFromInline let start: UnsafePointer<UInt8>
  /// The number of bytes that the children take.
  @usableFromInline let childBytes: Int
  @usableFromInline let count: Int
  /// Where the bounds begin; behind the name tags.
  @usableFromInline let bounds: UnsafePointer<UInt8>
  /// The logarithm of the width of a bound.
  @usableFromInline let widthShift: UInt8
  /// The size of each child when all are equal, else 0.
  @usableFromInline let stride: Int

  @usableFromInline static let fixedStride: UInt8 = 4

  @inlinable @inline(__always)
  static func tag(_ kind: DynamicKind, variant: UInt8) -> UInt8 {
    kind.rawValue | variant &<< 4
  }

  /// Reads the layout of an array or bag; nil when the bytes are no such thing.
  @inlinable @inline(__always)
  init?(_ start: UnsafePointer<UInt8>, count byteCount: Int, isBag: Bool) {
    let variant = start[byteCount &- 1] &>> 4
    let shift = variant & 3
    let width = 1 &<< Int(shift)
    let countOffset = byteCount &- 2 &- width
    guard shift < 3, countOffset >= 0 else { return nil }
    let children = Self.load(start, at: countOffset, widthShift: shift)
    self.start = start
    self.count = children
    self.widthShift = shift
    if isBag {
      let tables = children &* (1 &+ 2 &* width)
      guard tables <= countOffset else { return nil }
      childBytes = countOffset &- tables
      bounds = start + (childBytes &+ children)
      stride = 0
    } else if variant & Self.fixedStride != 0 {
      guard children > 0, countOffset >= children, countOffset % children == 0 else { return nil }
      childBytes = countOffset
      bounds = start + countOffset
      stride = countOffset / children
    } else {
      guard children &* width <= countOffset else { return nil }
      childBytes = countOffset &- children &* width
      bounds = start + childBytes
      stride = 0
    }
  }

  /// The bound with an index, or the size of the children where it points behind them.
  @inlinable @inline(__always)
  func bound(_ index: Int) -> Int {
    min(Self.load(bounds, at: index &<< Int(widthShift), widthShift: widthShift), childBytes)
  }

  @inlinable @inline(__always)
  static func load(_ base: UnsafePointer<UInt8>, at offset: Int, widthShift: UInt8) -> Int {
    let raw = UnsafeRawPointer(base + offset)
    switch widthShift {
    case 0: return Int(raw.load(as: UInt8.self))
    case 1: return Int(UInt16(littleEndian: raw.loadUnaligned(as: UInt16.self)))
    default: return Int(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
    }
  }

  /// The encoding of an array element; null where the table makes no sense.
  @inlinable @inline(__always)
  func element(_ index: Int) -> DynamicView {
    if stride > 0 { return DynamicView(start + index &* stride, count: stride) }
    let from = index == 0 ? 0 : bound(index &- 1)
    let to = bound(index)
    return to > from ? DynamicView(start + from, count: to &- from) : .null
  }

  /// The key of a bag member.
  @inlinable @inline(__always)
  func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let from = index == 0 ? 0 : bound(index &* 2 &- 1)
    let to = bound(index &* 2)
    return UnsafeBufferPointer(start: start + from, count: max(0, to &- from))
  }

  /// The encoding of the value of a bag member; null where the table makes no sense.
  @inlinable @inline(__always)
  func value(_ index: Int) -> DynamicView {
    let from = bound(index &* 2)
    let to = bound(index &* 2 &+ 1)
    return to > from ? DynamicView(start + from, count: to &- from) : .null
  }

  /// The index of the bag member with a key at or behind `first`, or -1.
  @inlinable
  func indexOfMember(_ name: UnsafeBufferPointer<UInt8>, tag: UInt8, from first: Int = 0) -> Int {
    let tags = start + childBytes
    var index = first
    while count &- index >= 16 {
      var mask = csimd_equal_mask16(tags + index, tag)
      while mask != 0 {
        let candidate = index &+ mask.trailingZeroBitCount
        if equalBytes(key(candidate), name) { return candidate }
        mask &= mask &- 1
      }
      index &+= 16
    }
    while index < count {
      if tags[index] == tag, equalBytes(key(index), name) { return index }
      index &+= 1
    }
    return -1
  }
}

/// The hash byte by which bag members are found.
@inlinable @inline(__always)
func dynamicNameTag(_ name: UnsafeBufferPointer<UInt8>) -> UInt8 {
  let hash = hashBytes(name)
  return UInt8(truncatingIfNeeded: hash &>> 56)
}
