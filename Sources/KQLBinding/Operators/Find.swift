import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// `find`: a filter over each table, a choice of columns, and a union with the source in front.
  func bindFind(_ node: SyntaxNode) -> BoundTable {
    let legs = searchedTables(node, nil, prefix: "find_arg")
    let filtered = filter(legs, node.child(.predicate), isCaseSensitive: false)
    let source = (node.parametersNamed("withsource", self)).map(word) ?? "source_"
    let wanted = findColumns(node, legs)
    let projected = filtered.map { project($0, wanted, node) }
    return ordered(union(projected, isInner: false, source: source), wanted)
  }

  /// The columns in the order in which they are listed.
  private func ordered(_ table: BoundTable, _ wanted: [FindColumn]) -> BoundTable {
    guard let source = table.columns.first else { return table }
    let listed = wanted.compactMap { table.column(named: $0.name) }.filter { $0.id != source.id }
    return choose([source] + listed, table, isOpen: false)
  }

  /// The type of a column in all tables; dynamic where they differ.
  private func sharedType(_ name: String, _ legs: [BoundTable]) -> ScalarType? {
    // Two tables that agree settle it; the others are converted.
    let types = legs.compactMap { $0.column(named: name)?.type }
    guard let first = types.first, types.contains(where: { $0 != first }) else { return nil }
    return types[1] == first ? first : .dynamic
  }

  /// A column of the result; `pack_` holds the rest as a bag.
  private struct FindColumn {
    let name: String
    /// Nil for the type that the tables give it.
    let type: ScalarType?
    let isPack: Bool
  }

  private func findColumns(_ node: SyntaxNode, _ legs: [BoundTable]) -> [FindColumn] {
    let listed = node.children(.project)
    guard !listed.isEmpty else { return smartColumns(node, legs) }
    return listed.compactMap { item in
      switch item.kind {
      case .packExpression: return FindColumn(name: "pack_", type: nil, isPack: true)
      case .typedName:
        let type = item.child(.type).flatMap(scalarType)
        return item.child(.name).map { FindColumn(name: name($0), type: type, isPack: false) }
      case .name:
        checkKnown(item, legs)
        return FindColumn(name: name(item), type: sharedType(name(item), legs), isPack: false)
      default: return nil
      }
    }
  }

  private func checkKnown(_ node: SyntaxNode, _ legs: [BoundTable]) {
    let wanted = name(node)
    let isKnown = legs.contains { $0.isOpen || $0.column(named: wanted) != nil }
    if !isKnown { report(.unknownName(wanted, at: span(node), suggestion: nil)) }
  }

  /// Without a list: columns that all tables have and those that the predicate names; the rest
  /// goes into `pack_`.
  private func smartColumns(_ node: SyntaxNode, _ legs: [BoundTable]) -> [FindColumn] {
    guard let first = legs.first else { return [] }
    var dropped: Set<Name> = []
    for item in node.children(.projectAway) where item.kind == .name {
      dropped.insert(Name(name(item)))
    }
    let shared = first.columns.filter { column in
      legs.dropFirst().allSatisfy { $0.column(named: column.name)?.type == column.type }
    }
    var names = shared.map(\.name)
    node.child(.predicate)?.forEachNode { part in
      guard part.kind == .name else { return true }
      let used = name(part)
      let exists = legs.contains { $0.column(named: used) != nil }
      if exists, !names.contains(where: { $0.isSameName(as: used) }) { names.append(used) }
      return true
    }
    var columns = names.filter { !dropped.contains(Name($0)) }
      .map { FindColumn(name: $0, type: nil, isPack: false) }
    let hasRest = legs.contains { leg in
      leg.columns.contains { column in !names.contains { $0.isSameName(as: column.name) } }
    }
    if hasRest { columns.append(FindColumn(name: "pack_", type: nil, isPack: true)) }
    return columns
  }

  private func project(
    _ leg: BoundTable,
    _ wanted: [FindColumn],
    _ node: SyntaxNode
  ) -> BoundTable {
    within(row: RowScope(leg)) {
      var names = ColumnNames()
      for column in wanted {
        if column.isPack {
          let rest = leg.columns.filter { own in
            !wanted.contains { $0.name.isSameName(as: own.name) }
          }
          let bag = pack(rest, "pack_all", node)
          names.add("pack_") {
            NamedExpression(self.freshColumn($0, .scalar(.dynamic)), bag.expression)
          }
        } else if let own = leg.column(named: column.name) {
          let value =
            column.type.map {
              $0 == .dynamic ? boxed(self.column(own)) : convert(self.column(own), to: $0)
            } ?? self.column(own)
          names.add(column.name) { self.named(value, $0) }
        } else if let type = column.type {
          let null = BoundScalar(.literal(.missing(type)), .scalar(type), isConstant: true)
          names.add(column.name) { self.named(null, $0) }
        }
      }
      var table = projected(names, leg, usesWindow: false, isOpen: false)
      table.name = leg.name
      table.isSerialized = false
      return table
    }
  }
}
