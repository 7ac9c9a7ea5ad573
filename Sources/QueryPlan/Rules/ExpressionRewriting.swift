extension Plan {
  /// The same operator with other expressions; what lies below it stays.
  func replacingExpressions(_ rewrite: (Expression) -> Expression) -> Plan {
    switch self {
    case .filter(let node):
      return .filter(
        Filter(input: node.input, predicate: rewrite(node.predicate), wanted: node.wanted)
      )
    case .project(let node):
      let expressions = node.expressions.map { $0.replacing(rewrite) }
      return .project(Project(input: node.input, expressions: expressions))
    case .window(let node):
      let expressions = node.expressions.map { $0.replacing(rewrite) }
      return .window(Window(input: node.input, expressions: expressions))
    case .summarize(let node):
      return .summarize(
        Summarize(
          input: node.input,
          keys: node.keys.map { $0.replacing(rewrite) },
          aggregates: node.aggregates.map { $0.replacing(rewrite) }
        )
      )
    case .sort(let node):
      return .sort(Sort(input: node.input, keys: node.keys.map { $0.replacing(rewrite) }))
    case .top(let node):
      return .top(
        Top(
          input: node.input,
          count: rewrite(node.count),
          keys: node.keys.map { $0.replacing(rewrite) }
        )
      )
    case .take(let node): return .take(Take(input: node.input, count: rewrite(node.count)))
    case .sample(let node): return .sample(Sample(input: node.input, count: rewrite(node.count)))
    default: return replacingFurtherExpressions(rewrite)
    }
  }

  private func replacingFurtherExpressions(_ rewrite: (Expression) -> Expression) -> Plan {
    switch self {
    case .join(let node):
      let keys = node.keys.map { JoinKey(left: rewrite($0.left), right: rewrite($0.right)) }
      return .join(
        Join(left: node.left, right: node.right, kind: node.kind, keys: keys, columns: node.columns)
      )
    case .parse(let node):
      return .parse(
        Parse(
          input: node.input,
          source: rewrite(node.source),
          kind: node.kind,
          flags: node.flags,
          segments: node.segments,
          dropsUnmatched: node.dropsUnmatched,
          columns: node.columns,
          span: node.span
        )
      )
    case .makeSeries(let node):
      return .makeSeries(
        MakeSeries(
          input: node.input,
          aggregates: node.aggregates.map { $0.replacing(rewrite) },
          values: node.values.map {
            SeriesValue($0.value.replacing(rewrite), missing: $0.missing.map(rewrite))
          },
          axis: node.axis.replacing(rewrite),
          from: node.from.map(rewrite),
          to: node.to.map(rewrite),
          step: rewrite(node.step),
          isInRange: node.isInRange,
          keys: node.keys.map { $0.replacing(rewrite) },
          isNonEmpty: node.isNonEmpty,
          columns: node.columns
        )
      )
    default: return replacingExpansions(rewrite)
    }
  }

  private func replacingExpansions(_ rewrite: (Expression) -> Expression) -> Plan {
    switch self {
    case .expand(let node):
      return .expand(
        Expand(
          input: node.input,
          expansions: node.expansions.map { $0.replacing(rewrite) },
          bagExpansion: node.bagExpansion,
          indexColumn: node.indexColumn,
          limit: node.limit.map(rewrite),
          columns: node.columns
        )
      )
    case .apply(let node):
      return .apply(
        Apply(
          id: node.id,
          input: node.input,
          expansions: node.expansions.map { $0.replacing(rewrite) },
          indexColumn: node.indexColumn,
          limit: node.limit.map(rewrite),
          subquery: node.subquery,
          columns: node.columns
        )
      )
    case .partition(let node):
      return .partition(
        Partition(
          id: node.id,
          input: node.input,
          key: rewrite(node.key),
          subquery: node.subquery,
          columns: node.columns
        )
      )
    case .parseKeyValues(let node):
      return .parseKeyValues(node.reading(rewrite(node.source)))
    case .range(let node):
      return .range(
        RangeSource(
          column: node.column,
          from: rewrite(node.from),
          to: rewrite(node.to),
          step: rewrite(node.step)
        )
      )
    default: return self
    }
  }
}

extension ParseKeyValues {
  fileprivate func reading(_ source: Expression) -> ParseKeyValues {
    ParseKeyValues(
      input: input,
      source: source,
      keys: keys,
      pairDelimiter: pairDelimiter,
      keyValueDelimiter: keyValueDelimiter,
      quotes: quotes,
      escapes: escapes,
      isGreedy: isGreedy,
      regex: regex,
      columns: columns
    )
  }
}

extension NamedExpression {
  fileprivate func replacing(_ rewrite: (Expression) -> Expression) -> NamedExpression {
    NamedExpression(column, rewrite(expression))
  }
}

extension SortKey {
  fileprivate func replacing(_ rewrite: (Expression) -> Expression) -> SortKey {
    SortKey(rewrite(expression), isDescending: isDescending, nullsFirst: nullsFirst)
  }
}

extension AggregateCall {
  fileprivate func replacing(_ rewrite: (Expression) -> Expression) -> AggregateCall {
    AggregateCall(
      function: function,
      arguments: arguments.map(rewrite),
      columns: columns,
      span: span
    )
  }
}

extension Expansion {
  fileprivate func replacing(_ rewrite: (Expression) -> Expression) -> Expansion {
    Expansion(source: rewrite(source), column: column)
  }
}
