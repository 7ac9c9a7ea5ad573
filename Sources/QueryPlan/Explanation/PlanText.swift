import Columnar

/// Prints a plan as an indented tree, an operator a line, inputs below.
public struct PlanText {
  private var names: [ColumnID: String] = [:]
  private var lines: [String] = []
  private var shownShared: Set<Int> = []

  /// The text of a plan.
  public static func describe(_ plan: Plan) -> String {
    var text = PlanText()
    text.add(plan, depth: 0)
    return text.lines.joined(separator: "\n")
  }

  private init() {}

  private mutating func add(_ plan: Plan, depth: Int) {
    for input in plan.inputs { note(input) }
    note(plan)
    let details = details(of: plan)
    let indent = String(repeating: "  ", count: depth)
    lines.append(indent + plan.node.title + (details.isEmpty ? "" : "  " + details))
    if case .shared(let reference) = plan,
      !shownShared.insert(reference.shared.id).inserted
    {
      return
    }
    for input in plan.inputs { add(input, depth: depth + 1) }
  }

  private mutating func note(_ plan: Plan) {
    for column in plan.columns { names[column.id] = column.name }
  }

  private func details(of plan: Plan) -> String {
    switch plan {
    case .scan(let node): columns(node.columns)
    case .filter(let node): node.predicate.text(names)
    case .project(let node): named(node.expressions)
    case .window(let node): named(node.expressions)
    case .summarize(let node): summary(node)
    case .sort(let node): keys(node.keys)
    case .top(let node): "\(node.count.text(names)) by \(keys(node.keys))"
    case .take(let node): node.count.text(names)
    case .join(let node):
      "on "
        + node.keys.map { "\($0.left.text(names)) == \($0.right.text(names))" }
        .joined(separator: " and ")
    case .expand(let node):
      node.expansions.map { "\($0.column.name) = \($0.source.text(names))" }
        .joined(separator: ", ")
    case .range(let node):
      "\(node.from.text(names)) to \(node.to.text(names)) step \(node.step.text(names))"
    case .union(let node): columns(node.outputs)
    default: columns(plan.columns)
    }
  }

  private func summary(_ node: Summarize) -> String {
    let aggregates = node.aggregates.map { call in
      let arguments = call.arguments.map { $0.text(names) }.joined(separator: ", ")
      let outputs = call.columns.map(\.name).joined(separator: ", ")
      return "\(outputs) = \(call.function)(\(arguments))"
    }
    return aggregates.joined(separator: ", ") + " by " + named(node.keys)
  }

  private func named(_ expressions: [NamedExpression]) -> String {
    expressions.map { item in
      if case .column(let id, _) = item.expression, id == item.column.id { return item.column.name }
      return "\(item.column.name): \(item.column.type.name) = \(item.expression.text(names))"
    }.joined(separator: ", ")
  }

  private func keys(_ keys: [SortKey]) -> String {
    keys.map {
      "\($0.expression.text(names)) \($0.isDescending ? "desc" : "asc")"
        + " nulls \($0.nullsFirst ? "first" : "last")"
    }.joined(separator: ", ")
  }

  private func columns(_ columns: [PlanColumn]) -> String {
    columns.map { "\($0.name): \($0.type.name)" }.joined(separator: ", ")
  }
}
