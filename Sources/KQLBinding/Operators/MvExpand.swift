import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// The expansions of `mv-expand` and `mv-apply`, with the columns that follow.
  struct BoundExpansions {
    var expansions: [Expansion] = []
    /// Names of input columns that expansions without an alias take the place of.
    var replaced: Set<Name> = []
    var columns: [PlanColumn] = []
    var indexColumn: PlanColumn?
  }

  func bindMvExpand(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let bound = bindExpansions(node, input)
    let parameters = parameters(node)
    let kind = (parameters["bagexpansion"] ?? parameters["kind"]).map(word)
    var limit = node.child(.limit).map { rowCount($0) }
    if limit == nil, node.token(.keyword)?.keyword == .mvExpandWord { limit = .literal(.long(128)) }
    let expand = Expand(
      input: input.plan,
      expansions: bound.expansions,
      bagExpansion: kind == "array" ? .array : .bag,
      indexColumn: bound.indexColumn,
      limit: limit,
      columns: bound.columns
    )
    return following(.expand(expand), bound.columns, input)
  }

  func bindExpansions(_ node: SyntaxNode, _ input: BoundTable) -> BoundExpansions {
    var result = BoundExpansions()
    var names = ColumnNames(keeping: input.columns, replaces: true)
    within(row: RowScope(input)) {
      for item in node.children(.column) { addExpansion(item, &names, &result) }
    }
    if let value = node.parametersNamed("with_itemindex", self) {
      let index = freshColumn(word(value), .scalar(.long))
      names.add(index.name) { _ in NamedExpression(passing: index) }
      result.indexColumn = index
    }
    result.columns = names.columns.map(\.column)
    return result
  }

  private func addExpansion(
    _ item: SyntaxNode,
    _ names: inout ColumnNames,
    _ result: inout BoundExpansions
  ) {
    guard let expression = item.child(.expression) else { return }
    let inner =
      expression.kind == .namedExpression
      ? expression.child(.expression) ?? expression : expression
    let value = bindScalar(inner)
    if !value.type.mayBe(.dynamic) { report(.mustHaveType(["dynamic"], at: span(inner))) }
    var type = value.type == .unknown ? BoundType.unknown : .scalar(.dynamic)
    if let literal = item.child(.type), let named = typeColumns(literal).first?.type {
      type = .scalar(named)
    }
    var made: PlanColumn?
    let make = { (name: String) -> NamedExpression in
      let column = self.freshColumn(name, type)
      made = column
      return NamedExpression(passing: column)
    }
    if let name = naturalName(expression) {
      if expression.kind == .namedExpression || expression.kind == .name {
        if !names.declare(name, make) { report(.duplicateColumn(name, at: span(expression))) }
      } else {
        names.add(name, make)
      }
    } else {
      names.addUnnamed(make)
    }
    guard let made else { return }
    if expression.kind != .namedExpression { result.replaced.insert(Name(made.name)) }
    result.expansions.append(Expansion(source: value.expression, column: made))
  }

  /// `mv-apply`: the subquery runs over the elements of each row; what it does not yield is
  /// repeated.
  func bindMvApply(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let bound = bindExpansions(node, input)
    let id = freshNumber()
    var rows = BoundTable(.subqueryInput(SubqueryInput(id: id, columns: bound.columns)))
    rows.isOpen = input.isOpen
    rows.isSerialized = true
    let subquery = node.child(.subquery).map { bindSubquery($0, rows) } ?? rows
    let repeated = input.columns.filter { !bound.replaced.contains(Name($0.name)) }
    let columns = merge(repeated, subquery.columns)
    let apply = Apply(
      id: id,
      input: input.plan,
      expansions: bound.expansions,
      indexColumn: bound.indexColumn,
      limit: node.child(.limit).map { rowCount($0) },
      subquery: subquery.plan,
      columns: columns
    )
    var table = following(.apply(apply), columns, input)
    table.isOpen = input.isOpen || subquery.isOpen
    table.depth = max(input.depth, subquery.depth)
    table.isSerialized = false
    return table
  }

  /// Repeated columns first; one of the subquery with the same name takes the place.
  private func merge(_ repeated: [PlanColumn], _ inner: [PlanColumn]) -> [PlanColumn] {
    var columns = repeated
    for column in inner {
      if let index = columns.firstIndex(where: { $0.name.isSameName(as: column.name) }) {
        columns[index] = column
      } else {
        columns.append(column)
      }
    }
    return columns
  }

  /// Binds a subquery that starts from given rows.
  func bindSubquery(_ node: SyntaxNode, _ rows: BoundTable) -> BoundTable {
    var inner = frame
    inner.row = nil
    inner.aggregates = nil
    inner.subqueryInput = rows
    inner.isInSubquery = true
    return within(inner) { () -> BoundTable in
      if node.kind == .pipeline { return bindPipeline(node) }
      return bindTable(node)
    }
  }
}
