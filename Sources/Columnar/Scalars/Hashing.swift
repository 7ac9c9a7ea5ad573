/// Multiplies two words and folds the upper half of the product into the lower one.
@inlinable @inline(__always)
func foldedProduct(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}

/// Hashes one word for hash tables; good in all bits.
@inlinable @inline(__always)
public func hashWord(_ word: UInt64, seed: UInt64 = 0) -> UInt64 {
  foldedProduct(word ^ 0xA076_1D64_78BD_642F, seed ^ 0xE703_7ED1_A0B4_28DB ^ word &<< 32)
}

/// Hashes bytes for hash tables; good in all bits.
///
/// The values are the same in every run, and are part of the dynamic encoding. Tables whose keys
/// a stranger may choose pass a random seed, so that keys that collide cannot be prepared.
@inlinable
public func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
  hashBytes(UnsafeRawPointer(bytes.baseAddress), count: bytes.count, seed: seed)
}

/// Hashes `count` bytes for hash tables.
@inlinable
public func hashBytes(_ start: UnsafePointer<UInt8>, count: Int, seed: UInt64 = 0) -> UInt64 {
  hashBytes(UnsafeRawPointer(start), count: count, seed: seed)
}

@inlinable @inline(__always)
func hashBytes(_ start: UnsafeRawPointer?, count: Int, seed: UInt64) -> UInt64 {
  // Both factors of each product hold the seed: no text makes one of them 0 for all seeds.
  let secret = 0xE703_7ED1_A0B4_28DB ^ seed &* 0x9E37_79B9_7F4A_7C15
  var state = 0xA076_1D64_78BD_642F ^ seed
  guard let raw = start else { return hashTail(0, 0, 0, state, secret) }
  if count <= 16 {
    let ends = hashEnds(raw, count: count)
    return hashTail(ends.first, ends.last, count, state, secret)
  }
  var offset = 0
  while count &- offset > 16 {
    state = foldedProduct(loadWord(raw, offset) ^ secret, loadWord(raw, offset &+ 8) ^ state)
    offset &+= 16
  }
  return hashTail(
    loadWord(raw, count &- 16),
    loadWord(raw, count &- 8),
    count,
    state,
    secret
  )
}

@inlinable @inline(__always)
func hashTail(
  _ first: UInt64,
  _ last: UInt64,
  _ count: Int,
  _ state: UInt64,
  _ secret: UInt64
) -> UInt64 {
  let mixed = foldedProduct(first ^ secret, last ^ state)
  let length = UInt64(truncatingIfNeeded: count) ^ 0x5899_65CC_7537_4CC3
  return foldedProduct(mixed ^ 0x8EBC_6AF0_9C88_C6E3, length)
}

/// Two words that hold all of up to 16 bytes.
@inlinable @inline(__always)
func hashEnds(_ raw: UnsafeRawPointer, count: Int) -> (first: UInt64, last: UInt64) {
  if count >= 8 { return (loadWord(raw, 0), loadWord(raw, count &- 8)) }
  if count >= 4 {
    return (UInt64(loadHalf(raw, 0)), UInt64(loadHalf(raw, count &- 4)))
  }
  guard count > 0 else { return (0, 0) }
  let first = UInt64(raw.load(as: UInt8.self))
  let middle = UInt64(raw.load(fromByteOffset: count &>> 1, as: UInt8.self))
  let last = UInt64(raw.load(fromByteOffset: count &- 1, as: UInt8.self))
  return (first &<< 16 | middle &<< 8 | last, 0)
}

@inlinable @inline(__always)
func loadWord(_ raw: UnsafeRawPointer, _ offset: Int) -> UInt64 {
  UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
}

@inlinable @inline(__always)
func loadHalf(_ raw: UnsafeRawPointer, _ offset: Int) -> UInt32 {
  UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
}
