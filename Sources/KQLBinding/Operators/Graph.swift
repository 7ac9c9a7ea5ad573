import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// A graph that binds and does not run.
  private func graph(
    _ what: String,
    _ input: BoundTable,
    _ shape: GraphShape,
    _ node: SyntaxNode
  ) -> BoundTable {
    var table = refused(what, input, columns: [], isOpen: true, node)
    table.graph = shape
    return table
  }

  func bindMakeGraph(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    within(row: RowScope(input)) {
      for role in [SyntaxRole.from, .to] {
        if let end = node.child(role) { _ = bindScalar(end) }
      }
    }
    var nodes: [PlanColumn] = []
    for part in node.children(.table) {
      guard let source = part.child(.source) else { continue }
      let table = bindTable(source)
      for column in table.columns
      where !nodes.contains(where: { $0.name.isSameName(as: column.name) }) {
        nodes.append(column)
      }
      if let key = part.child(.column) {
        _ = within(row: RowScope(table)) { bindScalar(key) }
      }
    }
    if let id = node.parametersNamed("with_node_id", self) {
      let end = node.child(.from).flatMap { input.column(named: name($0)) }
      nodes.append(freshColumn(word(id), end.map(type) ?? .scalar(.string)))
    }
    return graph("make-graph", input, GraphShape(nodes: nodes, edges: input.columns), node)
  }

  /// `graph-match` and `graph-shortest-paths`: a row for each match.
  func bindGraphMatch(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let shape = input.graph ?? GraphShape(nodes: [], edges: [])
    var row = RowScope([], isOpen: input.graph == nil)
    var elements: [PlanColumn] = []
    for element in node.children(.pattern).flatMap({ $0.children(.element) }) {
      guard let label = element.child(.name) else { continue }
      let isNode = element.kind == .graphNode
      row.sides[name(label)] = isNode ? shape.nodes : shape.edges
      elements.append(freshColumn(name(label), .scalar(.dynamic)))
    }
    let sides = row.sides
    // Inside all(), map() and the like the columns of the elements of a path are in view.
    let hasPaths = node.children(.pattern).contains { pattern in
      pattern.children(.element).contains { $0.child(.range) != nil }
    }
    row = RowScope(elements, isOpen: input.graph == nil || hasPaths)
    row.sides = sides
    return within(row: row) {
      if let predicate = node.child(.predicate) { _ = bindCondition(predicate) }
      var names = ColumnNames()
      for item in node.children(.expression) {
        let inner = item.kind == .namedExpression ? item.child(.expression) ?? item : item
        let value = bindScalar(inner)
        if item.kind == .path, let title = sidePathName(item) {
          names.add(title) { self.named(value, $0) }
        } else {
          place(value, item, &names)
        }
      }
      return refused(
        node.token(.keyword).map(text) ?? "graph-match",
        input,
        columns: names.columns.map(\.column),
        node
      )
    }
  }

  private func sidePathName(_ node: SyntaxNode) -> String? {
    guard let base = node.child(.base), base.kind == .name, let rest = naturalName(node) else {
      return nil
    }
    return rest
  }

  func bindGraphToTable(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let shape = input.graph ?? GraphShape(nodes: [], edges: [])
    let outputs = node.children(.output)
    guard outputs.count == 1, let output = outputs.first else {
      return refused("graph-to-table", input, columns: [], isOpen: true, node)
    }
    let isNodes = output.tokens(.output).first?.keyword == .nodes
    var columns = isNodes ? shape.nodes : shape.edges
    for title in ["with_node_id", "with_source_id", "with_target_id"] {
      if let id = output.parametersNamed(title, self) {
        columns.append(freshColumn(word(id), .scalar(.long)))
      }
    }
    return refused(
      "graph-to-table",
      input,
      columns: columns,
      isOpen: input.graph == nil,
      node
    )
  }

  func bindGraphMarkComponents(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var shape = input.graph ?? GraphShape(nodes: [], edges: [])
    let title = node.parametersNamed("with_component_id", self).map(word) ?? "ComponentId"
    shape.nodes.append(freshColumn(title, .scalar(.long)))
    return graph("graph-mark-components", input, shape, node)
  }

  func bindGraphWhere(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let shape = input.graph ?? GraphShape(nodes: [], edges: [])
    let isNodes = node.kind == .graphWhereNodesOperator
    let row = RowScope(isNodes ? shape.nodes : shape.edges, isOpen: input.graph == nil)
    if let predicate = node.child(.predicate) {
      _ = within(row: row) { bindCondition(predicate) }
    }
    return graph(node.token(.keyword).map(text) ?? "graph-where", input, shape, node)
  }
}
