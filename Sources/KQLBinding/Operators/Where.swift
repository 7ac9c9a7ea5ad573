import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindWhere(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let predicate = node.child(.predicate) else { return input }
    let condition = within(row: RowScope(input)) { bindCondition(predicate) }
    if condition.usesWindow {
      return filterByWindow(condition, input)
    }
    let filter = Filter(input: input.plan, predicate: condition.expression)
    return following(.filter(filter), input.columns, input)
  }

  /// Binds an expression that must be true or false.
  func bindCondition(_ node: SyntaxNode) -> BoundScalar {
    let value = bindScalar(node)
    switch value.type {
    case .scalar(.bool), .unknown: return value
    default:
      report(.mustHaveType(["bool"], at: span(node)))
      return .failed
    }
  }

  /// A condition with `prev()` and the like is computed as a column first.
  private func filterByWindow(_ condition: BoundScalar, _ input: BoundTable) -> BoundTable {
    let flag = freshColumn("", .scalar(.bool))
    let passed = input.columns.map(NamedExpression.init(passing:))
    let window = Plan.window(
      Window(
        input: input.plan,
        expressions: passed + [NamedExpression(flag, condition.expression)]
      )
    )
    let filter = Plan.filter(Filter(input: window, predicate: .column(flag.id, .bool)))
    return following(
      .project(Project(input: filter, expressions: passed)),
      input.columns,
      input
    )
  }
}
