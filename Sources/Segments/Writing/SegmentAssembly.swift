import Columnar
import Synchronization

/// Puts encoded columns together into a file.
struct SegmentAssembly {
  let id: SegmentID
  let rowCount: Int
  let timeColumn: Int?

  func assemble(_ columns: [EncodedColumn], _ terms: SegmentTerms) -> EncodedSegment {
    var pieces = [header()]
    var offset = SegmentLayout.headerBytes
    var descriptions: [ColumnDescription] = []
    for var column in columns {
      var directory = column.settle(at: offset, of: id)
      pieces.append(column.payload)
      offset += column.payload.count
      column.description.directoryOffset = UInt64(truncatingIfNeeded: offset)
      column.description.directoryBytes = UInt32(truncatingIfNeeded: directory.count)
      column.description.directoryChecksum = checksum(directory, at: offset)
      directory.append(contentsOf: Self.padding(after: directory.count))
      pieces.append(directory)
      offset += directory.count
      descriptions.append(column.description)
    }
    let filter = filter(terms, at: offset)
    pieces.append(filter.bytes)
    offset += filter.bytes.count
    let footer = Footer(
      id: id,
      rowCount: UInt32(truncatingIfNeeded: rowCount),
      timeColumn: timeColumn.map { Int32(truncatingIfNeeded: $0) } ?? -1,
      columns: descriptions,
      terms: filter.place
    )
    let body = footer.encoded()
    let footerChecksum = checksum(body, at: offset)
    pieces.append(body)
    pieces.append(trailer(footerAt: offset, body.count, footerChecksum))
    return EncodedSegment(
      pieces: pieces,
      summary: SegmentSummary(
        id: id,
        rowCount: rowCount,
        byteCount: offset + body.count + SegmentLayout.trailerBytes,
        checksum: footerChecksum,
        timeRange: timeColumn.flatMap { descriptions[$0].bounds },
        columns: descriptions.map { ColumnSchema($0.name, $0.type) }
      )
    )
  }

  /// The filter of the terms of all columns, then the checksums of its sections.
  private func filter(_ terms: SegmentTerms, at offset: Int) -> (place: TermsPlace, bytes: [UInt8])
  {
    let (slices, bytes) = terms.slices()
    var checksums = ByteWriter()
    for section in 0..<slices.sectionCount {
      let range = slices.bytes(ofSection: section)
      checksums.write(checksum(Array(bytes[range]), at: offset + range.lowerBound))
    }
    let place = TermsPlace(
      offset: UInt64(truncatingIfNeeded: offset),
      groupCount: UInt32(truncatingIfNeeded: slices.groupCount),
      checksum: checksum(checksums.bytes, at: offset + bytes.count)
    )
    return (place, bytes + checksums.bytes)
  }

  private func header() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(SegmentLayout.headerMagic)
    writer.write(SegmentLayout.version)
    writer.write(UInt32(0))
    writer.write(id.high)
    writer.write(id.low)
    while writer.bytes.count < SegmentLayout.headerBytes - 8 { writer.write(UInt8(0)) }
    writer.write(checksum(writer.bytes, at: 0))
    return writer.bytes
  }

  private func trailer(footerAt offset: Int, _ count: Int, _ checksum: UInt64) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt64(truncatingIfNeeded: offset))
    writer.write(UInt32(truncatingIfNeeded: count))
    writer.write(SegmentLayout.version)
    writer.write(checksum)
    writer.write(SegmentLayout.trailerMagic)
    return writer.bytes
  }

  private func checksum(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes.withUnsafeBytes { SegmentLayout.checksum($0, at: offset, of: id) }
  }

  private static func padding(after count: Int) -> [UInt8] {
    let rest = count % SegmentLayout.alignment
    return rest == 0 ? [] : [UInt8](repeating: 0, count: SegmentLayout.alignment - rest)
  }
}

/// Encoded columns, each put there by whoever encoded it.
final class EncodingSlots: Sendable {
  private let slots: Mutex<[EncodedColumn?]>

  init(_ count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

  func put(_ column: EncodedColumn, at index: Int) { slots.withLock { $0[index] = column } }

  var all: [EncodedColumn] { slots.withLock { $0.compactMap { $0 } } }
}
