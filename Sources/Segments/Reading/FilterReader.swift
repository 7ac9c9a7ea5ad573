import FileAccess

/// Looks keys up in the filters of a text column, section by section checked before its first use.
final class FilterReader: Sendable {
  private let context: ColumnContext
  private let slices: FilterSlices
  private let states: DecodeStates

  init(_ context: ColumnContext) {
    self.context = context
    slices = context.description.filters
    states = DecodeStates(slices.sectionCount)
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
      slices.retain(key, in: &set, context.file.source.base + start)
      if set.allSatisfy({ $0 == 0 }) { break }
    }
    return set
  }

  /// Checks every section.
  func verify() throws(SegmentFailure) {
    for section in 0..<slices.sectionCount { try ensure(section) }
  }

  private var start: Int { Int(truncatingIfNeeded: context.description.filterOffset) }

  private func ensure(_ section: Int) throws(SegmentFailure) {
    try states.ensure(section) { () throws(SegmentFailure) in
      let bytes = slices.bytes(ofSection: section)
      _ = try context.file.section(
        offset: context.description.filterOffset &+ UInt64(truncatingIfNeeded: bytes.lowerBound),
        byteCount: UInt32(truncatingIfNeeded: bytes.count),
        checksum: checksum(section),
        of: context.id,
        "filter \(section) of column '\(context.description.name)'"
      )
    }
  }

  /// Checksums of the sections lie at the end of the directory, whose size was checked.
  private func checksum(_ section: Int) -> UInt64 {
    let offset = context.directory.count - (slices.sectionCount - section) * 8
    return context.directory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
