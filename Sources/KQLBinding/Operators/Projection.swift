import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds the expressions of `project`, `extend`, `print` and the like, and names their columns.
  func bindProjection(
    _ items: [SyntaxNode],
    into names: inout ColumnNames,
    numbered prefix: String? = nil
  ) -> Bool {
    var usesWindow = false
    for (index, item) in items.enumerated() {
      let value = bindProjected(item)
      usesWindow = usesWindow || value.usesWindow
      let fallback = prefix.map { "\($0)\(index)" }
      place(value, item, &names, fallback: fallback)
    }
    return usesWindow
  }

  private func bindProjected(_ item: SyntaxNode) -> BoundScalar {
    switch item.kind {
    case .namedExpression, .tupleNamedExpression, .orderedExpression:
      item.child(.expression).map(bindScalar) ?? .failed
    default: bindScalar(item)
    }
  }

  /// Adds the column or columns of a bound expression under their names.
  func place(
    _ value: BoundScalar,
    _ item: SyntaxNode,
    _ names: inout ColumnNames,
    fallback: String? = nil
  ) {
    let item = item.kind == .orderedExpression ? item.child(.expression) ?? item : item
    switch item.kind {
    case .namedExpression:
      guard let label = item.child(.name) else { return }
      declare(value, name(label), label, &names)
      addParts(Array(value.parts.dropFirst()), &names)
    case .tupleNamedExpression:
      placeTuple(value, item, &names)
    case .name where fallback == nil:
      declare(value, name(item), item, &names)
    default:
      if !value.parts.isEmpty { return addParts(value.parts, &names) }
      let make = { (name: String) in self.named(value, name) }
      if let fallback {
        names.add(fallback, make)
      } else if let name = naturalName(item) {
        names.add(name, make)
      } else {
        names.addUnnamed(make)
      }
    }
  }

  private func placeTuple(
    _ value: BoundScalar,
    _ item: SyntaxNode,
    _ names: inout ColumnNames
  ) {
    let labels = item.children(.name)
    let parts = value.parts.isEmpty ? [BoundPart(name: "", value: value)] : value.parts
    for (label, part) in zip(labels, parts) {
      declare(part.value, name(label), label, &names)
    }
    if labels.count > parts.count, value.type != .unknown {
      report(.tooManyNames(parts.count, at: span(labels[parts.count])))
    }
    addParts(Array(parts.dropFirst(labels.count)), &names)
  }

  private func addParts(_ parts: [BoundPart], _ names: inout ColumnNames) {
    for part in parts { names.add(part.name) { self.named(part.value, $0) } }
  }

  private func declare(
    _ value: BoundScalar,
    _ name: String,
    _ node: SyntaxNode,
    _ names: inout ColumnNames
  ) {
    guard !name.isEmpty else { return }
    if !names.declare(name, { self.named(value, $0) }) {
      report(.duplicateColumn(name, at: span(node)))
    }
  }

  /// The column that a value makes: a column of the input under its own name stays that column.
  func named(_ value: BoundScalar, _ name: String) -> NamedExpression {
    if case .column(let id, let type) = value.expression, keepsIdentity(id, name) {
      return NamedExpression(
        PlanColumn(id: id, name: name, type: type),
        value.expression
      )
    }
    return NamedExpression(freshColumn(name, value.type), value.expression)
  }

  private func keepsIdentity(_ id: ColumnID, _ name: String) -> Bool {
    if frame.aggregates != nil { return true }
    return frame.row?.column(named: name)?.id == id
  }

  /// Computes columns over an input.
  func projected(
    _ names: ColumnNames,
    _ input: BoundTable,
    usesWindow: Bool,
    isOpen: Bool
  ) -> BoundTable {
    let columns = names.columns.map(\.column)
    let plan: Plan =
      usesWindow
      ? .window(Window(input: input.plan, expressions: names.columns))
      : .project(Project(input: input.plan, expressions: names.columns))
    var table = following(plan, columns, input)
    table.isOpen = isOpen
    return table
  }
}
