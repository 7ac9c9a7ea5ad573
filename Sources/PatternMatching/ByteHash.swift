import CSIMD

/// Hashes short texts for the needle indexes; not stable across versions, not against floods.
enum ByteHash {
  /// Hashes bytes as they are, or with ASCII capitals lowered. Reads only the bytes given.
  @inline(__always)
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>, lowering: Bool) -> UInt64 {
    guard let base = bytes.baseAddress else { return mix(0, 0) }
    var state = UInt64(truncatingIfNeeded: bytes.count)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word = csimd_load64(base + offset)
      state = mix(state, lowering ? csimd_lower64(word) : word)
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail &<< 8 | UInt64(base[offset])
      offset &+= 1
    }
    return mix(state, lowering ? csimd_lower64(tail) : tail)
  }

  /// Hashes code points after `CaseMapping.fold`.
  static func foldedHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = 0
    var offset = 0
    while offset < bytes.count {
      let scalar = UTF8Scalar(at: offset, in: bytes)
      state = mix(state, UInt64(CaseMapping.fold(scalar.value)))
      offset &+= scalar.width
    }
    return state
  }

  @inline(__always)
  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word ^ 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
