import Columnar
import QueryPlan

/// Orders the rows of a batch by several keys; ties keep the order of the batch.
struct RowOrder {
  private let columns: [SortColumn]

  /// Makes an order from the values of the keys.
  init(_ values: [Vector], _ keys: [SortKey]) throws {
    columns = try zip(values, keys).map { try SortColumn($0, $1) }
  }

  /// An order of no rows.
  init() { columns = [] }

  /// About how many bytes sorting takes beside the keys.
  static func byteCount(rows: Int, keys: [Vector]) -> Int {
    rows * (9 * keys.count + 8 + WordSort.bytesPerRow)
  }

  /// Compares two rows: negative, zero or positive.
  func compare(_ left: Int, _ right: Int) -> Int { compare(left, self, right) }

  /// Compares a row with one of another batch.
  func compare(_ left: Int, _ other: RowOrder, _ right: Int) -> Int {
    for index in columns.indices {
      let order = columns[index].compare(left, other.columns[index], right)
      if order != 0 { return order }
    }
    return 0
  }

  /// The rows in order, or an error where the query was ended meanwhile.
  func sorted(count: Int) throws -> [UInt32] {
    if columns.count == 1, let only = columns.first, only.isExact { return try only.sortedRows }
    var rows = (0..<count).map { UInt32(truncatingIfNeeded: $0) }
    var checks = SortChecks()
    try rows.sort { first, second in
      try checks.countDown()
      let order = compare(Int(first), Int(second))
      return order != 0 ? order < 0 : first < second
    }
    return rows
  }
}

extension Batch {
  /// The rows at indices, in their order, as batches of some thousand rows; or an error where the
  /// query was ended meanwhile.
  func gatherPieces(_ rows: [UInt32]) throws -> [Batch] {
    var pieces: [Batch] = []
    try rows.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      try MemoryAccount.forEachPiece(of: buffer.count) { piece in
        pieces.append(
          Batch(
            columns: columns.map { $0.gather(base + piece.lowerBound, count: piece.count) },
            count: piece.count
          )
        )
      }
    }
    return pieces
  }

  /// The rows at indices, in their order.
  func gather(_ rows: [UInt32]) -> Batch {
    rows.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return slice(0..<0) }
      return Batch(
        columns: columns.map { $0.gather(base, count: buffer.count) },
        count: buffer.count
      )
    }
  }
}
