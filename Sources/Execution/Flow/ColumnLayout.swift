import Columnar
import QueryPlan

/// Which column stands at which position of a batch.
struct ColumnLayout: Sendable {
  let columns: [PlanColumn]
  private let positions: [ColumnID: Int]

  init(_ columns: [PlanColumn]) {
    self.columns = columns
    var positions: [ColumnID: Int] = [:]
    for (index, column) in columns.enumerated() where positions[column.id] == nil {
      positions[column.id] = index
    }
    self.positions = positions
  }

  /// The position of a column; every id of a bound plan has one.
  func position(of id: ColumnID) -> Int? { positions[id] }

  var types: [ScalarType] { columns.map(\.type) }
}
