/// Columns whose cells of a block are kept together.
///
/// Lists read the parts that have a column of their filter or order, and `presence`.
enum QueuePart: Int, CaseIterable {
  case presence, figures, names, created, updated, firstActivity, lastActivity, sets

  /// In the order in which the part keeps them; a further one comes last.
  var columns: [QueueColumn] { Self.columns[rawValue] }

  private static let columns = allCases.map { part in
    QueueColumn.allCases.filter { $0.part == part }
  }

  /// The key under which the part of a block is kept: those of a part stand together.
  func place(of block: Int64) -> Int64 { Self.distance * Int64(rawValue) + block }

  /// From a part's first block to that of the next.
  static let distance: Int64 = 1 << 40
}
