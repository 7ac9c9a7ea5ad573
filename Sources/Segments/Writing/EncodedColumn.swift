/// A column whose sections lie one after another, with offsets that count from the first.
struct EncodedColumn: Sendable {
  var description: ColumnDescription
  var payload: [UInt8] = []
  var fixedBlocks: [FixedBlockEntry] = []
  var chunks: [ChunkEntry] = []
  var codeBlocks: [CodeBlockEntry] = []

  init(_ description: ColumnDescription) { self.description = description }

  /// Adds a section and returns its offset.
  mutating func add(_ section: [UInt8]) -> UInt64 {
    let offset = payload.count
    payload.append(contentsOf: section)
    let rest = payload.count % SegmentLayout.alignment
    if rest > 0 {
      payload.append(contentsOf: repeatElement(0, count: SegmentLayout.alignment - rest))
    }
    return UInt64(truncatingIfNeeded: offset)
  }

  /// Adds the sketch of the column's values.
  mutating func addSketch(_ sketch: DistinctSketch, _ compressor: Compressor) {
    let bytes = sketch.encoded(compressor)
    description.sketch = SectionPlace(
      offset: add(bytes),
      byteCount: UInt32(truncatingIfNeeded: bytes.count)
    )
  }

  /// Sets the final offsets and checksums for a payload at `base`, and returns the directory.
  mutating func settle(at base: Int, of id: SegmentID) -> [UInt8] {
    let shift = UInt64(truncatingIfNeeded: base)
    var writer = ByteWriter()
    payload.withUnsafeBytes { bytes in
      let checksum = { (offset: UInt64, count: UInt32) in
        let start = Int(truncatingIfNeeded: offset)
        let section = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(count)])
        return SegmentLayout.checksum(section, at: base + start, of: id)
      }
      for index in fixedBlocks.indices {
        let entry = fixedBlocks[index]
        fixedBlocks[index].checksum = checksum(entry.offset, entry.storedBytes)
        fixedBlocks[index].offset &+= shift
        fixedBlocks[index].write(to: &writer)
      }
      for index in chunks.indices {
        let entry = chunks[index]
        chunks[index].checksum = checksum(entry.offset, entry.storedBytes)
        chunks[index].offset &+= shift
        chunks[index].write(to: &writer)
      }
      for index in codeBlocks.indices {
        let entry = codeBlocks[index]
        codeBlocks[index].checksum = checksum(entry.offset, entry.storedBytes)
        codeBlocks[index].offset &+= shift
        codeBlocks[index].write(to: &writer)
      }
      let filters = description.filters
      for section in 0..<filters.sectionCount {
        let bytes = filters.bytes(ofSection: section)
        let start = description.filterOffset &+ UInt64(truncatingIfNeeded: bytes.lowerBound)
        writer.write(checksum(start, UInt32(truncatingIfNeeded: bytes.count)))
      }
      description.filterOffset &+= shift
      let sketch = description.sketch
      description.sketch.checksum = checksum(sketch.offset, sketch.byteCount)
      description.sketch.offset &+= shift
    }
    return writer.bytes
  }
}
