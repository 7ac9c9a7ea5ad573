import CSIMD

/// Packs a block of integers: differences to the least value, or from row to row.
enum IntegerBlocks {
  /// A packed block.
  struct Packed {
    let mode: BlockMode
    let width: UInt8
    let bytes: [UInt8]
    let minimum: Int64
    let maximum: Int64
  }

  /// Packs `count` values (at least one) in whichever form is smaller.
  static func pack(_ values: UnsafePointer<UInt64>, count: Int) -> Packed {
    var least = Int64(bitPattern: values[0])
    var greatest = least
    for row in 1..<max(1, count) {
      least = min(least, Int64(bitPattern: values[row]))
      greatest = max(greatest, Int64(bitPattern: values[row]))
    }
    let base = UInt64(bitPattern: least)
    let width = bits(UInt64(bitPattern: greatest) &- base)
    if width > 8, let delta = packDeltas(values, count: count, below: width) {
      return Packed(
        mode: .delta,
        width: delta.width,
        bytes: delta.bytes,
        minimum: least,
        maximum: greatest
      )
    }
    return Packed(
      mode: .packed,
      width: width,
      bytes: packed(values, count: count, base: base, width: width, after: []),
      minimum: least,
      maximum: greatest
    )
  }

  /// Unpacks into `count` values; false where the bytes cannot hold them.
  static func unpack(
    _ bytes: UnsafeRawBufferPointer,
    _ entry: FixedBlockEntry,
    into values: UnsafeMutablePointer<UInt64>,
    count: Int
  ) -> Bool {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), entry.width <= 64
    else { return count == 0 || (entry.width == 0 && fill(values, count, entry)) }
    let width = UInt32(entry.width)
    switch BlockMode(rawValue: entry.mode) {
    case .packed:
      guard bytes.count >= csimd_packed_size(count, width) else { return false }
      csimd_unpack64(base, count, UInt64(bitPattern: entry.minimum), width, values)
    case .delta:
      guard count > 0, bytes.count >= 16 + csimd_packed_size(count - 1, width) else {
        return false
      }
      values[0] = csimd_load64(base)
      csimd_unpack64(base + 16, count - 1, csimd_load64(base + 8), width, values + 1)
      csimd_sum_deltas(values + 1, count - 1, values[0])
    default: return false
    }
    return true
  }

  /// Bits that a number needs.
  static func bits(_ number: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: 64 - number.leadingZeroBitCount)
  }

  /// Packs differences to `base` behind some bytes of a head.
  static func packed(
    _ values: UnsafePointer<UInt64>,
    count: Int,
    base: UInt64,
    width: UInt8,
    after head: [UInt64]
  ) -> [UInt8] {
    let headBytes = head.count * 8
    let total = headBytes + csimd_packed_size(count, UInt32(width))
    return [UInt8](unsafeUninitializedCapacity: total) { target, filled in
      if let start = target.baseAddress {
        head.withUnsafeBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
        csimd_pack(values, count, base, UInt32(width), start + headBytes)
      }
      filled = total
    }
  }

  private static func packDeltas(
    _ values: UnsafePointer<UInt64>,
    count: Int,
    below width: UInt8
  ) -> (width: UInt8, bytes: [UInt8])? {
    guard count > 1 else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { deltas in
      guard let delta = deltas.baseAddress else { return nil }
      var least = Int64.max
      var greatest = Int64.min
      for row in 1..<count {
        let step = values[row] &- values[row - 1]
        delta[row - 1] = step
        least = min(least, Int64(bitPattern: step))
        greatest = max(greatest, Int64(bitPattern: step))
      }
      let base = UInt64(bitPattern: least)
      let own = bits(UInt64(bitPattern: greatest) &- base)
      guard own < width else { return nil }
      let head = [values[0], base]
      return (own, packed(delta, count: count - 1, base: base, width: own, after: head))
    }
  }

  private static func fill(
    _ values: UnsafeMutablePointer<UInt64>,
    _ count: Int,
    _ entry: FixedBlockEntry
  ) -> Bool {
    guard entry.mode == BlockMode.packed.rawValue else { return false }
    for row in 0..<count { values[row] = UInt64(bitPattern: entry.minimum) }
    return true
  }
}
