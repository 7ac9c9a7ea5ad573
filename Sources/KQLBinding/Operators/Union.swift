import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindUnion(_ node: SyntaxNode, _ input: BoundTable?) -> BoundTable {
    let parameters = parameters(node)
    var legs: [BoundTable] = []
    if let input { legs.append(legNamed(input, "union_arg0")) }
    var inner = frame
    inner.row = nil
    inner.aggregates = nil
    inner.isFuzzy = parameters["isfuzzy"].map { word($0).lowercased() == "true" } ?? false
    within(inner) {
      for item in node.children(.item) { addLegs(item, input != nil, &legs) }
    }
    let source = parameters["withsource"] ?? parameters["with_source"]
    let isInner = parameters["kind"].map(word) == "inner"
    let isPattern = input == nil && node.child(.item)?.kind == .wildcardName
    if isPattern { legs = unified(legs) }
    return union(legs, isInner: isInner, source: source.map(word))
  }

  private func addLegs(_ item: SyntaxNode, _ isPiped: Bool, _ legs: inout [BoundTable]) {
    let inner = item.kind == .parenthesized ? item.child(.expression) ?? item : item
    if inner.kind == .wildcardName {
      legs += bindWildcard(inner)
      return
    }
    let table = bindTable(item)
    guard !table.isFailed || table.isMissing || !table.columns.isEmpty else { return }
    legs.append(legNamed(table, "union_arg\(legs.count)"))
  }

  private func legNamed(_ table: BoundTable, _ fallback: String) -> BoundTable {
    var table = table
    table.name = table.name ?? fallback
    return table
  }

  /// The tables and views that a pattern matches.
  func bindWildcard(_ node: SyntaxNode) -> [BoundTable] {
    let pattern = frame.source.text(node.span)
    let matcher = WildcardPattern(pattern)
    var tables = environment.tableNames.filter(matcher.matches)
      .compactMap { environment.table(named: $0) }.map {
        scan($0, at: span(node), isNamed: false)
      }
    for (name, symbol) in frame.scope.visible where matcher.matches(name) {
      if let view = view(name, symbol, node) { tables.append(view) }
    }
    if tables.isEmpty, !frame.isFuzzy {
      report(.noMatch(pattern, at: span(node)))
    }
    return tables
  }

  /// The table that a `view` function yields; nil for other symbols.
  func view(_ name: String, _ symbol: Symbol, _ node: SyntaxNode) -> BoundTable? {
    guard case .function(let function) = symbol, function.isView else { return nil }
    guard case .table(var table) = bindDeclaredCall(function, node, arguments: []) else {
      return nil
    }
    table.name = name
    return table
  }

  /// A pattern that stands as a source: the union of what it matches.
  func bindWildcardTable(_ node: SyntaxNode) -> BoundTable {
    union(bindWildcard(node), isInner: false, source: nil)
  }

  /// Gives columns of the same name the type that the first table has for it. So it is with tables
  /// that a pattern names, where a query could not know of the others' types.
  func unified(_ legs: [BoundTable]) -> [BoundTable] {
    var types: [Name: ScalarType] = [:]
    for leg in legs {
      for column in leg.columns where types[Name(column.name)] == nil {
        types[Name(column.name)] = column.type
      }
    }
    return legs.map { leg in
      let differs = leg.columns.contains { types[Name($0.name)] != $0.type }
      guard differs else { return leg }
      let expressions = leg.columns.map { column -> NamedExpression in
        guard let type = types[Name(column.name)], type != column.type else {
          return NamedExpression(passing: column)
        }
        let value =
          type == .dynamic ? boxed(self.column(column)) : convert(self.column(column), to: type)
        return NamedExpression(freshColumn(column.name, .scalar(type)), value.expression)
      }
      var result = following(
        .project(Project(input: leg.plan, expressions: expressions)),
        expressions.map(\.column),
        leg
      )
      result.name = leg.name
      return result
    }
  }

  /// Joins tables below one another: columns meet by name and type.
  func union(_ legs: [BoundTable], isInner: Bool, source: String?) -> BoundTable {
    guard !legs.isEmpty else { return failedTable() }
    if legs.count == 1, source == nil, let only = legs.first {
      var table = only
      table.isSerialized = false
      table.name = nil
      return table
    }
    let slots = UnionSlots(legs, isInner: isInner, typeOf: type)
    let sourceColumn = source.map { freshColumn($0, .scalar(.string)) }
    let outputs = zip(slots.all, slots.names).map { freshColumn($1, $0.type) }
    let unionLegs = legs.enumerated().map { index, leg in
      leg.isMissing
        ? emptyLeg(outputs, leg)
        : UnionLeg(
          plan: leg.plan,
          sources: slots.sources[index],
          name: leg.name ?? ""
        )
    }
    let union = Union(legs: unionLegs, outputs: outputs, sourceColumn: sourceColumn)
    var table = BoundTable(.union(union))
    table.isOpen = legs.contains { $0.isOpen && !$0.isMissing }
    table.depth = (legs.map(\.depth).max() ?? 0) + 1
    table.isFailed = legs.contains { $0.isFailed && !$0.isMissing }
    return table
  }

  /// Stands for a table that does not exist: its columns stay, it has no rows.
  private func emptyLeg(_ outputs: [PlanColumn], _ leg: BoundTable) -> UnionLeg {
    UnionLeg(
      plan: .values(Values(columns: [], rows: [])),
      sources: outputs.map { _ in nil },
      name: leg.name ?? ""
    )
  }
}
