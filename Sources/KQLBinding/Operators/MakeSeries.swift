import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindMakeSeries(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let axisNode = node.child(.axis) else { return input }
    let row = RowScope(input)
    var names = ColumnNames(input: input.columns)
    bindKeys(node.children(.by), input, &names)
    let keys = names.columns
    let collector = AggregateCollector(keyColumns: keyColumns(keys))
    let values = node.children(.aggregate).flatMap { bindSeries($0, row, collector, &names) }
    let (axis, axisType) = bindAxis(axisNode, row, &names)
    let columns = names.columns.map(\.column)
    let bounds = bindBounds(node, axisType)
    guard let step = bounds.step else {
      return refused("make-series without a step", input, columns: columns, node)
    }
    let series = MakeSeries(
      input: input.plan,
      aggregates: collector.calls,
      values: values,
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

  /// Binds an expression over aggregates: an array for each of its columns.
  private func bindSeries(
    _ item: SyntaxNode,
    _ row: RowScope,
    _ collector: AggregateCollector,
    _ names: inout ColumnNames
  ) -> [SeriesValue] {
    guard let expression = item.child(.expression) else { return [] }
    var added = ColumnNames()
    bindSummaries([expression], row, collector, &added)
    let isExplicit = expression.kind == .namedExpression
    let missing = item.child(.defaultValue).map { bindConstant($0).expression }
    var values: [SeriesValue] = []
    for output in added.columns {
      let make = { (name: String) -> NamedExpression in
        let column = self.freshColumn(name, .scalar(.dynamic))
        values.append(SeriesValue(NamedExpression(column, output.expression), missing: missing))
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
    return values
  }

  private func bindAxis(
    _ node: SyntaxNode,
    _ row: RowScope,
    _ names: inout ColumnNames
  ) -> (NamedExpression, BoundType) {
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
    let column = made ?? freshColumn("", .scalar(.dynamic))
    return (NamedExpression(column, value.expression), value.type)
  }

  private func bindBounds(
    _ node: SyntaxNode,
    _ axis: BoundType
  ) -> (from: Expression?, to: Expression?, step: Expression?) {
    let type = axis.plan
    let target = type == .int ? ScalarType.long : type
    let bound = { (role: SyntaxRole) -> Expression? in
      node.child(role).map { part in
        let value = self.bindConstant(part)
        return target == .dynamic ? value.expression : self.convert(value, to: target).expression
      }
    }
    let step = node.child(.step).map { part -> Expression in
      let value = bindConstant(part)
      if !Self.isInterval(value.type, for: axis) {
        report(.interval(value.type, for: axis, at: span(part)))
      }
      guard target != .datetime, target != .dynamic else { return value.expression }
      return convert(value, to: target).expression
    }
    return (bound(.from), bound(.to), step)
  }

  /// Whether a step of a type divides an axis of another; what is not known may.
  private static func isInterval(_ step: BoundType, for axis: BoundType) -> Bool {
    guard case .scalar(let step) = step, step != .dynamic, case .scalar(let axis) = axis else {
      return true
    }
    switch axis {
    case .datetime: return step == .timespan
    case .timespan: return step == .timespan || step.isNumeric
    case .int, .long: return step == .int || step == .long
    case .real, .decimal: return step.isNumeric
    default: return false
    }
  }
}
