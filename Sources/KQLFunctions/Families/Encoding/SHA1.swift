import Columnar

/// The SHA-1 digest (FIPS 180-4): a fingerprint of data, no protection against forgery.
enum SHA1 {
  /// The digest of a text.
  static func digest(_ text: TextView) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    var schedule = [UInt32](repeating: 0, count: 80)
    DigestBlocks(text, lengthIsBigEndian: true).forEach { block in
      for index in 0..<16 { schedule[index] = UInt32(bigEndianAt: block + index &* 4) }
      for index in 16..<80 {
        let mixed =
          schedule[index &- 3] ^ schedule[index &- 8] ^ schedule[index &- 14]
          ^ schedule[index &- 16]
        schedule[index] = mixed.rotatedLeft(1)
      }
      add(schedule, to: &state)
    }
    return state.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word &>> UInt32(24 - $0 * 8)) }
    }
  }

  private static func add(_ schedule: [UInt32], to state: inout [UInt32]) {
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
    for step in 0..<80 {
      let mixed: UInt32
      switch step {
      case ..<20: mixed = (b & c | ~b & d) &+ 0x5a82_7999
      case ..<40: mixed = (b ^ c ^ d) &+ 0x6ed9_eba1
      case ..<60: mixed = (b & c | b & d | c & d) &+ 0x8f1b_bcdc
      default: mixed = (b ^ c ^ d) &+ 0xca62_c1d6
      }
      let next = a.rotatedLeft(5) &+ mixed &+ e &+ schedule[step]
      (e, d, c, b, a) = (d, c, b.rotatedLeft(30), a, next)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
  }
}
