import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindSort(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let keys = within(row: RowScope(input)) { node.children(.expression).map(sortKey) }
    var table = following(
      .sort(Sort(input: input.plan, keys: keys)),
      input.columns,
      input
    )
    table.isSerialized = true
    return table
  }

  /// Binds a key; descending by default, nulls last when descending, else first.
  func sortKey(_ node: SyntaxNode) -> SortKey {
    let expression = node.child(.expression) ?? node
    let inner =
      expression.kind == .namedExpression
      ? expression.child(.expression) ?? expression : expression
    let value = bindScalar(inner)
    if value.type == .scalar(.dynamic) {
      report(.typeNotAllowed("dynamic", at: span(inner)))
    }
    let order = node.token(.order)?.keyword
    let isDescending = !(order == .asc || order == .grannyAsc)
    let nulls = node.token(.nulls)?.keyword
    let nullsFirst = nulls == nil ? !isDescending : nulls == .first
    return SortKey(value.expression, isDescending: isDescending, nullsFirst: nullsFirst)
  }

  func bindTop(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let count = rowCount(node.child(.count))
    guard let by = node.child(.by) else { return input }
    let key = within(row: RowScope(input)) { sortKey(by) }
    var table = following(
      .top(Top(input: input.plan, count: count, keys: [key])),
      input.columns,
      input
    )
    table.isSerialized = true
    return table
  }

  func bindTake(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let count = rowCount(node.child(.count))
    return following(.take(Take(input: input.plan, count: count)), input.columns, input)
  }

  func bindSample(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let count = rowCount(node.child(.count))
    var table = following(
      .sample(Sample(input: input.plan, count: count)),
      input.columns,
      input
    )
    table.isSerialized = false
    return table
  }

  /// Random distinct values of one column.
  func bindSampleDistinct(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let count = rowCount(node.child(.count))
    guard let of = node.child(.of) else { return input }
    return within(row: RowScope(input)) {
      var names = ColumnNames()
      let value = bindScalar(of)
      if value.type == .scalar(.dynamic) {
        report(.typeNotAllowed("dynamic", at: span(of)))
      }
      place(value, of, &names)
      let summarize = Plan.summarize(
        Summarize(input: input.plan, keys: names.columns, aggregates: [])
      )
      return BoundTable(
        .sample(Sample(input: summarize, count: count)),
        columns: names.columns.map(\.column)
      )
    }
  }

  /// Binds a number of rows, free of columns.
  func rowCount(_ node: SyntaxNode?) -> Expression {
    guard let node else { return .literal(.long(0)) }
    let value = bindConstant(node)
    switch value.type {
    case .scalar(.int), .scalar(.long), .unknown: break
    default: report(.integerExpected(at: span(node)))
    }
    return convert(value, to: .long).expression
  }

  func bindSerialize(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var fixed = following(
      .serialize(Serialize(input: input.plan)),
      input.columns,
      input
    )
    fixed.isSerialized = true
    let items = node.children(.expression)
    guard !items.isEmpty else { return fixed }
    return within(row: RowScope(fixed)) {
      var names = ColumnNames(keeping: fixed.columns, replaces: true)
      let usesWindow = bindProjection(items, into: &names)
      return projected(names, fixed, usesWindow: usesWindow, isOpen: fixed.isOpen)
    }
  }
}
