import OperationalStore

/// What lists are filtered and ordered by of 64 incidents whose ids follow each other.
///
/// For each column it has a base of eight bytes and a width of one; then for each column its cells
/// less the base in that many bytes, from 0 to 8, least first; then eight bytes of 0, so that each
/// cell can be read as eight bytes. Where the status is 0 there is no incident.
struct QueueBlock {
  static let size = 64
  private static let columns = QueueColumn.allCases.count
  private static let header = columns * 9
  private static let padding = 8

  /// The cells of the columns one after the other.
  private(set) var cells = [Int64](repeating: 0, count: columns * size)

  init() {}

  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(StoreFailure) {
    var layout = Layout()
    try layout.read(bytes, path: path)
    cells.withUnsafeMutableBufferPointer { cells in
      for column in QueueColumn.allCases {
        let start = column.rawValue * Self.size
        layout.decode(column, bytes, into: .init(rebasing: cells[start..<start + Self.size]))
      }
    }
  }

  /// Puts an incident into a slot, or nothing.
  mutating func set(_ slot: Int, _ row: QueueRow?) {
    for column in 0..<Self.columns { cells[column * Self.size + slot] = row?.cells[column] ?? 0 }
  }

  var encoded: [UInt8] {
    var header: [UInt8] = []
    var body: [UInt8] = []
    for column in 0..<Self.columns {
      let values = cells[column * Self.size..<(column + 1) * Self.size]
      let (base, width) = Self.frame(of: values, isStatus: column == 0, occupied: cells)
      Self.append(UInt64(bitPattern: base), 8, to: &header)
      header.append(UInt8(width))
      for value in values {
        // An empty slot is 0 and may be below the base; its cell says nothing.
        Self.append(UInt64(bitPattern: value &- base), width, to: &body)
      }
    }
    return header + body + [UInt8](repeating: 0, count: Self.padding)
  }

  /// The least of the cells that count, and in how many bytes they are told from it.
  private static func frame(
    of values: ArraySlice<Int64>,
    isStatus: Bool,
    occupied status: [Int64]
  ) -> (base: Int64, width: Int) {
    var least = Int64.max
    var most = Int64.min
    for (slot, value) in values.enumerated() where isStatus || status[slot] != 0 {
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

  /// Where the cells of a block's columns are.
  struct Layout {
    private var bases = [Int64](repeating: 0, count: columns)
    private var widths = [Int](repeating: 0, count: columns)
    private var starts = [Int](repeating: 0, count: columns)

    /// Reads where the cells of a block are, and that it is whole.
    mutating func read(_ bytes: UnsafeRawBufferPointer, path: String) throws(StoreFailure) {
      var end = header
      let isLong = bytes.count >= header
      for column in 0..<columns where isLong {
        let width = bytes.loadUnaligned(fromByteOffset: column * 9 + 8, as: UInt8.self)
        bases[column] = bytes.loadUnaligned(fromByteOffset: column * 9, as: Int64.self)
        widths[column] = Int(width)
        starts[column] = end
        end += Int(width) * size
      }
      if !isLong || widths.contains(where: { $0 > 8 }) || end + padding != bytes.count {
        throw StoreFailure(.corrupt(detail: "a block of the incident queue"), path: path)
      }
    }

    func decode(
      _ column: QueueColumn,
      _ bytes: UnsafeRawBufferPointer,
      into cells: UnsafeMutableBufferPointer<Int64>
    ) {
      let start = starts[column.rawValue]
      let base = bases[column.rawValue]
      let width = widths[column.rawValue]
      let mask = width == 0 ? 0 : UInt64.max >> UInt64(64 - width * 8)
      for slot in 0..<size {
        let cell = bytes.loadUnaligned(fromByteOffset: start + slot * width, as: UInt64.self)
        cells[slot] = base &+ Int64(bitPattern: cell & mask)
      }
    }
  }
}
