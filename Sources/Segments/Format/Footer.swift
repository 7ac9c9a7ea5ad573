import Columnar

/// What the footer says of a column.
struct ColumnDescription: Equatable {
  var name: String
  var type: ScalarType
  /// Where the directory of the column lies.
  var directoryOffset: UInt64 = 0
  var directoryBytes: UInt32 = 0
  var directoryChecksum: UInt64 = 0
  var nullCount: UInt32 = 0
  /// Least and greatest value, for types that order as integers and have a value.
  var bounds: ClosedRange<Int64>?
  /// Values, chunks and bytes of the dictionary of a text column.
  var entryCount: UInt32 = 0
  var chunkCount: UInt32 = 0
  var textBytes: UInt64 = 0
  /// The entry that stands for null, in dynamic columns.
  var nullEntry: UInt32 = .max
  /// Where the filters of a text column lie, and the blocks of each; 0 blocks where it has none.
  var filterOffset: UInt64 = 0
  var filterGroups: UInt32 = 0
  /// Where the sketch of its distinct values lies; no bytes where it has no value.
  var sketch = SectionPlace()
}

extension ColumnDescription {
  /// How the filters of a text column lie.
  var filters: FilterSlices {
    FilterSlices(chunkCount: Int(chunkCount), groupCount: Int(filterGroups))
  }
}

/// Where a section lies, and the checksum of its bytes.
struct SectionPlace: Equatable {
  var offset: UInt64 = 0
  var byteCount: UInt32 = 0
  var checksum: UInt64 = 0
}

/// Where the filter of the terms of all text columns lies, one chunk of `FilterSlices`; behind it
/// are the checksums of its sections.
struct TermsPlace: Equatable {
  var offset: UInt64 = 0
  /// 0 where there is no filter.
  var groupCount: UInt32 = 0
  /// Checksum of the checksums.
  var checksum: UInt64 = 0

  var slices: FilterSlices { FilterSlices(chunkCount: 1, groupCount: Int(groupCount)) }
}

/// The directory of a segment file.
struct Footer: Equatable {
  var id: SegmentID
  var rowCount: UInt32
  /// Position of the column that carries event time, or -1.
  var timeColumn: Int32
  var columns: [ColumnDescription]
  var terms: TermsPlace

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(SegmentLayout.version)
    writer.write(id.high)
    writer.write(id.low)
    writer.write(rowCount)
    writer.write(timeColumn)
    writer.write(UInt32(truncatingIfNeeded: columns.count))
    for column in columns { Self.write(column, to: &writer) }
    writer.write(terms.offset)
    writer.write(terms.groupCount)
    writer.write(terms.checksum)
    return writer.bytes
  }

  private static func write(_ column: ColumnDescription, to writer: inout ByteWriter) {
    writer.write(text: column.name)
    writer.write(column.type.rawValue)
    writer.write(UInt8(column.bounds == nil ? 0 : 1))
    writer.write(column.directoryOffset)
    writer.write(column.directoryBytes)
    writer.write(column.directoryChecksum)
    writer.write(column.nullCount)
    writer.write(column.bounds?.lowerBound ?? 0)
    writer.write(column.bounds?.upperBound ?? 0)
    writer.write(column.entryCount)
    writer.write(column.chunkCount)
    writer.write(column.textBytes)
    writer.write(column.nullEntry)
    writer.write(column.filterOffset)
    writer.write(column.filterGroups)
    writer.write(column.sketch.offset)
    writer.write(column.sketch.byteCount)
    writer.write(column.sketch.checksum)
  }

  init(
    id: SegmentID,
    rowCount: UInt32,
    timeColumn: Int32,
    columns: [ColumnDescription],
    terms: TermsPlace = TermsPlace()
  ) {
    self.id = id
    self.rowCount = rowCount
    self.timeColumn = timeColumn
    self.columns = columns
    self.terms = terms
  }

  /// Reads a footer; nil where the bytes are not one.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes)
    guard let version = reader.read(UInt32.self), SegmentLayout.readable.contains(version),
      let high = reader.read(UInt64.self), let low = reader.read(UInt64.self),
      let rowCount = reader.read(UInt32.self), let timeColumn = reader.read(Int32.self),
      let count = reader.read(UInt32.self), rowCount <= SegmentLayout.rowLimit
    else { return nil }
    var columns: [ColumnDescription] = []
    for _ in 0..<count {
      guard let column = Self.readColumn(&reader) else { return nil }
      columns.append(column)
    }
    var terms = TermsPlace()
    if version >= SegmentLayout.termsVersion {
      guard let place = Self.readTerms(&reader) else { return nil }
      terms = place
    }
    guard reader.isAtEnd, timeColumn < Int32(truncatingIfNeeded: columns.count) else { return nil }
    self.init(
      id: SegmentID(high: high, low: low),
      rowCount: rowCount,
      timeColumn: timeColumn,
      columns: columns,
      terms: terms
    )
  }

  private static func readTerms(_ reader: inout ByteReader) -> TermsPlace? {
    guard let offset = reader.read(UInt64.self), let groupCount = reader.read(UInt32.self),
      let checksum = reader.read(UInt64.self), groupCount <= SegmentLayout.heapLimit / 32
    else { return nil }
    return TermsPlace(offset: offset, groupCount: groupCount, checksum: checksum)
  }

  private static func readColumn(_ reader: inout ByteReader) -> ColumnDescription? {
    guard let name = reader.readText(), let code = reader.read(UInt8.self),
      let type = ScalarType(rawValue: code), let hasBounds = reader.read(UInt8.self),
      let directoryOffset = reader.read(UInt64.self),
      let directoryBytes = reader.read(UInt32.self),
      let directoryChecksum = reader.read(UInt64.self),
      let nullCount = reader.read(UInt32.self),
      let least = reader.read(Int64.self), let greatest = reader.read(Int64.self),
      let entryCount = reader.read(UInt32.self), let chunkCount = reader.read(UInt32.self),
      let textBytes = reader.read(UInt64.self), let nullEntry = reader.read(UInt32.self),
      let filterOffset = reader.read(UInt64.self), let filterGroups = reader.read(UInt32.self),
      let sketch = readPlace(&reader), least <= greatest,
      UInt64(filterGroups) &* UInt64(chunkCount) <= SegmentLayout.heapLimit
    else { return nil }
    return ColumnDescription(
      name: name,
      type: type,
      directoryOffset: directoryOffset,
      directoryBytes: directoryBytes,
      directoryChecksum: directoryChecksum,
      nullCount: nullCount,
      bounds: hasBounds == 1 ? least...greatest : nil,
      entryCount: entryCount,
      chunkCount: chunkCount,
      textBytes: textBytes,
      nullEntry: nullEntry,
      filterOffset: filterOffset,
      filterGroups: filterGroups,
      sketch: sketch
    )
  }

  private static func readPlace(_ reader: inout ByteReader) -> SectionPlace? {
    guard let offset = reader.read(UInt64.self), let byteCount = reader.read(UInt32.self),
      let checksum = reader.read(UInt64.self)
    else { return nil }
    return SectionPlace(offset: offset, byteCount: byteCount, checksum: checksum)
  }
}
