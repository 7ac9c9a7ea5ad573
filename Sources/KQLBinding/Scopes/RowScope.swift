import QueryPlan

/// The columns that a scalar expression may name.
struct RowScope {
  var columns: [PlanColumn]
  var isOpen = false
  var isSerialized = false
  /// `$left` and `$right` of a join condition, `$table` and the like: names with rows of their own.
  var sides: [String: [PlanColumn]] = [:]
  /// Columns found while the row is open.
  var discovered = OpenColumns()
  private let index: [Name: Int]

  init(_ columns: [PlanColumn], isOpen: Bool = false, isSerialized: Bool = false) {
    self.columns = columns
    self.isOpen = isOpen
    self.isSerialized = isSerialized
    var index: [Name: Int] = [:]
    if columns.count > 8 {
      index.reserveCapacity(columns.count)
      for (position, column) in columns.enumerated() where index[Name(column.name)] == nil {
        index[Name(column.name)] = position
      }
    }
    self.index = index
  }

  init(_ table: BoundTable) {
    self.init(table.columns, isOpen: table.isOpen, isSerialized: table.isSerialized)
    discovered = table.discovered
  }

  /// The column of a name.
  func column(named name: String) -> PlanColumn? {
    if columns.count <= 8 { return columns.first { $0.name.isSameName(as: name) } }
    return index[Name(name)].map { columns[$0] }
  }
}
