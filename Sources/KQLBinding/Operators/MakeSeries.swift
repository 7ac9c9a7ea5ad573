import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindMakeSeries(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let axisNode = node.child(.axis) else { return input }
    let row = RowScope(input)
    var names = ColumnNames()
    bindKeys(node.children(.by), input, &names)
    let keys = names.columns
    let collector = AggregateCollector(keyColumns: keyColumns(keys))
    var aggregates: [SeriesAggregate] = []
    var isPlain = true
    for item in node.children(.aggregate) {
      guard let series = bindSeries(item, row, collector, &names) else {
        isPlain = false
        continue
      }
      aggregates.append(series)
    }
    let axis = bindAxis(axisNode, row, &names)
    let columns = names.columns.map(\.column)
    let bounds = bindBounds(node, axis)
    guard isPlain, let step = bounds.step else {
      return refused("make-series over a compound aggregate", input, columns: columns, node)
    }
    let series = MakeSeries(
      input: input.plan,
      aggregates: aggregates,
      axis: axis,
      from: bounds.from,
      to: bounds.to,
      step: step,
      isInRange: node.child(.range) != nil || isInRange(node),
      keys: keys,
      isNonEmpty: node.parametersNamed("kind", self).map(word) == "nonempty",
      columns: columns
    )
    return BoundTable(.makeSeries(series), columns: columns)
  }

  /// Whether the bounds are written as `in range(a, b, s)`.
  private func isInRange(_ node: SyntaxNode) -> Bool {
    node.tokens(.keyword).contains { $0.keyword == .in }
  }

  /// Binds an aggregate; nil where it is not an aggregate alone.
  private func bindSeries(
    _ item: SyntaxNode,
    _ row: RowScope,
    _ collector: AggregateCollector,
    _ names: inout ColumnNames
  ) -> SeriesAggregate? {
    guard let expression = item.child(.expression) else { return nil }
    let before = collector.calls.count
    var added = ColumnNames()
    bindSummaries([expression], row, collector, &added)
    let outputs = added.columns
    var columns: [PlanColumn] = []
    for output in outputs {
      let isExplicit = expression.kind == .namedExpression
      let make = { (name: String) -> NamedExpression in
        let column = self.freshColumn(name, .scalar(.dynamic))
        columns.append(column)
        return NamedExpression(passing: column)
      }
      if isExplicit {
        if !names.declare(output.column.name, make) {
          report(.duplicateColumn(output.column.name, at: span(expression)))
        }
      } else if output.column.name.hasPrefix("Column") {
        names.addUnnamed(make)
      } else {
        names.add(output.column.name, make)
      }
    }
    guard collector.calls.count == before + 1, let call = collector.calls.last,
      call.columns.count == columns.count,
      zip(call.columns, outputs).allSatisfy({ isColumn($0.id, $1.expression) })
    else { return nil }
    let missing = item.child(.defaultValue).map { bindConstant($0).expression }
    let named = AggregateCall(
      function: call.function,
      arguments: call.arguments,
      columns: columns,
      span: call.span
    )
    return SeriesAggregate(call: named, missing: missing)
  }

  private func isColumn(_ id: ColumnID, _ expression: Expression) -> Bool {
    if case .column(id, _) = expression { true } else { false }
  }

  private func bindAxis(
    _ node: SyntaxNode,
    _ row: RowScope,
    _ names: inout ColumnNames
  ) -> NamedExpression {
    let inner = node.kind == .namedExpression ? node.child(.expression) ?? node : node
    let value = within(row: row) { bindScalar(inner) }
    let title = within(row: row) { naturalName(node) }
    var made: PlanColumn?
    let make = { (name: String) -> NamedExpression in
      let column = self.freshColumn(name, .scalar(.dynamic))
      made = column
      return NamedExpression(passing: column)
    }
    if let title { names.add(title, make) } else { names.addUnnamed(make) }
    return NamedExpression(made ?? freshColumn("", .scalar(.dynamic)), value.expression)
  }

  private func bindBounds(
    _ node: SyntaxNode,
    _ axis: NamedExpression
  ) -> (from: Expression?, to: Expression?, step: Expression?) {
    let type = axis.expression.type
    let target = type == .int ? ScalarType.long : type
    let bound = { (role: SyntaxRole) -> Expression? in
      node.child(role).map { part in
        let value = self.bindConstant(part)
        return target == .dynamic ? value.expression : self.convert(value, to: target).expression
      }
    }
    let step = node.child(.step).map { part -> Expression in
      let value = bindConstant(part)
      guard target != .datetime, target != .dynamic else { return value.expression }
      return convert(value, to: target).expression
    }
    return (bound(.from), bound(.to), step)
  }
}
