import Synchronization

/// Gathers the keys of all text columns of a segment in one filter, on whichever threads they are
/// found.
///
/// How many distinct keys there are shows at the end only. So the filter starts as large as the
/// texts may need, and its halves are laid upon one another while it stays selective: a key's block
/// is given by the upper bits of the key, of which each fold takes one away.
final class SegmentTerms: Sendable {
  private let words: Mutex<[UInt32]>

  private static let mostBlocks = 1 << 18
  /// Bytes of text for each block that the filter starts with: every fourth byte ends a term, and
  /// a key gets eight bits.
  private static let textBytesPerBlock = 128
  /// Bits set of a hundred above which a filter is not folded; one absent key of 17 passes then.
  private static let fullPercent = 70
  /// Bits set of a hundred above which a filter holds too little back to be kept.
  private static let uselessPercent = 90

  /// - Parameter textBytes: bytes of all distinct values of all text columns.
  init(textBytes: Int) {
    var blocks = 1
    while blocks < Self.mostBlocks, blocks * Self.textBytesPerBlock < textBytes { blocks *= 2 }
    words = Mutex([UInt32](repeating: 0, count: blocks * BlockFilter.blockWords))
  }

  /// Adds keys; those that are there already change nothing.
  func insert(_ keys: [UInt64]) {
    words.withLock { words in
      let blocks = words.count / BlockFilter.blockWords
      keys.withUnsafeBufferPointer { BlockFilter.insert($0, into: &words, blocks: blocks) }
    }
  }

  /// The filter as it is written: one of a single chunk; empty where it would be of no use.
  func slices() -> (slices: FilterSlices, bytes: [UInt8]) {
    var filter = words.withLock { $0 }
    while let half = Self.fold(filter) { filter = half }
    if Self.percent(filter) > Self.uselessPercent { filter = [] }
    let blocks = filter.count / BlockFilter.blockWords
    let bytes = filter.map(\.littleEndian).withUnsafeBytes { Array($0) }
    return (FilterSlices(chunkCount: 1, groupCount: blocks), bytes)
  }

  /// A filter of half as many blocks; nil where it would be too full.
  private static func fold(_ words: [UInt32]) -> [UInt32]? {
    let width = BlockFilter.blockWords
    guard words.count > width else { return nil }
    let half = [UInt32](unsafeUninitializedCapacity: words.count / 2) { target, filled in
      for index in 0..<words.count / 2 {
        let source = index / width * 2 * width + index % width
        target[index] = words[source] | words[source + width]
      }
      filled = words.count / 2
    }
    return percent(half) > fullPercent ? nil : half
  }

  private static func percent(_ words: [UInt32]) -> Int {
    let bits = words.reduce(0) { $0 &+ $1.nonzeroBitCount }
    return words.isEmpty ? 0 : bits * 100 / (words.count * UInt32.bitWidth)
  }
}
