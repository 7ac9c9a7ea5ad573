import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds an expression that must be a scalar value.
  func bindScalar(_ node: SyntaxNode) -> BoundScalar {
    switch bindValue(node) {
    case .scalar(let value): return value
    case .table(let table):
      if !table.isFailed { report(.scalarExpected(at: span(node))) }
      return .failed
    }
  }

  /// Binds an expression that must be free of columns.
  func bindConstant(_ node: SyntaxNode) -> BoundScalar {
    let value = within(row: nil) { bindScalar(node) }
    return value
  }

  /// Binds any expression to what it is: a scalar or a table.
  func bindValue(_ node: SyntaxNode) -> BoundValue {
    deeper(span(node)) { bindUncounted(node) } ?? .scalar(.failed)
  }

  private func bindUncounted(_ node: SyntaxNode) -> BoundValue {
    switch node.kind {
    case .name: return bindName(node)
    case .functionCall: return bindCall(node)
    case .path: return bindPath(node)
    case .parenthesized:
      return node.child(.expression).map(bindValue) ?? .scalar(.failed)
    case .namedExpression:
      return node.child(.expression).map(bindValue) ?? .scalar(.failed)
    case .materialize: return .table(bindMaterialize(node))
    case .pipeline: return .table(bindPipeline(node))
    case .dataScope: return node.child(.base).map(bindValue) ?? .scalar(.failed)
    default: break
    }
    if let scalar = bindOperatorExpression(node) { return .scalar(scalar) }
    if let literal = bindLiteral(node) { return .scalar(literal) }
    let before = referencedSize
    if var table = bindTabularSource(node) {
      table.size = max(table.size, referencedSize - before + 1)
      return .table(table)
    }
    return .scalar(bindOther(node))
  }

  private func bindOperatorExpression(_ node: SyntaxNode) -> BoundScalar? {
    switch node.kind {
    case .unary: bindUnary(node)
    case .logicalAnd: bindLogical(node, "And")
    case .logicalOr: bindLogical(node, "Or")
    case .addition, .multiplication: bindArithmeticChain(node)
    case .comparison: bindComparisonChain(node)
    case .stringMatch: bindStringMatchChain(node)
    case .inExpression: bindIn(node)
    case .betweenExpression: bindBetween(node)
    case .toScalar: bindToScalar(node)
    default: nil
    }
  }

  private func bindOther(_ node: SyntaxNode) -> BoundScalar {
    switch node.kind {
    case .starExpression: report(.starNotAllowed(at: span(node)))
    case .missingExpression, .skippedTokens, .atExpression: break
    default: report(.invalid("this expression is not allowed here", at: span(node)))
    }
    return .failed
  }

  /// `toscalar(…)`: the first value of a table, or a scalar expression as it is.
  private func bindToScalar(_ node: SyntaxNode) -> BoundScalar {
    guard let inner = node.child(.expression) else { return .failed }
    switch within(row: nil, { bindValue(inner) }) {
    case .scalar(let value): return value
    case .table(let table):
      guard let first = table.columns.first else { return .failed }
      let query = ScalarSubquery(id: freshNumber(), plan: table.plan, type: first.type)
      return BoundScalar(
        .scalarSubquery(query),
        type(of: first),
        isConstant: true,
        weight: 2 + table.size
      )
    }
  }
}

extension BoundScalar {
  /// Makes a call of a function or operator.
  static func call(
    _ function: String,
    _ arguments: [BoundScalar],
    _ type: BoundType,
    _ span: SourceSpan
  ) -> BoundScalar {
    let call = Call(function, arguments.map(\.expression), type: type.plan, span: span)
    var result = BoundScalar(
      .call(call),
      type,
      isConstant: arguments.allSatisfy(\.isConstant),
      weight: arguments.reduce(1) { min($0 + $1.weight, 1 << 40) }
    )
    result.usesWindow = arguments.contains { $0.usesWindow }
    return result
  }
}
