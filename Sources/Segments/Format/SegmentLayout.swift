import CXXHash

/// Numbers of the file format that `FORMAT.md` specifies.
enum SegmentLayout {
  /// The version that is written.
  static let version: UInt32 = 3
  /// The versions that are read.
  static let readable: ClosedRange<UInt32> = 2...version
  /// The first version with a filter of the terms of all columns.
  static let termsVersion: UInt32 = 3
  static let headerMagic: UInt64 = 0x3130_4745_5352_4148  // "HARSEG01"
  static let trailerMagic: UInt64 = 0x444E_4745_5352_4148  // "HARSEGND"
  static let headerBytes = 64
  static let trailerBytes = 32
  /// Every section starts at a multiple of this.
  static let alignment = 8

  /// Rows of a block.
  static let blockRows = 4096
  /// The most rows of a segment.
  static let rowLimit = 1 << 20
  /// Raw bytes of text after which a chunk of a dictionary ends.
  static let chunkBytes = 256 * 1024
  /// The most raw bytes of text of a column; a writer is full before that.
  static let heapLimit = 1 << 31
  /// Dictionaries of fewer raw bytes have no term filters: to scan them costs less.
  static let filterThresholdBytes = 128 * 1024
  /// Bytes of filters that are read and checked at once, where a group of them is smaller.
  static let filterSectionBytes = 4096

  /// Checksum of a section: its place and segment are part of it, so that a section that was moved
  /// or taken from elsewhere does not pass.
  static func checksum(_ bytes: UnsafeRawBufferPointer, at offset: Int, of id: SegmentID) -> UInt64
  {
    let seed = id.low ^ id.high &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: offset)
    return xxhash_xxh3(bytes.baseAddress, bytes.count, seed)
  }
}

/// How the rows of a block are laid down.
enum BlockMode: UInt8 {
  /// Differences to the least value, bit-packed.
  case packed = 1
  /// Differences from row to row, less the least of them, bit-packed.
  case delta = 2
  /// Values as they lie in memory.
  case raw = 3
  /// Values as they lie in memory, compressed with zstd.
  case compressed = 4
  /// Each code is one more than the one before.
  case sequence = 5
}
