public import CSIMD

/// A borrowed run of bytes: one string or dynamic value of a vector.
///
/// Valid only while the vector that it was read from is alive. At least 64 readable bytes follow
/// the heap that it points into, so that kernels may load whole blocks.
@frozen
public struct TextView {
  /// The first byte; never nil, also for an empty view.
  public let base: UnsafePointer<UInt8>
  /// The number of bytes.
  public let count: Int

  @inlinable
  public init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  /// The bytes as a buffer.
  @inlinable public var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base, count: count)
  }

  /// A copy of the bytes.
  @inlinable public var bytes: [UInt8] { Array(buffer) }

  /// The byte at an offset that the caller has checked.
  @inlinable public subscript(_ offset: Int) -> UInt8 { base[offset] }

  /// A part of the view; bounds are clamped.
  @inlinable
  public func part(_ start: Int, _ end: Int) -> TextView {
    let low = max(0, min(start, count))
    let high = max(low, min(end, count))
    return TextView(base: base + low, count: high - low)
  }

  /// Whether both hold the same bytes.
  @inlinable
  public func isEqual(_ other: TextView) -> Bool {
    count == other.count && memcmp(base, other.base, count) == 0
  }

  /// Compares bytes: negative, zero or positive.
  @inlinable
  public func compare(_ other: TextView) -> Int {
    let order = memcmp(base, other.base, min(count, other.count))
    return order != 0 ? Int(order) : count - other.count
  }
}

extension Array where Element == UInt8 {
  /// Lends the bytes as a view for the time of a call.
  @inlinable
  public func withTextView<Result>(_ body: (TextView) throws -> Result) rethrows -> Result {
    try withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
          guard let start = empty.baseAddress else { unreachable("an allocation has an address") }
          return try body(TextView(base: UnsafePointer(start), count: 0))
        }
      }
      return try body(TextView(base: base, count: buffer.count))
    }
  }
}
