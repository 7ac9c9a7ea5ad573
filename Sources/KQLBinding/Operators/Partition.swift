import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// `partition by k (…)`: the subquery over the rows of each key.
  func bindPartition(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let by = node.child(.by) else { return input }
    let key = within(row: RowScope(input)) { bindScalar(by) }
    let id = freshNumber()
    guard let subquery = node.child(.subquery) else {
      let table = node.child(.query).map(bindTable) ?? failedTable()
      return refused(
        "partition with a query of its own",
        input,
        columns: table.columns,
        isOpen: table.isOpen,
        node
      )
    }
    var rows = BoundTable(.subqueryInput(SubqueryInput(id: id, columns: input.columns)))
    rows.isOpen = input.isOpen
    rows.isSerialized = input.isSerialized
    let bound = bindSubquery(subquery, rows)
    let isPlain = node.child(.scope) == nil && node.kind == .partitionOperator
    guard isPlain else {
      let what = node.kind == .partitionOperator ? "partition … in" : "__partitionby"
      return refused(what, input, columns: bound.columns, isOpen: bound.isOpen, node)
    }
    let partition = Partition(
      id: id,
      input: input.plan,
      key: key.expression,
      subquery: bound.plan,
      columns: bound.columns
    )
    var table = BoundTable(.partition(partition), columns: bound.columns)
    table.isOpen = bound.isOpen
    table.depth = max(input.depth, bound.depth)
    return table
  }
}
