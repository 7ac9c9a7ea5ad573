import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds a name: a column of the row, then what the query declares, then the environment.
  func bindName(_ node: SyntaxNode) -> BoundValue {
    let name = name(node)
    if let found = lookUp(name, node) { return found }
    if let row = frame.row, row.isOpen {
      return .scalar(column(discover(name, row.discovered)))
    }
    if !name.isEmpty {
      report(
        .unknownName(name, at: span(node), suggestion: suggestion(for: name, tables: false))
      )
    }
    return .scalar(.failed)
  }

  /// The column that an open table turns out to have.
  func discover(_ name: String, _ found: OpenColumns) -> PlanColumn {
    if let known = found.columns.first(where: { $0.name.isSameName(as: name) }) { return known }
    let column = freshColumn(name, .unknown)
    found.columns.append(column)
    return column
  }

  /// What a name stands for; nil where nothing has it.
  func lookUp(_ name: String, _ node: SyntaxNode) -> BoundValue? {
    if let column = frame.row?.column(named: name) { return .scalar(reference(column, node)) }
    switch frame.scope.symbol(name) {
    case .scalar(let value): return .scalar(checked(value, node))
    case .table(let table): return .table(reference(table, node))
    case .function(let function): return bindDeclaredCall(function, node, arguments: [])
    case .entityGroup, .pattern, nil: break
    }
    if let table = environment.table(named: name) {
      return .table(scan(table, at: span(node)))
    }
    if let function = foreignFunction(name) {
      return bindDeclaredCall(function, node, arguments: [])
    }
    // It is bound like a column, so that it may stand where constants may not.
    if frame.row != nil, let value = environment.constants[name] {
      return .scalar(BoundScalar(.literal(value), .scalar(value.type)))
    }
    return nil
  }

  /// Refers to a column; outside of an aggregate where one is needed, that is a mistake.
  private func reference(_ column: PlanColumn, _ node: SyntaxNode) -> BoundScalar {
    if frame.aggregates != nil {
      report(.notAggregate(column.name, at: span(node)))
      return .failed
    }
    return self.column(column)
  }

  /// The value of a column.
  func column(_ column: PlanColumn) -> BoundScalar {
    BoundScalar(.column(column.id, column.type), type(of: column))
  }

  /// Copies a value that a name stands for, unless copies of copies have grown too large.
  private func checked(_ value: BoundScalar, _ node: SyntaxNode) -> BoundScalar {
    countReference(value.weight, at: span(node)) ? value : .failed
  }

  /// Refers to a shared table, with columns of its own.
  func reference(_ table: SharedTable, _ place: SyntaxNode) -> BoundTable {
    guard countReference(table.size, at: span(place)) else { return failedTable() }
    let columns = table.columns.map { freshColumn($0.name, type(of: $0)) }
    let node = SharedReference(shared: table.shared, columns: columns)
    var bound = BoundTable(.shared(node), columns: columns)
    bound.isOpen = table.isOpen
    bound.isSerialized = table.isSerialized
    bound.depth = table.depth
    bound.size = table.size
    bound.graph = table.graph
    return bound
  }

  /// Reads a table of the environment.
  ///
  /// - Parameter isNamed: whether the query names it, and not a pattern that it matches.
  func scan(
    _ table: EnvironmentTable,
    at span: SourceSpan,
    isNamed: Bool = true
  ) -> BoundTable {
    let columns = table.columns.map { freshColumn($0.name, .scalar($0.type)) }
    var bound: BoundTable
    if table.isOpen {
      let refused = Refused(
        what: "the table '\(table.name)', whose columns are not known",
        inputs: [],
        columns: columns,
        isOpen: true,
        span: span
      )
      bound = BoundTable(.refused(refused), columns: columns)
    } else {
      let scan = TableScan(
        table: table.name,
        columns: columns,
        span: span,
        isRequired: isNamed && !frame.isFuzzy
      )
      bound = BoundTable(.scan(scan), columns: columns)
    }
    bound.isOpen = table.isOpen
    bound.name = table.name
    return bound
  }

  /// The input with columns for values that every row has, as far as an operator names them.
  func providing(_ nodes: [SyntaxNode], _ input: BoundTable) -> BoundTable {
    let named = environment.constants.filter { name, _ in
      input.column(named: name) == nil && nodes.contains { $0.names(name, self) }
    }
    if named.isEmpty { return input }
    var expressions = input.columns.map { NamedExpression($0, .column($0.id, $0.type)) }
    for (name, value) in named.sorted(by: { $0.key < $1.key }) {
      expressions.append(NamedExpression(freshColumn(name, .scalar(value.type)), .literal(value)))
    }
    let wider = Plan.project(Project(input: input.plan, expressions: expressions))
    return following(wider, expressions.map(\.column), input)
  }

  /// The name that a writer may have meant.
  func suggestion(for name: String, tables: Bool) -> String? {
    guard !frame.isSilent else { return nil }
    var names = frame.row?.columns.map(\.name) ?? []
    names += frame.scope.visible.map(\.name)
    if tables { names += environment.tableNames }
    return Suggestion.nearest(to: name, in: names)
  }
}

extension SyntaxNode {
  /// Whether a name stands somewhere in the node.
  fileprivate func names(_ wanted: String, _ binder: Binder) -> Bool {
    var isFound = false
    forEachNode { node in
      isFound = isFound || node.kind == .name && binder.name(node) == wanted
      return !isFound
    }
    return isFound
  }
}
