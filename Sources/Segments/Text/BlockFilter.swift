import CSIMD
import Columnar

/// A split-block Bloom filter: tells that a key is surely absent.
///
/// A key sets one bit in each of the eight 32-bit words of one block of 32 bytes, so a look-up
/// touches one cache line. With 12 bits a key about one absent key of 200 passes.
enum BlockFilter {
  static let blockBytes = 32
  static let bitsPerKey = 12

  /// Odd factors that spread a key over the words of a block, those of `csimd_filter_block_has`.
  private static let salts: [UInt32] = [
    0x47B6_137B, 0x4497_4D91, 0x8824_AD5B, 0xA2B7_289D,
    0x7054_95C7, 0x2DF1_424B, 0x9EFC_4947, 0x5C6B_FB31,
  ]

  /// Builds the filter of distinct keys.
  static func make(_ keys: UnsafeBufferPointer<UInt64>) -> [UInt8] {
    let blocks = max(1, (keys.count * bitsPerKey + 255) / 256)
    var words = [UInt32](repeating: 0, count: blocks * 8)
    words.withUnsafeMutableBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for key in keys {
        let block = base + block(of: key, blocks) &* 8
        let low = UInt32(truncatingIfNeeded: key)
        for lane in 0..<8 { block[lane] |= 1 &<< ((low &* salts[lane]) &>> 27) }
      }
    }
    return words.withUnsafeBytes { Array($0) }
  }

  /// Whether a key may be there.
  @inline(__always)
  static func mayHold(_ key: UInt64, _ filter: UnsafeRawPointer, blocks: Int) -> Bool {
    let block = filter.assumingMemoryBound(to: UInt8.self) + block(of: key, blocks) &* blockBytes
    return csimd_filter_block_has(block, UInt32(truncatingIfNeeded: key))
  }

  /// The block of a key, from its upper half.
  @inline(__always)
  private static func block(of key: UInt64, _ blocks: Int) -> Int {
    Int(truncatingIfNeeded: ((key &>> 32) &* UInt64(truncatingIfNeeded: blocks)) &>> 32)
  }
}
