/// A run of rows of several columns; the unit that operators hand on.
@frozen
public struct Batch: Sendable {
  public let columns: [Vector]
  /// The number of rows; meaningful also without columns.
  public let count: Int

  @inlinable
  public init(columns: [Vector], count: Int) {
    self.columns = columns
    self.count = count
  }

  /// A run of rows, without a copy.
  public func slice(_ range: Range<Int>) -> Batch {
    Batch(columns: columns.map { $0.slice(range) }, count: range.count)
  }

  /// The rows of a selection.
  public func gather(_ selection: Selection) -> Batch {
    Batch(columns: columns.map { $0.gather(selection) }, count: selection.count)
  }

  /// Joins batches of one schema row after row.
  public static func concatenating(_ batches: [Batch], types: [ScalarType]) -> Batch {
    if batches.count == 1, let only = batches.first { return only }
    let columns = types.indices.map { index in
      Vector.concatenating(batches.map { $0.columns[index] }, type: types[index])
    }
    return Batch(columns: columns, count: batches.reduce(0) { $0 + $1.count })
  }
}
