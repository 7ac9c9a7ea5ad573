import Columnar

/// A split-block Bloom filter: tells that a key is surely absent.
///
/// A key sets one bit in each of the eight 32-bit words of one block of 256 bits. With 11 bits a
/// key about one absent key of 130 passes. In a file the filters of all chunks of a column lie bit
/// by bit beside one another, as `FilterSlices` has it.
enum BlockFilter {
  static let blockBits = 256
  /// Words of a block.
  static let blockWords = 8
  static let bitsPerKey = 11

  /// Odd factors that spread a key over the words of a block.
  private static let salts: [UInt32] = [
    0x47B6_137B, 0x4497_4D91, 0x8824_AD5B, 0xA2B7_289D,
    0x7054_95C7, 0x2DF1_424B, 0x9EFC_4947, 0x5C6B_FB31,
  ]

  /// The blocks of a filter for so many keys.
  static func blocks(forKeys count: Int) -> Int { max(1, (count * bitsPerKey + 255) / 256) }

  /// Builds the filter of distinct keys, eight words a block.
  static func make(_ keys: UnsafeBufferPointer<UInt64>, blocks: Int) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: blocks * blockWords)
    insert(keys, into: &words, blocks: blocks)
    return words
  }

  /// Sets the bits of keys in the words of so many blocks.
  static func insert(
    _ keys: UnsafeBufferPointer<UInt64>,
    into words: inout [UInt32],
    blocks: Int
  ) {
    words.withUnsafeMutableBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for key in keys {
        let block = base + block(of: key, blocks) &* blockWords
        let low = UInt32(truncatingIfNeeded: key)
        for lane in 0..<blockWords { block[lane] |= 1 &<< ((low &* salts[lane]) &>> 27) }
      }
    }
  }

  /// The bit of its block that a key sets in one of the eight words, counted over all of them.
  @inline(__always)
  static func bit(of key: UInt64, lane: Int) -> Int {
    let low = UInt32(truncatingIfNeeded: key)
    return lane &* 32 &+ Int(truncatingIfNeeded: (low &* salts[lane]) &>> 27)
  }

  /// The block of a key, from its upper half.
  @inline(__always)
  static func block(of key: UInt64, _ blocks: Int) -> Int {
    Int(truncatingIfNeeded: ((key &>> 32) &* UInt64(truncatingIfNeeded: blocks)) &>> 32)
  }
}
