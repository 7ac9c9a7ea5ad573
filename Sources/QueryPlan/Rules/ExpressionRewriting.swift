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
    case .parse(let node): return .parse(node.with { $0.source = rewrite($0.source) })
    case .parseKeyValues(let node):
      return .parseKeyValues(node.with { $0.source = rewrite($0.source) })
    case .makeSeries(let node): return .makeSeries(node.replacing(rewrite))
    case .partition(let node): return .partition(node.with { $0.key = rewrite($0.key) })
    case .range(let node):
      return .range(
        RangeSource(
          column: node.column,
          from: rewrite(node.from),
          to: rewrite(node.to),
          step: rewrite(node.step)
        )
      )
    default: return replacingExpansions(rewrite)
    }
  }

  private func replacingExpansions(_ rewrite: (Expression) -> Expression) -> Plan {
    switch self {
    case .expand(let node):
      return .expand(
        node.with {
          $0.expansions = $0.expansions.map { $0.replacing(rewrite) }
          $0.limit = $0.limit.map(rewrite)
        }
      )
    case .apply(let node):
      return .apply(
        node.with {
          $0.expansions = $0.expansions.map { $0.replacing(rewrite) }
          $0.limit = $0.limit.map(rewrite)
        }
      )
    default: return self
    }
  }
}

extension MakeSeries {
  fileprivate func replacing(_ rewrite: (Expression) -> Expression) -> MakeSeries {
    with {
      $0.aggregates = $0.aggregates.map { $0.replacing(rewrite) }
      $0.values = $0.values.map {
        SeriesValue($0.value.replacing(rewrite), missing: $0.missing.map(rewrite))
      }
      $0.axis = $0.axis.replacing(rewrite)
      $0.from = $0.from.map(rewrite)
      $0.to = $0.to.map(rewrite)
      $0.step = rewrite($0.step)
      $0.keys = $0.keys.map { $0.replacing(rewrite) }
    }
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
