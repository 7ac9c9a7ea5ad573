import Columnar
import KQLFunctions
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Operators that bind with their official columns and do not run.
  func bindRefused(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    switch node.kind {
    case .topNestedOperator: bindTopNested(node, input)
    case .topHittersOperator: bindTopHitters(node, input)
    case .reduceOperator: bindReduce(node, input)
    case .scanOperator: bindScan(node, input)
    case .facetOperator: bindFacet(node, input)
    case .forkOperator: bindFork(node, input)
    case .makeGraphOperator: bindMakeGraph(node, input)
    case .graphMatchOperator, .graphShortestPathsOperator: bindGraphMatch(node, input)
    case .graphToTableOperator: bindGraphToTable(node, input)
    case .graphMarkComponentsOperator: bindGraphMarkComponents(node, input)
    case .graphWhereNodesOperator, .graphWhereEdgesOperator: bindGraphWhere(node, input)
    default:
      refused(
        node.token(.keyword).map(text) ?? "this operator",
        input,
        columns: [],
        isOpen: true,
        node
      )
    }
  }

  private func bindTopNested(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var names = ColumnNames()
    for clause in node.children(.clause) {
      guard let of = clause.child(.of) else { continue }
      let inner = of.kind == .namedExpression ? of.child(.expression) ?? of : of
      let title = within(row: RowScope(input)) { () -> String? in
        let value = bindScalar(inner)
        place(value, of, &names)
        return naturalName(of)
      }
      if let by = clause.child(.by)?.child(.expression) {
        placeNested(by, title, input, &names)
      }
    }
    return refused("top-nested", input, columns: names.columns.map(\.column), node)
  }

  private func placeNested(
    _ by: SyntaxNode,
    _ of: String?,
    _ input: BoundTable,
    _ names: inout ColumnNames
  ) {
    let collector = AggregateCollector(keyColumns: [])
    var inner = frame
    inner.row = RowScope(input)
    inner.aggregates = collector
    within(inner) {
      let expression = by.kind == .namedExpression ? by.child(.expression) ?? by : by
      let value = bindScalar(expression)
      if by.kind == .namedExpression {
        place(value, by, &names)
      } else {
        names.add("aggregated_" + (of ?? "")) { self.named(value, $0) }
      }
    }
  }

  private func bindTopHitters(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let of = node.child(.of) else { return input }
    var names = ColumnNames()
    within(row: RowScope(input)) {
      let inner = of.kind == .namedExpression ? of.child(.expression) ?? of : of
      place(bindScalar(inner), of, &names)
      let by = node.child(.by).map {
        $0.kind == .orderedExpression ? $0.child(.expression) ?? $0 : $0
      }
      let value = by.map(bindScalar)
      let title =
        by == nil
        ? "approximate_count_" + (naturalName(of) ?? "")
        : "approximate_sum_" + (by.flatMap(naturalName) ?? "")
      let type = value?.type ?? .scalar(.long)
      names.add(title) { name in
        NamedExpression(
          passing: self.freshColumn(name, type == .scalar(.int) ? .scalar(.long) : type)
        )
      }
    }
    return refused("top-hitters", input, columns: names.columns.map(\.column), node)
  }

  private func bindReduce(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    if let by = node.child(.by) {
      let inner = by.kind == .namedExpression ? by.child(.expression) ?? by : by
      _ = within(row: RowScope(input)) { bindScalar(inner) }
    }
    let own = [
      freshColumn("Pattern", .scalar(.string)), freshColumn("Count", .scalar(.long)),
      freshColumn("Representative", .scalar(.string)),
    ]
    let isSource = node.parametersNamed("kind", self).map(word) == "source"
    return refused("reduce", input, columns: (isSource ? input.columns : []) + own, node)
  }

  /// The columns of the input, the declared ones, and the match id where it is asked for.
  private func bindScan(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    if !input.isSerialized, let token = node.token(.keyword), node.children(.order).isEmpty {
      report(.serializedInputNeeded("scan", at: token.span))
    }
    var names = ColumnNames(keeping: input.columns, replaces: true)
    for declared in node.children(.declare) {
      let parameter = parameter(declared)
      names.add(parameter.name) { name in
        NamedExpression(passing: self.freshColumn(name, .scalar(parameter.type ?? .dynamic)))
      }
    }
    let columns = names.columns.map(\.column)
    var row = RowScope(columns, isOpen: input.isOpen, isSerialized: true)
    for step in node.children(.step) {
      if let label = step.child(.name) { row.sides[name(label)] = columns }
    }
    bindSteps(node.children(.step), row)
    var output = columns
    if let id = node.parametersNamed("with_match_id", self) {
      output.append(freshColumn(word(id), .scalar(.long)))
    }
    var table = refused("scan", input, columns: output, isOpen: input.isOpen, node)
    table.isSerialized = true
    return table
  }

  private func bindSteps(_ steps: [SyntaxNode], _ row: RowScope) {
    within(row: row) {
      for step in steps {
        if let condition = step.child(.condition) { _ = bindCondition(condition) }
        for assignment in step.children(.assignment) {
          guard let label = assignment.child(.name) else { continue }
          if row.column(named: name(label)) == nil, !row.isOpen {
            report(.unknownName(name(label), at: span(label), suggestion: nil))
          }
          if let value = assignment.child(.expression) { _ = bindScalar(value) }
        }
      }
    }
  }

  private func bindFacet(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    for column in node.children(.column) {
      _ = within(row: RowScope(input)) { bindScalar(column) }
    }
    if let subquery = node.child(.subquery) { _ = bindSubquery(subquery, input) }
    return refused("facet", input, columns: [], isOpen: true, node)
  }

  private func bindFork(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    for branch in node.children(.branch) {
      if let subquery = branch.child(.subquery) { _ = bindSubquery(subquery, input) }
    }
    return refused("fork", input, columns: [], isOpen: true, node)
  }
}
