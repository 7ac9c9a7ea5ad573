import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// `partition by k (…)`: the subquery over the rows of each key.
  func bindPartition(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let by = node.child(.by) else { return input }
    let key = within(row: RowScope(input)) { bindScalar(by) }
    if key.type == .scalar(.dynamic) { report(.typeNotAllowed("dynamic", at: span(by))) }
    let id = freshNumber()
    guard let subquery = node.child(.subquery) else {
      let bound = bindQuery(node, of: by, key, SubqueryInput(id: id, columns: input.columns))
      guard node.child(.scope) == nil else {
        return refused(
          "partition … in",
          input,
          columns: bound.columns,
          isOpen: bound.isOpen,
          node
        )
      }
      return partitioned(input, key, bound, id)
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
    return partitioned(input, key, bound, id)
  }

  private func partitioned(
    _ input: BoundTable,
    _ key: BoundScalar,
    _ bound: BoundTable,
    _ id: Int
  ) -> BoundTable {
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

  /// Binds a query in braces: it has a source of its own and sees the key as a value.
  private func bindQuery(
    _ node: SyntaxNode,
    of by: SyntaxNode,
    _ key: BoundScalar,
    _ rows: SubqueryInput
  ) -> BoundTable {
    guard let query = node.child(.query) else { return failedTable() }
    let column = freshColumn("key", key.type)
    let values = Project(
      input: .subqueryInput(rows),
      expressions: [NamedExpression(column, key.expression)]
    )
    let first = ScalarSubquery(id: freshNumber(), plan: .project(values), type: column.type)
    var inner = frame
    inner.row = nil
    inner.aggregates = nil
    inner.isInSubquery = true
    if let name = naturalName(by) {
      let value = BoundScalar(.scalarSubquery(first), key.type, isConstant: true, weight: 2)
      inner.scope = inner.scope.adding(name, .scalar(value))
    }
    return within(inner) { bindTable(query) }
  }
}
