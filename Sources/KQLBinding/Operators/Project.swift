import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindProject(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    within(row: RowScope(input)) {
      var names = ColumnNames(input: input.columns)
      let usesWindow = bindProjection(node.children(.expression), into: &names)
      return projected(names, input, usesWindow: usesWindow, isOpen: false)
    }
  }

  func bindExtend(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    within(row: RowScope(input)) {
      var names = ColumnNames(keeping: input.columns, replaces: true)
      let usesWindow = bindProjection(node.children(.expression), into: &names)
      return projected(names, input, usesWindow: usesWindow, isOpen: input.isOpen)
    }
  }

  /// Hands a choice of the input's columns on.
  func choose(_ columns: [PlanColumn], _ input: BoundTable, isOpen: Bool) -> BoundTable {
    let expressions = columns.map { NamedExpression($0, .column($0.id, $0.type)) }
    var table = following(
      .project(Project(input: input.plan, expressions: expressions)),
      columns,
      input
    )
    table.isOpen = isOpen
    return table
  }

  /// The columns that a name or pattern means; reports one that means none.
  func matchColumns(_ node: SyntaxNode, _ input: BoundTable) -> [PlanColumn] {
    if node.kind == .wildcardName || node.kind == .starExpression {
      let pattern = frame.source.text(node.span)
      let matcher = WildcardPattern(pattern)
      let found = input.columns.filter { matcher.matches($0.name) }
      if found.isEmpty, !input.isOpen, node.kind != .starExpression {
        report(.unknownColumn(pattern, at: span(node)))
      }
      return found
    }
    let wanted = columnName(node)
    if let column = input.column(named: wanted) { return [column] }
    if input.isOpen { return [discover(wanted, input.discovered)] }
    if !wanted.isEmpty {
      let suggestion = Suggestion.nearest(to: wanted, in: input.columns.map(\.name))
      report(.unknownName(wanted, at: span(node), suggestion: suggestion))
    }
    return []
  }

  private func columnName(_ node: SyntaxNode) -> String {
    switch node.kind {
    case .name: name(node)
    case .parenthesized, .orderedExpression:
      node.child(.expression).map(columnName) ?? ""
    default: frame.source.text(node.span)
    }
  }

  func bindProjectAway(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let input = providing(node.children(.column), input)
    var dropped: Set<ColumnID> = []
    for item in node.children(.column) {
      if input.isOpen, item.kind == .name, input.column(named: name(item)) == nil { continue }
      dropped.formUnion(matchColumns(item, input).map(\.id))
    }
    let kept = input.columns.filter { !dropped.contains($0.id) }
    return choose(kept, input, isOpen: input.isOpen)
  }

  func bindProjectKeep(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let input = providing(node.children(.column), input)
    var kept: Set<ColumnID> = []
    var extra: [PlanColumn] = []
    for item in node.children(.column) {
      for column in matchColumns(item, input) where kept.insert(column.id).inserted {
        if !input.columns.contains(where: { $0.id == column.id }) { extra.append(column) }
      }
    }
    let chosen = input.columns.filter { kept.contains($0.id) }
    return choose(chosen + extra, input, isOpen: false)
  }

  func bindProjectRename(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let input = providing(node.children(.expression), input)
    var columns = input.columns
    for item in node.children(.expression) {
      guard let label = item.child(.name), let old = item.child(.expression) else { continue }
      guard let found = matchColumns(old, input).first else { continue }
      let new = name(label)
      if columns.contains(where: { $0.name.isSameName(as: new) && $0.id != found.id }) {
        report(.duplicateColumn(new, at: span(label)))
        continue
      }
      if let index = columns.firstIndex(where: { $0.id == found.id }) {
        columns[index] = columns[index].renamed(new)
      } else {
        columns.append(found.renamed(new))
      }
    }
    return choose(columns, input, isOpen: input.isOpen)
  }

  /// Columns that are named come first; those of a pattern may be sorted by name.
  func bindProjectReorder(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let input = providing(node.children(.column), input)
    var placed: Set<ColumnID> = []
    var columns: [PlanColumn] = []
    for item in node.children(.column) {
      guard let pattern = item.kind == .orderedExpression ? item.child(.expression) : item else {
        continue
      }
      var found = matchColumns(pattern, input)
      if let order = item.token(.order)?.keyword { sort(&found, order) }
      for column in found where placed.insert(column.id).inserted { columns.append(column) }
    }
    columns += input.columns.filter { !placed.contains($0.id) }
    return choose(columns, input, isOpen: input.isOpen)
  }

  private func sort(_ columns: inout [PlanColumn], _ order: Keyword) {
    switch order {
    case .asc: columns.sort { ordinal($0.name, $1.name) }
    case .desc: columns.sort { ordinal($1.name, $0.name) }
    case .grannyAsc: columns.sort { NumberedName($0.name) < NumberedName($1.name) }
    case .grannyDesc: columns.sort { NumberedName($1.name) < NumberedName($0.name) }
    default: break
    }
  }

  private func ordinal(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// `project-by-names "a", dynamic(["b*"])`.
  func bindProjectByNames(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var placed: Set<ColumnID> = []
    var columns: [PlanColumn] = []
    for item in node.children(.expression) {
      let patterns = item.kind == .starExpression ? ["*"] : namePatterns(item)
      for matcher in patterns.map(WildcardPattern.init) {
        for column in input.columns
        where matcher.matches(column.name) && placed.insert(column.id).inserted {
          columns.append(column)
        }
      }
    }
    return choose(columns, input, isOpen: input.isOpen)
  }

  private func namePatterns(_ node: SyntaxNode) -> [String] {
    let value = within(row: nil) { bindScalar(node) }
    switch constant(value) {
    case .string(let text)?: return [text.text]
    case .dynamic(let list)?:
      return list.withView { view in
        view.elements.compactMap { $0.string.map { String(decoding: $0, as: UTF8.self) } }
      }
    default:
      report(.literalExpected(at: span(node)))
      return []
    }
  }
}
