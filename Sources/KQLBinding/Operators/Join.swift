import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindJoin(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let source = node.child(.source) else { return input }
    let (input, right) = providingKeys(node, input, bindTable(source))
    let kind = joinKind(node, node.parametersNamed("kind", self))
    let keys = joinKeys(node, input, right)
    var columns: [PlanColumn]
    switch kind {
    case .leftSemi, .leftAnti: columns = input.columns
    case .rightSemi, .rightAnti: columns = right.columns
    default: columns = input.columns + besides(right.columns, input.columns)
    }
    if node.child(.predicate) != nil {
      return refused(
        "join with a where clause",
        input,
        columns: columns,
        isOpen: input.isOpen || right.isOpen,
        node
      )
    }
    let join = Join(
      left: input.plan,
      right: right.plan,
      kind: kind,
      keys: keys.pairs,
      columns: columns
    )
    return joined(join, input, right, columns)
  }

  /// Both sides with columns for values that every row has, as far as the keys name them.
  private func providingKeys(
    _ node: SyntaxNode,
    _ left: BoundTable,
    _ right: BoundTable
  ) -> (left: BoundTable, right: BoundTable) {
    let keys = node.children(.on)
    return (providing(keys, left), providing(keys, right))
  }

  private func joined(
    _ join: Join,
    _ left: BoundTable,
    _ right: BoundTable,
    _ columns: [PlanColumn]
  ) -> BoundTable {
    var table = BoundTable(.join(join), columns: columns)
    switch join.kind {
    case .leftSemi, .leftAnti: table.isOpen = left.isOpen
    case .rightSemi, .rightAnti: table.isOpen = right.isOpen
    default: table.isOpen = left.isOpen || right.isOpen
    }
    table.depth = max(left.depth, right.depth)
    table.isFailed = left.isFailed || right.isFailed
    return table
  }

  /// The right columns under names that the left ones leave free.
  func besides(_ right: [PlanColumn], _ left: [PlanColumn]) -> [PlanColumn] {
    var used = Set(left.map { Name($0.name) })
    used.formUnion(right.map { Name($0.name) })
    var taken = Set(left.map { Name($0.name) })
    return right.map { column in
      guard !taken.insert(Name(column.name)).inserted else { return column }
      var suffix = 1
      while used.contains(Name("\(column.name)\(suffix)")) { suffix += 1 }
      let name = "\(column.name)\(suffix)"
      used.insert(Name(name))
      taken.insert(Name(name))
      return column.renamed(name)
    }
  }

  private static let joinKinds: [String: JoinKind] = [
    "inner": .inner, "innerunique": .innerUnique, "leftouter": .leftOuter,
    "rightouter": .rightOuter, "fullouter": .fullOuter, "leftsemi": .leftSemi,
    "rightsemi": .rightSemi, "leftanti": .leftAnti, "anti": .leftAnti,
    "leftantisemi": .leftAnti, "rightanti": .rightAnti, "rightantisemi": .rightAnti,
  ]

  private func joinKind(_ node: SyntaxNode, _ value: SyntaxNode?) -> JoinKind {
    guard let value else { return .innerUnique }
    if let kind = Self.joinKinds[word(value)] { return kind }
    if !diagnosticsOfSyntaxCover(value) {
      report(.unknownJoinKind(word(value), at: span(value)))
    }
    return .innerUnique
  }

  /// Whether a missing name was reported by the parser already.
  private func diagnosticsOfSyntaxCover(_ node: SyntaxNode) -> Bool { node.span.length == 0 }

  // MARK: Keys

  /// The keys of a join with the right columns that `lookup` drops.
  struct JoinKeys {
    var pairs: [JoinKey] = []
    var rightColumns: Set<ColumnID> = []
  }

  func joinKeys(_ node: SyntaxNode, _ left: BoundTable, _ right: BoundTable) -> JoinKeys {
    var keys = JoinKeys()
    for condition in node.children(.on) { add(condition, left, right, &keys) }
    return keys
  }

  private func add(
    _ node: SyntaxNode,
    _ left: BoundTable,
    _ right: BoundTable,
    _ keys: inout JoinKeys
  ) {
    switch node.kind {
    case .parenthesized:
      if let inner = node.child(.expression) { add(inner, left, right, &keys) }
    case .logicalAnd:
      for operand in node.children(.operand) { add(operand, left, right, &keys) }
    case .name: addCommon(node, left, right, &keys)
    case .comparison: addEquality(node, left, right, &keys)
    case .missingExpression, .skippedTokens: break
    default: report(.joinCondition(at: span(node)))
    }
  }

  /// `on a`: a column of both sides.
  private func addCommon(
    _ node: SyntaxNode,
    _ left: BoundTable,
    _ right: BoundTable,
    _ keys: inout JoinKeys
  ) {
    let wanted = name(node)
    guard let first = side(wanted, left, node), let second = side(wanted, right, node) else {
      return
    }
    let types = (type(of: first), type(of: second))
    if types.0 != types.1, types.0 != .unknown, types.1 != .unknown {
      report(.joinTypes(wanted, types.0, types.1, at: span(node)))
      return
    }
    addPair(column(first), column(second), node, &keys)
    keys.rightColumns.insert(second.id)
  }

  private func side(
    _ name: String,
    _ table: BoundTable,
    _ node: SyntaxNode
  ) -> PlanColumn? {
    if let column = table.column(named: name) { return column }
    if table.isOpen { return discover(name, table.discovered) }
    let suggestion = Suggestion.nearest(to: name, in: table.columns.map(\.name))
    report(.unknownName(name, at: span(node), suggestion: suggestion))
    return nil
  }

  /// `on $left.a == $right.b`.
  private func addEquality(
    _ node: SyntaxNode,
    _ left: BoundTable,
    _ right: BoundTable,
    _ keys: inout JoinKeys
  ) {
    let operands = node.children(.operand)
    guard operands.count == 2, node.tokens(.operator).first?.kind == .equalEqual else {
      return report(.joinCondition(at: span(node)))
    }
    let sides = operands.map { sideName($0) }
    if sides[0] != "$left" || sides[1] != "$right" {
      for (operand, pair) in zip(operands, zip(sides, ["$left", "$right"])) where pair.0 != pair.1 {
        report(.joinOperand(pair.1, at: span(operand)))
      }
      return
    }
    var scope = RowScope([], isOpen: left.isOpen || right.isOpen)
    scope.sides = ["$left": left.columns, "$right": right.columns]
    let values = within(row: scope) { operands.map(bindScalar) }
    if case .column(let id, _) = values[1].expression { keys.rightColumns.insert(id) }
    addPair(values[0], values[1], node, &keys)
  }

  private func sideName(_ node: SyntaxNode) -> String? {
    if node.kind == .parenthesized { return node.child(.expression).flatMap(sideName) }
    guard node.kind == .path, let base = node.child(.base), base.kind == .name else { return nil }
    return name(base)
  }

  private func addPair(
    _ left: BoundScalar,
    _ right: BoundScalar,
    _ node: SyntaxNode,
    _ keys: inout JoinKeys
  ) {
    guard case .scalar(let first) = left.type, case .scalar(let second) = right.type else {
      keys.pairs.append(JoinKey(left: left.expression, right: right.expression))
      return
    }
    if first == .dynamic || second == .dynamic {
      report(.dynamicJoinKey(at: span(node)))
      return
    }
    let isNumeric = first.isNumeric && second.isNumeric
    guard first == second || isNumeric else {
      report(.joinTypes(nil, left.type, right.type, at: span(node)))
      return
    }
    let type = first == second ? first : Self.widest(first, second)
    keys.pairs.append(
      JoinKey(
        left: convert(left, to: type).expression,
        right: convert(right, to: type).expression
      )
    )
  }

  // MARK: lookup

  /// `lookup`: a left outer join that drops the keys of the right side.
  func bindLookup(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let source = node.child(.source) else { return input }
    let (input, right) = providingKeys(node, input, bindTable(source))
    var kind = JoinKind.leftOuter
    if let value = node.parametersNamed("kind", self) {
      switch word(value) {
      case "inner": kind = .inner
      case "leftouter": break
      default: report(.unknownJoinKind(word(value), at: span(value)))
      }
    }
    let keys = joinKeys(node, input, right)
    let kept = right.columns.filter { !keys.rightColumns.contains($0.id) }
    let columns = input.columns + besides(kept, input.columns)
    let join = Join(
      left: input.plan,
      right: right.plan,
      kind: kind,
      keys: keys.pairs,
      columns: columns
    )
    return joined(join, input, right, columns)
  }
}

extension SyntaxNode {
  /// The value of an operator parameter.
  func parametersNamed(_ name: String, _ binder: Binder) -> SyntaxNode? {
    children(.parameter).first { $0.token(.name).map(binder.text) == name }?.child(.value)
  }
}
