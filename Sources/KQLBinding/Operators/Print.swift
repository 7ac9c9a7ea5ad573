import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// `print`: one row, columns without a name numbered by position.
  func bindPrint(_ node: SyntaxNode) -> BoundTable {
    let one = Plan.values(Values(columns: [], rows: [[]]))
    return within(row: RowScope([], isSerialized: true)) {
      var names = ColumnNames()
      let usesWindow = bindProjection(
        node.children(.expression),
        into: &names,
        numbered: "print_"
      )
      var table = projected(
        names,
        BoundTable(one, columns: []),
        usesWindow: usesWindow,
        isOpen: false
      )
      table.isSerialized = true
      return table
    }
  }
}
