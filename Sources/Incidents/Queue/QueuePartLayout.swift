import OperationalStore

/// Where the cells of a block's part are.
///
/// For each column a part has a base of eight bytes and a width of one; then for each column its
/// cells less the base in that many bytes, from 0 to 8, least first; then eight bytes of 0, so that
/// each cell can be read as eight bytes.
struct QueuePartLayout {
  static let padding = 8

  private var bases: [Int64]
  private var widths: [Int]
  private var starts: [Int]

  init(_ part: QueuePart) {
    let count = part.columns.count
    bases = [Int64](repeating: 0, count: count)
    widths = [Int](repeating: 0, count: count)
    starts = [Int](repeating: 0, count: count)
  }

  /// Reads where the cells are, and that the part is whole.
  mutating func read(_ bytes: UnsafeRawBufferPointer, path: String) throws(StoreFailure) {
    let columns = bases.count
    var end = columns * 9
    let isLong = bytes.count >= end
    for column in 0..<columns where isLong {
      let width = bytes.loadUnaligned(fromByteOffset: column * 9 + 8, as: UInt8.self)
      bases[column] = bytes.loadUnaligned(fromByteOffset: column * 9, as: Int64.self)
      widths[column] = Int(width)
      starts[column] = end
      end += Int(width) * QueueBlock.size
    }
    if !isLong || widths.contains(where: { $0 > 8 }) || end + Self.padding != bytes.count {
      throw StoreFailure(.corrupt(detail: "a block of the incident queue"), path: path)
    }
  }

  /// Decodes the cells of one of the part's columns.
  func decode(
    _ column: QueueColumn,
    _ bytes: UnsafeRawBufferPointer,
    into cells: UnsafeMutableBufferPointer<Int64>
  ) {
    let start = starts[column.index]
    let base = bases[column.index]
    let width = widths[column.index]
    let mask = width == 0 ? 0 : UInt64.max >> UInt64(64 - width * 8)
    for slot in 0..<QueueBlock.size {
      let cell = bytes.loadUnaligned(fromByteOffset: start + slot * width, as: UInt64.self)
      cells[slot] = base &+ Int64(bitPattern: cell & mask)
    }
  }
}

/// Writes a part as ``QueuePartLayout`` reads it.
struct QueuePartForm {
  private var header: [UInt8] = []
  private var body: [UInt8] = []

  /// Adds a column.
  ///
  /// - Parameter occupied: 0 for each slot whose cell does not count; nil where all do.
  mutating func add(_ values: ArraySlice<Int64>, counting occupied: ArraySlice<Int64>?) {
    let (base, width) = Self.frame(of: values, occupied)
    Self.append(UInt64(bitPattern: base), 8, to: &header)
    header.append(UInt8(width))
    for value in values {
      // An empty slot is 0 and may be below the base; its cell says nothing.
      Self.append(UInt64(bitPattern: value &- base), width, to: &body)
    }
  }

  var bytes: [UInt8] {
    header + body + [UInt8](repeating: 0, count: QueuePartLayout.padding)
  }

  /// The least of the cells that count, and in how many bytes they are told from it.
  private static func frame(
    of values: ArraySlice<Int64>,
    _ occupied: ArraySlice<Int64>?
  ) -> (base: Int64, width: Int) {
    var least = Int64.max
    var most = Int64.min
    for (slot, value) in values.enumerated() {
      if let occupied, occupied[occupied.startIndex + slot] == 0 { continue }
      least = min(least, value)
      most = max(most, value)
    }
    if least > most { return (0, 0) }
    let span = UInt64(bitPattern: most &- least)
    return (least, (UInt64.bitWidth - span.leadingZeroBitCount + 7) / 8)
  }

  private static func append(_ value: UInt64, _ width: Int, to bytes: inout [UInt8]) {
    for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (place * 8))) }
  }
}
