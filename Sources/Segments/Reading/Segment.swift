public import Columnar
import CSIMD
public import FileAccess
import Synchronization

/// An open segment: immutable, read on demand, every part checked before its first use.
///
/// Threads may share it. Columns are decoded block by block into memory that `release` gives back.
public final class Segment: Sendable {
  public let id: SegmentID
  public let schema: Schema
  public let rowCount: Int
  /// The column that carries event time.
  public let timeColumn: Int?
  let source: MappedFile
  let descriptions: [ColumnDescription]
  /// What earlier tests of values came to.
  public let testMemory: TestMemory
  private let open = Mutex<[Int: SegmentColumn]>([:])
  private let terms: TermsPlace
  private let termReader = Mutex<FilterReader?>(nil)
  /// Counts what columns have decoded until the memory is freed.
  private let meter: MemoryMeter

  /// The most rows of a block.
  public static let blockRows = SegmentLayout.blockRows

  /// Opens a segment: checks header, trailer and footer, but reads no column.
  ///
  /// - Parameter meter: counts the bytes that decoded columns take, also after they were released
  ///   while a vector holds them.
  public init(
    _ source: MappedFile,
    meter: MemoryMeter = MemoryMeter()
  ) throws(SegmentFailure) {
    self.meter = meter
    testMemory = TestMemory(meter: meter)
    let file = SegmentFile(source)
    let footer = try file.readFooter()
    self.source = source
    id = footer.id
    rowCount = Int(footer.rowCount)
    timeColumn = footer.timeColumn < 0 ? nil : Int(footer.timeColumn)
    descriptions = footer.columns
    terms = footer.terms
    schema = Schema(footer.columns.map { ColumnSchema($0.name, $0.type) })
  }

  /// Opens a segment of which the pieces are in memory, for tests and tools.
  public convenience init(inMemory pieces: [[UInt8]]) throws(SegmentFailure) {
    try self.init(MappedFile(copying: pieces.flatMap { $0 }, path: "memory"))
  }

  /// The file.
  public var path: String { source.path }

  /// Blocks of each column.
  public var blockCount: Int { (rowCount + Self.blockRows - 1) / Self.blockRows }

  /// The rows of a block.
  public func rows(ofBlock block: Int) -> Range<Int> {
    block * Self.blockRows..<min(rowCount, (block + 1) * Self.blockRows)
  }

  /// Least and greatest value of a column whose type orders as integers, nulls left out.
  public func bounds(ofColumn index: Int) -> ClosedRange<Int64>? { descriptions[index].bounds }

  /// How many rows of a column are null.
  public func nullCount(ofColumn index: Int) -> Int { Int(descriptions[index].nullCount) }

  /// How many distinct values the dictionary of a text column has; nil for other types.
  public func distinctCount(ofColumn index: Int) -> Int? {
    descriptions[index].type.isText ? Int(descriptions[index].entryCount) : nil
  }

  /// Bytes of memory that a column takes once all of it is decoded.
  public func wholeByteCount(ofColumn index: Int) -> Int {
    let description = descriptions[index]
    if !description.type.isText { return rowCount * description.type.byteWidth }
    // A code for each row, a view for each value.
    return rowCount * 4 + Int(description.entryCount) * 8 + Int(description.textBytes)
  }

  /// About how many distinct values a column has, in a form that merges with other segments'.
  public func distinctSketch(ofColumn index: Int) throws(SegmentFailure) -> DistinctSketch {
    try distinctSketch(ofColumn: index, in: SegmentFile(source))
  }

  private func distinctSketch(
    ofColumn index: Int,
    in file: SegmentFile
  ) throws(SegmentFailure) -> DistinctSketch {
    let description = descriptions[index]
    let place = description.sketch
    if place.byteCount == 0 { return DistinctSketch() }
    let part = "sketch of column '\(description.name)'"
    let section = try file.section(
      offset: place.offset,
      byteCount: place.byteCount,
      checksum: place.checksum,
      of: id,
      part
    )
    guard let sketch = DistinctSketch(encoded: section) else {
      throw SegmentFailure(.damaged(part), path: path)
    }
    return sketch
  }

  /// Whether a text column may have a value with all keys of one of the alternatives; true where
  /// nothing is known.
  ///
  /// One short read for each key, however many columns there are.
  public func mayHold(_ alternatives: [[UInt64]]) throws(SegmentFailure) -> Bool {
    if terms.groupCount == 0 { return true }
    return try !termFilter().chunks(holding: alternatives).isEmpty
  }

  private func termFilter() throws(SegmentFailure) -> FilterReader {
    if let known = termReader.withLock({ $0 }) { return known }
    let made = try makeTermFilter(SegmentFile(source))
    return termReader.withLock { reader in
      if let other = reader { return other }
      reader = made
      return made
    }
  }

  private func makeTermFilter(_ file: SegmentFile) throws(SegmentFailure) -> FilterReader {
    let slices = terms.slices
    let owner = "all columns"
    let checksums = try file.section(
      offset: terms.offset &+ UInt64(truncatingIfNeeded: slices.byteCount),
      byteCount: UInt32(truncatingIfNeeded: slices.sectionCount * 8),
      checksum: terms.checksum,
      of: id,
      "directory of the filter of \(owner)"
    )
    let sections = FilterSections(
      file: file,
      id: id,
      offset: terms.offset,
      checksums: checksums,
      owner: owner
    )
    return FilterReader(slices, in: sections)
  }

  /// The reader of a column; kept until it is released.
  public func column(_ index: Int) throws(SegmentFailure) -> SegmentColumn {
    if let known = open.withLock({ $0[index] }) { return known }
    let made = try makeColumn(index, in: SegmentFile(source))
    return open.withLock { columns in
      if let other = columns[index] { return other }
      columns[index] = made
      return made
    }
  }

  /// Gives up the decoded form of a column; vectors that hold parts of it keep them.
  public func release(column index: Int) { open.withLock { _ = $0.removeValue(forKey: index) } }

  /// Gives up the decoded form of all columns, but keeps what tests of values came to: that is
  /// small, and spares reading the columns again.
  public func releaseColumns() { open.withLock { $0.removeAll() } }

  /// Gives up the decoded form of all columns and what tests of values came to.
  public func releaseAll() {
    releaseColumns()
    testMemory.removeAll()
  }

  /// Gives up the decoded rows of all columns, but keeps the values of dictionaries.
  public func releaseRows() {
    open.withLock { columns in
      columns = columns.compactMapValues { column in
        if case .text(let reader) = column { .text(reader.withoutRows()) } else { nil }
      }
    }
  }

  /// Bytes of memory that decoded columns and remembered tests take.
  public var decodedByteCount: Int { testMemory.byteCount + columnByteCount }

  /// Bytes of memory that decoded columns take.
  public var columnByteCount: Int {
    open.withLock { columns in columns.values.reduce(0) { $0 + $1.decodedByteCount } }
  }

  /// Reads every part and checks it, and that there are zeros alone between them.
  public func verify() throws(SegmentFailure) {
    let log = SectionLog()
    let file = SegmentFile(source, log: log)
    _ = try file.readFooter()
    for index in descriptions.indices {
      let column = try makeColumn(index, in: file)
      try column.verify()
      _ = try distinctSketch(ofColumn: index, in: file)
    }
    if terms.groupCount > 0 { try makeTermFilter(file).verify() }
    if let stray = log.firstStrayByte(in: source.bytes) {
      throw SegmentFailure(.damaged("padding at byte \(stray)"), path: path)
    }
  }

  private func makeColumn(
    _ index: Int,
    in file: SegmentFile
  ) throws(SegmentFailure) -> SegmentColumn {
    let description = descriptions[index]
    let directory = try file.section(
      offset: description.directoryOffset,
      byteCount: description.directoryBytes,
      checksum: description.directoryChecksum,
      of: id,
      "directory of column '\(description.name)'"
    )
    let context = ColumnContext(
      file: file,
      id: id,
      description: description,
      rowCount: rowCount,
      directory: directory,
      meter: meter
    )
    return description.type.isText
      ? .text(try TextColumnReader(context)) : .fixed(try FixedColumnReader(context))
  }
}

/// The reader of one column of a segment.
public enum SegmentColumn: Sendable {
  case fixed(FixedColumnReader)
  case text(TextColumnReader)

  /// The whole column; rows may be read once `ensure` was called for them.
  public var vector: Vector {
    switch self {
    case .fixed(let column): column.vector
    case .text(let column): column.vector
    }
  }

  /// Makes rows readable, and for text all values that they may have.
  public func ensure(_ rows: Range<Int>) throws(SegmentFailure) {
    switch self {
    case .fixed(let column): try column.ensure(rows)
    case .text(let column):
      try column.ensureCodes(rows)
      try column.ensureAllValues()
    }
  }

  var decodedByteCount: Int {
    switch self {
    case .fixed(let column): column.decodedByteCount
    case .text(let column): column.decodedByteCount
    }
  }

  func verify() throws(SegmentFailure) {
    switch self {
    case .fixed(let column): try column.ensure(0..<column.rowCount)
    case .text(let column): try column.verify()
    }
  }
}

/// What the reader of a column is made from.
///
/// The directory points into the mapped file, which `file` keeps alive, and is never written.
struct ColumnContext: @unchecked Sendable {
  let file: SegmentFile
  let id: SegmentID
  let description: ColumnDescription
  let rowCount: Int
  /// The checked bytes of the directory.
  let directory: UnsafeRawBufferPointer
  /// Counts decoded bytes.
  let meter: MemoryMeter

  var blockCount: Int { (rowCount + SegmentLayout.blockRows - 1) / SegmentLayout.blockRows }

  func damaged(_ part: String) -> SegmentFailure {
    SegmentFailure(
      .damaged("\(part) of column '\(description.name)'"),
      path: file.source.path
    )
  }
}
