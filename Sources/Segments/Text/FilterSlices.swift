/// How the filters of all chunks of a column lie in a file: the bit of every chunk beside those of
/// the others, so that one key is looked up in all chunks with one read.
///
/// All filters of a column have the same blocks. Block *b* of all chunks is a group; in it bit *i*
/// of chunk *c* is bit `i * chunks + c`, lowest first. Groups lie in sections of at least 4 KiB,
/// each with a checksum.
struct FilterSlices: Sendable {
  let chunkCount: Int
  /// Blocks of each filter; 0 where the column has none.
  let groupCount: Int

  /// Bytes of a group.
  var groupBytes: Int { BlockFilter.blockBits / 8 * chunkCount }

  /// Groups of a section; the last may have fewer.
  var groupsPerSection: Int { max(1, SegmentLayout.filterSectionBytes / max(1, groupBytes)) }

  var sectionCount: Int { (groupCount + groupsPerSection - 1) / groupsPerSection }

  /// Bytes of all groups.
  var byteCount: Int { groupCount * groupBytes }

  /// The bytes of a section, counted from the first group.
  func bytes(ofSection section: Int) -> Range<Int> {
    let first = section * groupsPerSection
    let end = min(groupCount, first + groupsPerSection)
    return first * groupBytes..<end * groupBytes
  }

  // MARK: Writing

  /// Lays the filters of the keys of each chunk beside one another.
  static func make(_ keys: [[UInt64]]) -> (slices: FilterSlices, bytes: [UInt8]) {
    let most = keys.map(\.count).max() ?? 0
    let slices = FilterSlices(
      chunkCount: keys.count,
      groupCount: BlockFilter.blocks(forKeys: most)
    )
    // A word more, so that bits may be put down by whole words.
    var words = [UInt64](repeating: 0, count: slices.byteCount / 8 + 2)
    for first in stride(from: 0, to: keys.count, by: 64) {
      let filters = keys[first..<min(first + 64, keys.count)].map { chunk in
        chunk.withUnsafeBufferPointer { BlockFilter.make($0, blocks: slices.groupCount) }
      }
      slices.put(filters, from: first, into: &words)
    }
    let bytes = words.withUnsafeBytes { Array($0[..<slices.byteCount]) }
    return (slices, bytes)
  }

  /// Puts up to 64 filters down, from a chunk on.
  private func put(_ filters: [[UInt32]], from first: Int, into words: inout [UInt64]) {
    var square = [UInt64](repeating: 0, count: 64)
    for start in stride(from: 0, to: groupCount * BlockFilter.blockBits, by: 64) {
      let word = start / 32
      for row in 0..<64 {
        square[row] =
          row < filters.count
          ? UInt64(filters[row][word]) | UInt64(filters[row][word + 1]) &<< 32 : 0
      }
      Self.transpose(&square)
      for row in 0..<64 where square[row] != 0 {
        let bit = (start + row) * chunkCount + first
        let shift = UInt64(truncatingIfNeeded: bit & 63)
        words[bit / 64] |= square[row] &<< shift
        if shift > 0 { words[bit / 64 + 1] |= square[row] &>> (64 &- shift) }
      }
    }
  }

  /// Swaps rows and bits of 64 words of 64 bits.
  private static func transpose(_ rows: inout [UInt64]) {
    var width: UInt64 = 32
    var mask: UInt64 = 0x0000_0000_FFFF_FFFF
    while width > 0 {
      let step = Int(truncatingIfNeeded: width)
      var row = 0
      while row < 64 {
        let swapped = (rows[row] &>> width ^ rows[row | step]) & mask
        rows[row] ^= swapped &<< width
        rows[row | step] ^= swapped
        row = ((row | step) &+ 1) & ~step
      }
      width &>>= 1
      mask ^= mask &<< width
    }
  }

  // MARK: Reading

  /// The words of a set of chunks.
  var setWords: Int { (chunkCount + 63) / 64 }

  /// Takes from a set the chunks whose filters lack a key.
  ///
  /// - Parameters:
  ///   - key: the key.
  ///   - set: a bit for each chunk, in `setWords` words.
  ///   - base: the first group; eight bytes behind the last group must be readable.
  @inline(__always)
  func retain(_ key: UInt64, in set: inout [UInt64], _ base: UnsafeRawPointer) {
    let group = base + BlockFilter.block(of: key, groupCount) &* groupBytes
    let wordCount = setWords
    set.withUnsafeMutableBufferPointer { words in
      for lane in 0..<8 {
        let start = BlockFilter.bit(of: key, lane: lane) &* chunkCount
        for index in 0..<wordCount { words[index] &= Self.word(at: start &+ index &* 64, group) }
      }
    }
  }

  /// The section in which the group of a key lies.
  func section(of key: UInt64) -> Int { BlockFilter.block(of: key, groupCount) / groupsPerSection }

  /// A set of all chunks.
  var everyChunk: [UInt64] {
    (0..<setWords).map { index in
      let rest = chunkCount - index * 64
      return rest >= 64 ? .max : 1 << UInt64(rest) - 1
    }
  }

  /// 64 bits from any bit on.
  @inline(__always)
  private static func word(at bit: Int, _ base: UnsafeRawPointer) -> UInt64 {
    let low = base.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self).littleEndian
    let shift = UInt64(truncatingIfNeeded: bit & 7)
    if shift == 0 { return low }
    let high = base.load(fromByteOffset: bit &>> 3 &+ 8, as: UInt8.self)
    return low &>> shift | UInt64(high) &<< (64 &- shift)
  }
}
