import Columnar
import Hunting

/// A column of rows that are made of items, and how its cell is made.
struct MadeColumn<Item>: Sendable {
  let name: String
  let cell: @Sendable (Item) -> Scalar

  init(_ name: String, _ cell: @escaping @Sendable (Item) -> Scalar) {
    self.name = name
    self.cell = cell
  }
}

/// Makes the cells of the columns that are wanted.
struct CellMaker<Item> {
  private let columns: [MadeColumn<Item>]

  init(_ columns: [MadeColumn<Item>], only wanted: WantedRows) {
    self.columns = columns.filter { wanted.has($0.name) }
  }

  func has(_ names: Set<String>) -> Bool { columns.contains { names.contains($0.name) } }

  func cells(of item: Item) -> [String: Scalar] {
    var cells = [String: Scalar](minimumCapacity: columns.count)
    for column in columns { cells[column.name] = column.cell(item) }
    return cells
  }
}
