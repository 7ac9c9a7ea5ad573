import Columnar

/// Prints a plan as an indented tree, an operator a line, inputs below. Legs of a union that differ
/// in their table only are printed once, and long lists of columns are cut.
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

  /// The line of an operator without its inputs.
  public static func line(_ plan: Plan) -> String {
    var text = PlanText()
    for input in plan.inputs { text.note(input) }
    text.note(plan)
    let details = text.details(of: plan)
    return plan.node.title + (details.isEmpty ? "" : "  " + details)
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
    if case .union(let union) = plan { return addLegs(of: union, depth: depth + 1) }
    for input in plan.inputs { add(input, depth: depth + 1) }
  }

  /// Adds the legs of a union: those that read the same together, at the place of the first.
  private mutating func addLegs(of union: Union, depth: Int) {
    let texts = union.legs.map { LegText($0.plan) }
    let groups = Dictionary(grouping: texts.compactMap { $0 }, by: \.shape)
      .filter { $0.value.count >= LegText.fewest }
    let indent = String(repeating: "  ", count: depth)
    var added: Set<String> = []
    for (leg, text) in zip(union.legs, texts) {
      guard let text, let group = groups[text.shape] else {
        add(leg.plan, depth: depth)
        continue
      }
      if added.insert(text.shape).inserted {
        lines += LegText.lines(of: group).map { indent + $0 }
      }
    }
  }

  private mutating func note(_ plan: Plan) {
    for column in plan.columns { names[column.id] = column.name }
  }

  private func details(of plan: Plan) -> String {
    switch plan {
    case .scan(let node): Self.columns(node.columns)
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
    case .union(let node): Self.columns(node.outputs)
    default: Self.columns(plan.columns)
    }
  }

  private func summary(_ node: Summarize) -> String {
    let aggregates = node.aggregates.map { call in
      let arguments = call.arguments.map { $0.text(names) }.joined(separator: ", ")
      let outputs = call.columns.map(\.name).joined(separator: ", ")
      return "\(outputs) = \(call.function)(\(arguments))"
    }
    let keys = node.keys.isEmpty ? [] : ["by " + named(node.keys)]
    return ((aggregates.isEmpty ? [] : [aggregates.joined(separator: ", ")]) + keys)
      .joined(separator: " ")
  }

  /// The expressions; of many columns that only pass, the first ones.
  private func named(_ expressions: [NamedExpression]) -> String {
    let item = { (item: NamedExpression) in
      item.isPassed
        ? item.column.name
        : "\(item.column.name): \(item.column.type.name) = \(item.expression.text(names))"
    }
    let passed = expressions.filter(\.isPassed).map(\.column.name)
    if passed.count <= Self.columnsShown { return expressions.map(item).joined(separator: ", ") }
    let made = expressions.filter { !$0.isPassed }.map(item)
    return (made + [ListText.cut(passed, to: Self.columnsShown)]).joined(separator: ", ")
  }

  private func keys(_ keys: [SortKey]) -> String {
    keys.map {
      "\($0.expression.text(names)) \($0.isDescending ? "desc" : "asc")"
        + " nulls \($0.nullsFirst ? "first" : "last")"
    }.joined(separator: ", ")
  }

  /// The columns with their types, the first ones only where they are many.
  static func columns(_ columns: [PlanColumn]) -> String {
    ListText.cut(columns.map { "\($0.name): \($0.type.name)" }, to: columnsShown)
  }

  /// How many columns of a long list are shown.
  private static let columnsShown = 8
}

extension NamedExpression {
  /// Whether the column is one of the input as it is.
  fileprivate var isPassed: Bool {
    if case .column(column.id, _) = expression { true } else { false }
  }
}
