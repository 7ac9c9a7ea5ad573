extension Plan {
  /// The plans inside the expressions of the operator.
  public var subqueries: [Plan] { expressions.flatMap(\.subqueries) }

  /// The expressions that the operator itself holds.
  public var expressions: [Expression] {
    switch self {
    case .filter(let node): [node.predicate]
    case .project(let node): node.expressions.map(\.expression)
    case .window(let node): node.expressions.map(\.expression)
    case .summarize(let node):
      node.keys.map(\.expression) + node.aggregates.flatMap(\.arguments)
    case .sort(let node): node.keys.map(\.expression)
    case .top(let node): [node.count] + node.keys.map(\.expression)
    case .take(let node): [node.count]
    case .sample(let node): [node.count]
    case .join(let node): node.keys.flatMap { [$0.left, $0.right] }
    case .expand(let node): node.expansions.map(\.source)
    case .apply(let node): node.expansions.map(\.source)
    case .parse(let node): [node.source]
    case .parseKeyValues(let node): [node.source]
    case .range(let node): [node.from, node.to, node.step]
    case .makeSeries(let node):
      node.aggregates.flatMap(\.arguments) + [node.axis.expression, node.step]
        + [node.from, node.to].compactMap { $0 } + node.keys.map(\.expression)
    case .partition(let node): [node.key]
    case .staged(let node): node.arguments
    default: []
    }
  }
}

extension Expression {
  /// The plans of `toscalar`, `in (T)` and their kin inside the expression.
  public var subqueries: [Plan] {
    switch self {
    case .literal, .column: []
    case .call(let call): call.arguments.flatMap(\.subqueries)
    case .scalarSubquery(let query): [query.plan]
    case .membership(let membership): [membership.plan] + membership.operand.subqueries
    }
  }
}
