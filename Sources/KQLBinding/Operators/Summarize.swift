import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindSummarize(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var names = ColumnNames(input: input.columns)
    bindKeys(node.children(.by), input, &names)
    let keys = names.columns
    let collector = AggregateCollector(keyColumns: keyColumns(keys))
    let row = RowScope(input)
    bindSummaries(node.children(.expression), row, collector, &names)
    let outputs = Array(names.columns.dropFirst(keys.count))
    var table = summary(input, keys, collector.calls, outputs)
    table.isOpen = collector.takesOpenRow
    return table
  }

  /// Binds group keys. The engine does not group by dynamic values.
  func bindKeys(_ nodes: [SyntaxNode], _ input: BoundTable, _ names: inout ColumnNames) {
    within(row: RowScope(input)) {
      for node in nodes {
        let inner = node.kind == .namedExpression ? node.child(.expression) ?? node : node
        let value = bindScalar(inner)
        if value.type == .scalar(.dynamic) {
          report(.typeNotAllowed("dynamic", at: span(inner)))
        }
        place(value, node, &names)
      }
    }
  }

  /// The input columns that are keys as they are.
  func keyColumns(_ keys: [NamedExpression]) -> Set<ColumnID> {
    Set(
      keys.compactMap { key in
        if case .column(let id, _) = key.expression { id } else { nil }
      }
    )
  }

  /// Binds expressions over aggregates.
  func bindSummaries(
    _ nodes: [SyntaxNode],
    _ row: RowScope,
    _ collector: AggregateCollector,
    _ names: inout ColumnNames
  ) {
    var inner = frame
    inner.row = row
    inner.aggregates = collector
    within(inner) { _ = bindProjection(nodes, into: &names) }
  }

  /// Makes the plan: aggregates under their output names where that is all, else a projection
  /// over them.
  func summary(
    _ input: BoundTable,
    _ keys: [NamedExpression],
    _ calls: [AggregateCall],
    _ outputs: [NamedExpression]
  ) -> BoundTable {
    if let named = renamed(calls, to: outputs) {
      let summarize = Summarize(input: input.plan, keys: keys, aggregates: named)
      return BoundTable(.summarize(summarize))
    }
    let summarize = Plan.summarize(Summarize(input: input.plan, keys: keys, aggregates: calls))
    let passed = keys.map { NamedExpression(passing: $0.column) }
    return BoundTable(.project(Project(input: summarize, expressions: passed + outputs)))
  }

  /// The aggregates with the names of the outputs, where these are just their columns in order.
  private func renamed(
    _ calls: [AggregateCall],
    to outputs: [NamedExpression]
  ) -> [AggregateCall]? {
    var rest = outputs[...]
    var result: [AggregateCall] = []
    for call in calls {
      var columns: [PlanColumn] = []
      for column in call.columns {
        guard let output = rest.popFirst(), case .column(column.id, _) = output.expression,
          output.column.id == column.id
        else { return nil }
        columns.append(column.renamed(output.column.name))
      }
      result.append(
        AggregateCall(
          function: call.function,
          arguments: call.arguments,
          columns: columns,
          span: call.span
        )
      )
    }
    return rest.isEmpty ? result : nil
  }

  func bindDistinct(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var names = ColumnNames(input: input.columns)
    let items = node.children(.expression)
    let isStar = items.contains { $0.kind == .starExpression }
    if isStar {
      for column in input.columns where type(of: column) == .scalar(.dynamic) {
        _ = column
        report(.typeNotAllowed("dynamic", at: span(node)))
        break
      }
      for column in input.columns {
        names.add(column.name) { _ in NamedExpression(passing: column) }
      }
    }
    bindKeys(items.filter { $0.kind != .starExpression }, input, &names)
    let summarize = Summarize(input: input.plan, keys: names.columns, aggregates: [])
    var table = BoundTable(.summarize(summarize))
    table.isOpen = isStar && input.isOpen
    return table
  }

  func bindCount(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let column = freshColumn(node.child(.as).map(name) ?? "Count", .scalar(.long))
    let call = AggregateCall(
      function: "count",
      arguments: [],
      columns: [column],
      span: span(node)
    )
    return BoundTable(
      .summarize(Summarize(input: input.plan, keys: [], aggregates: [call]))
    )
  }
}
