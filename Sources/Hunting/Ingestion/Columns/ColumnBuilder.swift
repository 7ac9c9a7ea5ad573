import Columnar

/// Cells that did not fit the type of their column.
struct UnfitCells {
  var count = 0
  /// The first of them, as an index of the cells handed over.
  var first = 0

  @inline(never)
  mutating func note(_ index: Int) {
    if count == 0 { first = index }
    count += 1
  }
}

/// Collects the values of one column, one chunk after the other.
///
/// A column hears of the batches that have a value for it; rows between them are added without a
/// value, so that absent columns of a wide table cost nothing.
protocol ColumnBuilder: AnyObject {
  /// Adds the rows of a batch; tells which cells did not fit the type and are missing now.
  func append(_ batch: ColumnCells) -> UnfitCells

  /// Gives the `rows` rows of the present chunk; the next one begins.
  func finish(rows: Int) -> Vector

  /// What the values of the chunk could be besides texts, where that is asked; once a chunk.
  func takeCandidates() -> TypeCandidates?
}

extension ColumnBuilder {
  func takeCandidates() -> TypeCandidates? { nil }
}

/// Makes the builder of a column; nil collects texts and infers the type.
func makeColumnBuilder(_ type: ScalarType?, seed: UInt64) -> any ColumnBuilder {
  switch type {
  case nil: StringBuilder(seed: seed, infersType: true)
  case .bool: FixedCellBuilder<Bool>()
  case .int: FixedCellBuilder<Int32>()
  case .long: FixedCellBuilder<Int64>()
  case .real: FixedCellBuilder<Double>()
  case .decimal: FixedCellBuilder<Decimal128>()
  case .datetime: FixedCellBuilder<DateTime>()
  case .timespan: FixedCellBuilder<TimeSpan>()
  case .guid: FixedCellBuilder<GUID>()
  case .string: StringBuilder(seed: seed)
  case .dynamic: DynamicBuilder(seed: seed)
  }
}
