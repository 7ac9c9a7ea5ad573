import Columnar

extension Plan {
  /// The same operator over other inputs; `inputs` stand as the property of that name has them.
  func replacingInputs(_ rewrite: (Plan) -> Plan) -> Plan {
    switch self {
    case .scan, .values, .range, .externalData, .subqueryInput: return self
    case .filter(let node):
      return .filter(
        Filter(input: rewrite(node.input), predicate: node.predicate, wanted: node.wanted)
      )
    case .project(let node):
      return .project(Project(input: rewrite(node.input), expressions: node.expressions))
    case .window(let node):
      return .window(Window(input: rewrite(node.input), expressions: node.expressions))
    case .summarize(let node):
      return .summarize(
        Summarize(input: rewrite(node.input), keys: node.keys, aggregates: node.aggregates)
      )
    case .sort(let node): return .sort(Sort(input: rewrite(node.input), keys: node.keys))
    case .top(let node):
      return .top(Top(input: rewrite(node.input), count: node.count, keys: node.keys))
    case .take(let node): return .take(Take(input: rewrite(node.input), count: node.count))
    case .sample(let node): return .sample(Sample(input: rewrite(node.input), count: node.count))
    case .serialize(let node): return .serialize(Serialize(input: rewrite(node.input)))
    case .render(let node):
      return .render(
        Render(
          input: rewrite(node.input),
          visualization: node.visualization,
          properties: node.properties
        )
      )
    case .join(let node):
      return .join(
        Join(
          left: rewrite(node.left),
          right: rewrite(node.right),
          kind: node.kind,
          keys: node.keys,
          columns: node.columns
        )
      )
    case .union(let node):
      let legs = node.legs.map {
        UnionLeg(plan: rewrite($0.plan), sources: $0.sources, name: $0.name)
      }
      return .union(Union(legs: legs, outputs: node.outputs, sourceColumn: node.sourceColumn))
    default: return replacingFurtherInputs(rewrite)
    }
  }

  private func replacingFurtherInputs(_ rewrite: (Plan) -> Plan) -> Plan {
    switch self {
    case .parse(let node): return .parse(node.with { $0.input = rewrite($0.input) })
    case .parseKeyValues(let node):
      return .parseKeyValues(node.with { $0.input = rewrite($0.input) })
    case .expand(let node): return .expand(node.with { $0.input = rewrite($0.input) })
    case .makeSeries(let node): return .makeSeries(node.with { $0.input = rewrite($0.input) })
    case .apply(let node):
      return .apply(
        node.with {
          $0.input = rewrite($0.input)
          $0.subquery = rewrite($0.subquery)
        }
      )
    case .partition(let node):
      return .partition(
        node.with {
          $0.input = rewrite($0.input)
          $0.subquery = rewrite($0.subquery)
        }
      )
    default: return self
    }
  }

  /// Operators of the plan, those of shared plans counted at each use, up to a limit.
  func size(limit: Int) -> Int {
    var total = 1
    for input in inputs {
      if total >= limit { return limit }
      total += input.size(limit: limit - total)
    }
    return total
  }
}

extension Expression {
  /// The same function or test over other operands; other expressions stay.
  func replacingOperands(_ rewrite: (Expression) -> Expression) -> Expression {
    switch self {
    case .literal, .column, .scalarSubquery: self
    case .call(let call):
      .call(
        Call(call.function, call.arguments.map(rewrite), type: call.type, span: call.span)
      )
    case .membership(let membership):
      .membership(
        Membership(
          function: membership.function,
          operand: rewrite(membership.operand),
          plan: membership.plan,
          id: membership.id,
          span: membership.span
        )
      )
    }
  }

  /// The same expression over another plan, where it reads one.
  func replacingSubplan(_ rewrite: (Plan) -> Plan) -> Expression {
    switch self {
    case .literal, .column, .call: self
    case .scalarSubquery(let query):
      .scalarSubquery(ScalarSubquery(id: query.id, plan: rewrite(query.plan), type: query.type))
    case .membership(let membership):
      .membership(
        Membership(
          function: membership.function,
          operand: membership.operand,
          plan: rewrite(membership.plan),
          id: membership.id,
          span: membership.span
        )
      )
    }
  }

  /// The same expression with other plans in it, at any depth.
  func replacingSubplans(_ rewrite: (Plan) -> Plan) -> Expression {
    replacingSubplan(rewrite).replacingOperands { $0.replacingSubplans(rewrite) }
  }

  /// The plans that the expression reads, at any depth.
  var subplans: [Plan] {
    switch self {
    case .literal, .column: []
    case .call(let call): call.arguments.flatMap(\.subplans)
    case .scalarSubquery(let query): [query.plan]
    case .membership(let test): [test.plan] + test.operand.subplans
    }
  }

  /// The expression with columns replaced by what they stand for.
  public func substituting(_ meaning: [ColumnID: Expression]) -> Expression {
    if case .column(let id, _) = self { return meaning[id] ?? self }
    return replacingOperands { $0.substituting(meaning) }
  }

  /// The columns that the expression reads.
  public var columnIDs: Set<ColumnID> {
    switch self {
    case .literal, .scalarSubquery: []
    case .column(let id, _): [id]
    case .call(let call): call.arguments.reduce(into: []) { $0.formUnion($1.columnIDs) }
    case .membership(let membership): membership.operand.columnIDs
    }
  }

  /// The operands of nested `And`s.
  var conjuncts: [Expression] {
    guard case .call(let call) = self, call.function == "And" else { return [self] }
    return call.arguments.flatMap(\.conjuncts)
  }
}

extension Filter {
  /// A plan that keeps the rows in which all conditions hold.
  static func over(_ input: Plan, _ conditions: [Expression]) -> Plan {
    guard let first = conditions.first else { return input }
    if conditions.count == 1 { return .filter(Filter(input: input, predicate: first)) }
    guard case .call(let call) = first else {
      return .filter(
        Filter(input: over(input, Array(conditions.dropFirst())), predicate: first)
      )
    }
    let all = Call("And", conditions, type: .bool, span: call.span)
    return .filter(Filter(input: input, predicate: .call(all)))
  }
}
