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
    case .parse(let node):
      return .parse(
        Parse(
          input: rewrite(node.input),
          source: node.source,
          kind: node.kind,
          flags: node.flags,
          segments: node.segments,
          dropsUnmatched: node.dropsUnmatched,
          columns: node.columns,
          span: node.span
        )
      )
    case .parseKeyValues(let node):
      return .parseKeyValues(
        ParseKeyValues(
          input: rewrite(node.input),
          source: node.source,
          keys: node.keys,
          pairDelimiter: node.pairDelimiter,
          keyValueDelimiter: node.keyValueDelimiter,
          quotes: node.quotes,
          escapes: node.escapes,
          isGreedy: node.isGreedy,
          regex: node.regex,
          columns: node.columns
        )
      )
    case .expand(let node):
      return .expand(
        Expand(
          input: rewrite(node.input),
          expansions: node.expansions,
          bagExpansion: node.bagExpansion,
          indexColumn: node.indexColumn,
          limit: node.limit,
          columns: node.columns
        )
      )
    default: return replacingSubqueries(rewrite)
    }
  }

  private func replacingSubqueries(_ rewrite: (Plan) -> Plan) -> Plan {
    switch self {
    case .apply(let node):
      return .apply(
        Apply(
          id: node.id,
          input: rewrite(node.input),
          expansions: node.expansions,
          indexColumn: node.indexColumn,
          limit: node.limit,
          subquery: rewrite(node.subquery),
          columns: node.columns
        )
      )
    default: return replacingGroupedInputs(rewrite)
    }
  }

  private func replacingGroupedInputs(_ rewrite: (Plan) -> Plan) -> Plan {
    switch self {
    case .makeSeries(let node):
      return .makeSeries(
        MakeSeries(
          input: rewrite(node.input),
          aggregates: node.aggregates,
          values: node.values,
          axis: node.axis,
          from: node.from,
          to: node.to,
          step: node.step,
          isInRange: node.isInRange,
          keys: node.keys,
          isNonEmpty: node.isNonEmpty,
          columns: node.columns
        )
      )
    case .partition(let node):
      return .partition(
        Partition(
          id: node.id,
          input: rewrite(node.input),
          key: node.key,
          subquery: rewrite(node.subquery),
          columns: node.columns
        )
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
  /// The expression with columns replaced by what they stand for.
  func substituting(_ meaning: [ColumnID: Expression]) -> Expression {
    switch self {
    case .literal, .scalarSubquery: self
    case .column(let id, _): meaning[id] ?? self
    case .call(let call):
      .call(
        Call(
          call.function,
          call.arguments.map { $0.substituting(meaning) },
          type: call.type,
          span: call.span
        )
      )
    case .membership(let membership):
      .membership(
        Membership(
          function: membership.function,
          operand: membership.operand.substituting(meaning),
          plan: membership.plan,
          id: membership.id,
          span: membership.span
        )
      )
    }
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
