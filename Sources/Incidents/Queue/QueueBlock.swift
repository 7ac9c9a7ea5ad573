import OperationalStore

/// What lists are filtered and ordered by of 64 incidents whose ids follow each other.
///
/// Where the status is 0 there is no incident.
struct QueueBlock {
  static let size = 64

  /// The cells of the columns one after the other.
  private var cells = [Int64](repeating: 0, count: QueueColumn.allCases.count * size)

  /// Puts in the cells of a part as it is kept.
  mutating func read(
    _ part: QueuePart,
    _ bytes: UnsafeRawBufferPointer,
    path: String
  ) throws(StoreFailure) {
    var layout = QueuePartLayout(part)
    try layout.read(bytes, path: path)
    cells.withUnsafeMutableBufferPointer { cells in
      for column in part.columns {
        layout.decode(column, bytes, into: .init(rebasing: cells[Self.range(of: column)]))
      }
    }
  }

  /// Gives the cells of a column.
  func copy(_ column: QueueColumn, into target: UnsafeMutableBufferPointer<Int64>) {
    for (slot, cell) in cells[Self.range(of: column)].enumerated() { target[slot] = cell }
  }

  /// Puts an incident into a slot, or nothing.
  mutating func set(_ slot: Int, _ row: QueueRow?) {
    for column in QueueColumn.allCases {
      cells[Self.range(of: column).lowerBound + slot] = row?[column] ?? 0
    }
  }

  /// Whether another block has the same cells in a part.
  func isSame(_ part: QueuePart, as other: QueueBlock) -> Bool {
    part.columns.map(Self.range).allSatisfy { cells[$0] == other.cells[$0] }
  }

  /// The cells of a part as they are kept.
  func encoded(_ part: QueuePart) -> [UInt8] {
    let occupied = cells[Self.range(of: .status)]
    var form = QueuePartForm()
    for column in part.columns {
      let values = cells[Self.range(of: column)]
      form.add(values, counting: column == .status ? nil : occupied)
    }
    return form.bytes
  }

  private static func range(of column: QueueColumn) -> Range<Int> {
    column.rawValue * size..<(column.rawValue + 1) * size
  }
}
