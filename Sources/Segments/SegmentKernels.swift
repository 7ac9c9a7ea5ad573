package import Columnar

/// The kernels of this module as the benchmark of kernels calls them: a batch a call, no work of
/// its own.
package enum SegmentKernels {
  /// A block of integers as a segment holds it.
  package struct PackedBlock {
    fileprivate let entry: FixedBlockEntry
    fileprivate let bytes: Buffer
    /// Bits of a value.
    package var width: UInt8 { entry.width }
    /// Whether differences from row to row are held.
    package var isDelta: Bool { entry.mode == BlockMode.delta.rawValue }
    /// What is added to each unpacked value of a block without differences.
    package var least: Int64 { entry.minimum }
    /// The packed bytes; some more may be read.
    package var base: UnsafePointer<UInt8> { UnsafePointer(bytes.values(UInt8.self)) }
  }

  /// Packs a block as writers do.
  package static func pack(_ values: UnsafePointer<UInt64>, count: Int) -> PackedBlock {
    let packed = IntegerBlocks.pack(values, count: count)
    var entry = FixedBlockEntry()
    entry.mode = packed.mode.rawValue
    entry.width = packed.width
    entry.minimum = packed.minimum
    entry.maximum = packed.maximum
    return PackedBlock(entry: entry, bytes: packed.bytes.withUnsafeBytes { Buffer(copying: $0) })
  }

  /// Unpacks a block as readers do.
  package static func unpack(
    _ block: PackedBlock,
    into values: UnsafeMutablePointer<UInt64>,
    count: Int
  ) -> Bool {
    let bytes = UnsafeRawBufferPointer(start: block.bytes.base, count: block.bytes.byteCount)
    return IntegerBlocks.unpack(bytes, block.entry, into: values, count: count)
  }

  /// The filters of some chunks as a segment holds them.
  package struct Filters {
    fileprivate let slices: FilterSlices
    fileprivate let bytes: Buffer
    /// Blocks of each filter.
    package var groupCount: Int { slices.groupCount }
    /// The first group; some more bytes may be read.
    package var base: UnsafePointer<UInt8> { UnsafePointer(bytes.values(UInt8.self)) }
  }

  /// Makes the filters of the keys of each chunk.
  package static func filters(of keys: [[UInt64]]) -> Filters {
    let (slices, bytes) = FilterSlices.make(keys)
    return Filters(slices: slices, bytes: bytes.withUnsafeBytes { Buffer(copying: $0) })
  }

  /// Counts the chunks that may hold each of the keys.
  package static func probe(_ filters: Filters, _ keys: [UInt64]) -> Int {
    let every = filters.slices.everyChunk
    var set = every
    var found = 0
    for key in keys {
      for index in every.indices { set[index] = every[index] }
      filters.slices.retain(key, in: &set, filters.bytes.base)
      for word in set { found &+= word.nonzeroBitCount }
    }
    return found
  }

  /// Adds up the keys of the terms of texts, as the writer of filters takes them.
  package static func sumTermKeys(_ rows: TextRows, count: Int) -> (sum: UInt64, terms: Int) {
    var sum: UInt64 = 0
    var terms = 0
    for row in 0..<count {
      TermKeys.forEach(in: rows[row]) { key in
        sum &+= key
        terms &+= 1
      }
    }
    return (sum, terms)
  }
}
