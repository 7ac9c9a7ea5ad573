import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds `x in (…)`, `x has_any (…)` and their kin: a list of values or a table.
  func bindIn(_ node: SyntaxNode) -> BoundScalar {
    guard let operand = node.child(.operand), let token = node.token(.operator),
      let name = Self.membershipNames[token.keyword]
    else { return .failed }
    if operand.kind == .starExpression { return bindStarIn(node, name) }
    let value = bindScalar(operand)
    let ignoresCase = name == "InCs" || name == "NotInCs"
    if ignoresCase, !value.type.mayBe(.string), value.type != .scalar(.dynamic) {
      report(.typeExpected(["string", "dynamic"], at: span(operand)))
      return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
    }
    return bindMembership(name, value, node)
  }

  private static let membershipNames: [Keyword: String] = [
    .in: "In", .notIn: "NotIn", .inInsensitive: "InCs", .notInInsensitive: "NotInCs",
    .hasAny: "HasAny", .hasAll: "HasAll",
  ]

  private func bindStarIn(_ node: SyntaxNode, _ name: String) -> BoundScalar {
    guard let row = frame.row else {
      report(.starNotAllowed(at: span(node)))
      return .failed
    }
    let combine = Self.isNegated(name) ? everyColumn : anyColumn
    return combine(row.columns, span(node)) { column in
      self.bindMembership(name, self.convert(self.column(column), to: .string), node)
    }
  }

  private func bindMembership(
    _ name: String,
    _ operand: BoundScalar,
    _ node: SyntaxNode
  ) -> BoundScalar {
    let items = node.children(.item)
    var values: [BoundScalar] = []
    for (index, item) in items.enumerated() {
      switch bindItem(item) {
      case .table(let table) where items.count == 1 && index == 0:
        return bindTableMembership(name, operand, table, node)
      case .table(let table):
        if !table.isFailed { report(.scalarExpected(at: span(item))) }
      case .scalar(let value): values.append(value)
      }
    }
    return listMembership(name, operand, values, node)
  }

  /// An item of the list; aggregates stay allowed, tables are seen without the row.
  private func bindItem(_ item: SyntaxNode) -> BoundValue { bindValue(item) }

  private func listMembership(
    _ name: String,
    _ operand: BoundScalar,
    _ items: [BoundScalar],
    _ node: SyntaxNode
  ) -> BoundScalar {
    let isText = name == "HasAny" || name == "HasAll"
    if isText, !operand.type.mayBe(.string), !operand.type.mayBe(.dynamic) {
      let token = node.token(.operator)
      report(
        .operatorUndefined(
          token.map(text) ?? name,
          [operand.type] + items.prefix(1).map(\.type),
          at: frame.callSpan ?? token?.span ?? span(node)
        )
      )
      return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
    }
    let type = isText ? .string : membershipType(operand, items)
    let operand = type.map { convert(operand, to: $0) } ?? operand
    let converted = items.map { item in
      item.type == .scalar(.dynamic) || item.type == .unknown
        ? item : type.map { convert(item, to: $0) } ?? item
    }
    return .call(name, [operand] + converted, .scalar(.bool), span(node))
  }

  /// The type in which the operand is compared with the items.
  private func membershipType(_ operand: BoundScalar, _ items: [BoundScalar]) -> ScalarType? {
    guard case .scalar(let first) = operand.type else { return nil }
    let types = items.compactMap { item -> ScalarType? in
      if case .scalar(let type) = item.type, type != .dynamic { type } else { nil }
    }
    if first == .dynamic { return types.first ?? .string }
    guard first.isNumeric else { return first }
    return types.filter(\.isNumeric).reduce(first == .int ? .long : first, Self.widest)
  }

  private func bindTableMembership(
    _ name: String,
    _ operand: BoundScalar,
    _ table: BoundTable,
    _ node: SyntaxNode
  ) -> BoundScalar {
    guard let first = table.columns.first else {
      if !table.isFailed, !table.isOpen { report(.tableExpected(at: span(node))) }
      return BoundScalar(.literal(.null(.bool)), .scalar(.bool))
    }
    let isText = name == "HasAny" || name == "HasAll"
    var type: ScalarType? = isText ? .string : nil
    if !isText, case .scalar(let left) = operand.type,
      case .scalar(let right) = self.type(of: first)
    {
      type = left == .dynamic && right == .dynamic ? .string : Self.equalityType(left, right)
    }
    let value = type.map { convert(operand, to: $0) } ?? operand
    let plan = type.map { convertFirstColumn(table, to: $0) } ?? table.plan
    let membership = Membership(
      function: name,
      operand: value.expression,
      plan: plan,
      id: freshNumber(),
      span: span(node)
    )
    var result = BoundScalar(
      .membership(membership),
      .scalar(.bool),
      isConstant: operand.isConstant,
      weight: operand.weight + 2 + table.size
    )
    result.usesWindow = operand.usesWindow
    return result
  }

  /// The plan of a table whose only column is its first, converted to a type.
  private func convertFirstColumn(_ table: BoundTable, to type: ScalarType) -> Plan {
    guard let first = table.columns.first, first.type != type, table.columns.count > 0 else {
      return table.plan
    }
    let converted = convert(column(first), to: type)
    let output = freshColumn(first.name, .scalar(type))
    return .project(
      Project(input: table.plan, expressions: [NamedExpression(output, converted.expression)])
    )
  }
}
