public import CSIMD

/// Whether two texts have the same bytes.
@inlinable @inline(__always)
public func equalBytes(
  _ left: UnsafeBufferPointer<UInt8>,
  _ right: UnsafeBufferPointer<UInt8>
) -> Bool {
  guard left.count == right.count else { return false }
  guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
  return equalBytes(leftStart, rightStart, count: left.count)
}

/// Whether `count` bytes are the same at two places; short texts are compared without a call.
@inlinable @inline(__always)
public func equalBytes(
  _ left: UnsafePointer<UInt8>,
  _ right: UnsafePointer<UInt8>,
  count: Int
) -> Bool {
  let leftRaw = UnsafeRawPointer(left)
  let rightRaw = UnsafeRawPointer(right)
  if count > 16 { return csimd_compare(left, right, count) == 0 }
  let leftEnds = hashEnds(leftRaw, count: count)
  let rightEnds = hashEnds(rightRaw, count: count)
  return leftEnds.first == rightEnds.first && leftEnds.last == rightEnds.last
}

/// Compares two texts byte by byte: negative, zero or positive as `left` sorts before, with or
/// behind `right`. A text sorts behind its own beginnings.
@inlinable
public func compareBytes(
  _ left: UnsafeBufferPointer<UInt8>,
  _ right: UnsafeBufferPointer<UInt8>
) -> Int {
  let shared = min(left.count, right.count)
  if shared > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
    let order = csimd_compare(leftStart, rightStart, shared)
    if order != 0 { return Int(order) }
  }
  return left.count &- right.count
}
