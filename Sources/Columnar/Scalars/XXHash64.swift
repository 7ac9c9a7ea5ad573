/// The xxHash64 function with seed 0, as `hash()` and `hash_xxhash64()` use it.
public enum XXHash64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// Hashes bytes.
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let start = bytes.baseAddress else { return finish(prime5) }
    let raw = UnsafeRawPointer(start)
    let count = bytes.count
    var offset = 0
    var state = prime5
    if count >= 32 { state = hashStripes(raw, count: count, &offset) }
    state &+= UInt64(truncatingIfNeeded: count)
    while count &- offset >= 8 {
      state = rotate(state ^ round(0, loadWord(raw, offset)), 27) &* prime1 &+ prime4
      offset &+= 8
    }
    if count &- offset >= 4 {
      state = rotate(state ^ UInt64(loadHalf(raw, offset)) &* prime1, 23) &* prime2 &+ prime3
      offset &+= 4
    }
    while offset < count {
      state = rotate(state ^ UInt64(bytes[offset]) &* prime5, 11) &* prime1
      offset &+= 1
    }
    return finish(state)
  }

  /// Hashes a whole number as its eight bytes, lowest first.
  public static func hash(_ value: Int64) -> UInt64 {
    let state = prime5 &+ 8
    return finish(
      rotate(state ^ round(0, UInt64(bitPattern: value)), 27) &* prime1 &+ prime4
    )
  }

  /// Hashes all whole stripes of 32 bytes in four lanes.
  private static func hashStripes(
    _ raw: UnsafeRawPointer,
    count: Int,
    _ offset: inout Int
  ) -> UInt64 {
    var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
    while count &- offset >= 32 {
      lanes.0 = round(lanes.0, loadWord(raw, offset))
      lanes.1 = round(lanes.1, loadWord(raw, offset &+ 8))
      lanes.2 = round(lanes.2, loadWord(raw, offset &+ 16))
      lanes.3 = round(lanes.3, loadWord(raw, offset &+ 24))
      offset &+= 32
    }
    var state =
      rotate(lanes.0, 1) &+ rotate(lanes.1, 7) &+ rotate(lanes.2, 12) &+ rotate(lanes.3, 18)
    state = merge(state, lanes.0)
    state = merge(state, lanes.1)
    state = merge(state, lanes.2)
    return merge(state, lanes.3)
  }

  private static func merge(_ state: UInt64, _ lane: UInt64) -> UInt64 {
    (state ^ round(0, lane)) &* prime1 &+ prime4
  }

  private static func round(_ state: UInt64, _ word: UInt64) -> UInt64 {
    rotate(state &+ word &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value &<< bits | value &>> (64 &- bits)
  }

  private static func finish(_ state: UInt64) -> UInt64 {
    var state = state
    state = (state ^ state &>> 33) &* prime2
    state = (state ^ state &>> 29) &* prime3
    return state ^ state &>> 32
  }
}
