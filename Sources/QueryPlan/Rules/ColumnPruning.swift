/// Drops columns that nothing above reads, down to the scans.
enum ColumnPruning {
  static func apply(_ plan: Plan) -> Plan { prune(plan, keeping: Set(plan.columns.map(\.id))) }

  /// The plan with at least the wanted columns; it may yield more.
  static func prune(_ plan: Plan, keeping wanted: Set<ColumnID>) -> Plan {
    switch plan {
    case .scan(let scan):
      return .scan(scan.reading(scan.columns.filter { wanted.contains($0.id) }))
    case .filter(let filter):
      let needed = wanted.union(filter.predicate.columnIDs)
      return .filter(
        Filter(
          input: prune(filter.input, keeping: needed),
          predicate: filter.predicate,
          wanted: wanted
        )
      )
    case .project(let project):
      let kept = project.expressions.filter { wanted.contains($0.column.id) }
      let needed = ids(kept.map(\.expression))
      return .project(Project(input: prune(project.input, keeping: needed), expressions: kept))
    case .summarize(let node):
      let needed = ids(node.keys.map(\.expression) + node.aggregates.flatMap(\.arguments))
      return .summarize(
        Summarize(
          input: prune(node.input, keeping: needed),
          keys: node.keys,
          aggregates: node.aggregates
        )
      )
    case .sort(let node):
      let needed = wanted.union(ids(node.keys.map(\.expression)))
      return .sort(Sort(input: prune(node.input, keeping: needed), keys: node.keys))
    case .top(let node):
      let needed = wanted.union(ids(node.keys.map(\.expression)))
      return .top(
        Top(input: prune(node.input, keeping: needed), count: node.count, keys: node.keys)
      )
    case .take(let node):
      return .take(Take(input: prune(node.input, keeping: wanted), count: node.count))
    case .render, .serialize: return plan.replacingInputs { prune($0, keeping: wanted) }
    case .join(let join): return prune(join, keeping: wanted)
    case .union(let union): return prune(union, keeping: wanted)
    case .expand(let expand): return prune(expand, keeping: wanted)
    case .shared(let reference): return .shared(reference.keeping(wanted))
    default: return plan.replacingInputs { apply($0) }
    }
  }

  private static func prune(_ join: Join, keeping wanted: Set<ColumnID>) -> Plan {
    let left = wanted.union(ids(join.keys.map(\.left)))
    let right = wanted.union(ids(join.keys.map(\.right)))
    return .join(
      Join(
        left: prune(join.left, keeping: left),
        right: prune(join.right, keeping: right),
        kind: join.kind,
        keys: join.keys,
        columns: join.columns.filter { wanted.contains($0.id) }
      )
    )
  }

  private static func prune(_ union: Union, keeping wanted: Set<ColumnID>) -> Plan {
    let kept = union.outputs.indices.filter { wanted.contains(union.outputs[$0].id) }
    let legs = union.legs.map { leg in
      let sources = kept.map { leg.sources[$0] }
      let needed = Set(sources.compactMap { $0 })
      return UnionLeg(plan: prune(leg.plan, keeping: needed), sources: sources, name: leg.name)
    }
    let source = union.sourceColumn.flatMap { wanted.contains($0.id) ? $0 : nil }
    return .union(
      Union(legs: legs, outputs: kept.map { union.outputs[$0] }, sourceColumn: source)
    )
  }

  private static func prune(_ expand: Expand, keeping wanted: Set<ColumnID>) -> Plan {
    let needed = wanted.union(ids(expand.expansions.map(\.source)))
    return .expand(
      Expand(
        input: prune(expand.input, keeping: needed),
        expansions: expand.expansions,
        bagExpansion: expand.bagExpansion,
        indexColumn: expand.indexColumn,
        limit: expand.limit,
        columns: expand.columns.filter { wanted.contains($0.id) }
      )
    )
  }

  private static func ids(_ expressions: [Expression]) -> Set<ColumnID> {
    expressions.reduce(into: []) { $0.formUnion($1.columnIDs) }
  }
}

extension SharedReference {
  /// The reference with the wanted columns only.
  fileprivate func keeping(_ wanted: Set<ColumnID>) -> SharedReference {
    with { reference in
      let kept = columns.indices.filter { wanted.contains(columns[$0].id) }
      reference.columns = kept.map { columns[$0] }
      reference.sources = kept.map { sources[$0] }
    }
  }
}
