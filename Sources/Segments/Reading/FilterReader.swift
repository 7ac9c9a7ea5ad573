import FileAccess

/// Looks keys up in filters that lie side by side, section by section checked before its first use.
final class FilterReader: Sendable {
  private let sections: FilterSections
  private let slices: FilterSlices
  private let states: DecodeStates

  init(_ slices: FilterSlices, in sections: FilterSections) {
    self.slices = slices
    self.sections = sections
    states = DecodeStates(slices.sectionCount)
  }

  /// The filters of a text column, whose checksums lie at the end of its directory.
  convenience init(_ context: ColumnContext) {
    let slices = context.description.filters
    let start = context.directory.count - slices.sectionCount * 8
    self.init(
      slices,
      in: FilterSections(
        file: context.file,
        id: context.id,
        offset: context.description.filterOffset,
        checksums: UnsafeRawBufferPointer(rebasing: context.directory[start...]),
        owner: "column '\(context.description.name)'"
      )
    )
  }

  /// The chunks that may hold values in which all keys of one of the alternatives lie; all of them
  /// where there are no filters.
  func chunks(holding alternatives: [[UInt64]]) throws(SegmentFailure) -> [Int] {
    guard slices.groupCount > 0, !alternatives.isEmpty else { return Array(0..<slices.chunkCount) }
    var found = [UInt64](repeating: 0, count: slices.setWords)
    for keys in alternatives {
      let holding = try chunks(holdingAll: keys)
      for index in found.indices { found[index] |= holding[index] }
    }
    return (0..<slices.chunkCount).filter { found[$0 / 64] &>> UInt64($0 & 63) & 1 != 0 }
  }

  private func chunks(holdingAll keys: [UInt64]) throws(SegmentFailure) -> [UInt64] {
    var set = slices.everyChunk
    for key in keys {
      try ensure(slices.section(of: key))
      slices.retain(key, in: &set, sections.file.source.base + sections.start)
      if set.allSatisfy({ $0 == 0 }) { break }
    }
    return set
  }

  /// Checks every section.
  func verify() throws(SegmentFailure) {
    for section in 0..<slices.sectionCount { try ensure(section) }
  }

  private func ensure(_ section: Int) throws(SegmentFailure) {
    try states.ensure(section) { () throws(SegmentFailure) in
      try sections.check(section, slices.bytes(ofSection: section))
    }
  }
}

/// Where the sections of filters and their checksums lie.
///
/// The checksums were checked themselves; they lie in the mapped file, which `file` keeps alive,
/// and are never written.
struct FilterSections: @unchecked Sendable {
  let file: SegmentFile
  let id: SegmentID
  /// Of the first section, in the file.
  let offset: UInt64
  let checksums: UnsafeRawBufferPointer
  /// Whose filters they are, for failures.
  let owner: String

  var start: Int { Int(truncatingIfNeeded: offset) }

  /// Checks the bytes of a section, counted from the first one.
  func check(_ section: Int, _ bytes: Range<Int>) throws(SegmentFailure) {
    _ = try file.section(
      offset: offset &+ UInt64(truncatingIfNeeded: bytes.lowerBound),
      byteCount: UInt32(truncatingIfNeeded: bytes.count),
      checksum: checksums.loadUnaligned(fromByteOffset: section * 8, as: UInt64.self),
      of: id,
      "filter \(section) of \(owner)"
    )
  }
}
