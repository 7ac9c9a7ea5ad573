import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs a join: one side becomes a hash table, the batches of the other are looked up in it.
  ///
  /// The right side is built, but for `innerunique`, whose left side is reduced to one row a key,
  /// and for the kinds that yield rows of the right side only.
  func compile(_ join: Join) throws -> Flow {
    let left = try compile(join.left)
    let right = try compile(join.right)
    let leftKeys = join.keys.map(\.left)
    let rightKeys = join.keys.map(\.right)
    let buildsLeft =
      join.kind == .innerUnique || join.kind == .rightSemi || join.kind == .rightAnti
    let probe = JoinSide(flow: buildsLeft ? right : left, keys: buildsLeft ? rightKeys : leftKeys)
    let build = JoinSide(flow: buildsLeft ? left : right, keys: buildsLeft ? leftKeys : rightKeys)
    return try run(join, probe: probe, build: build)
  }

  private func run(_ join: Join, probe: JoinSide, build: JoinSide) throws -> Flow {
    let table = try makeTable(build, keepsFirst: join.kind == .innerUnique)
    let keepsBuild = join.kind == .rightOuter || join.kind == .fullOuter
    let matches = keepsBuild ? BuildMatches(rowCount: table.rowCount) : nil
    let columns = try join.columns.map { column -> JoinColumn in
      if let position = probe.flow.layout.position(of: column.id) { return .probe(position) }
      if let position = build.flow.layout.position(of: column.id) { return .build(position) }
      throw QueryFailure(.evaluation, "a column of the join is missing from its inputs")
    }
    let stage = ProbeFactory(
      table: table,
      keys: probe.keys,
      layout: probe.flow.layout,
      mode: join.kind.probeMode,
      columns: columns,
      matches: matches
    )
    let paired = probe.flow.appending(stage, layout: ColumnLayout(join.columns))
    guard let matches else { return paired }
    let batches = try paired.collect(context)
    let rest = unmatched(matches, table, columns, join)
    return flow(batches + (rest.count > 0 ? [rest] : []), join.columns)
  }

  private func makeTable(_ side: JoinSide, keepsFirst: Bool) throws -> JoinTable {
    let types = side.flow.layout.types
    let all = Batch.concatenating(try side.flow.collect(context), types: types)
    let compiler = ExpressionCompiler(layout: side.flow.layout, context: context)
    let keys = try side.keys.map { try compiler.compile($0).evaluate(all) }
    try context.budget.charge(all.estimatedByteCount + all.count * 16)
    return JoinTable(
      rows: all,
      types: types,
      keys: keys,
      keyTypes: side.keys.map(\.type),
      keepsFirst: keepsFirst
    )
  }

  /// The build rows without a partner, beside missing values.
  private func unmatched(
    _ matches: BuildMatches,
    _ table: JoinTable,
    _ columns: [JoinColumn],
    _ join: Join
  ) -> Batch {
    let rows = table.rows.gather(matches.unmatched(of: table.rowCount))
    let output = zip(columns, join.columns).map { source, column in
      switch source {
      case .probe: Vector(constant: .missing(column.type), count: rows.count)
      case .build(let position): rows.columns[position]
      }
    }
    return Batch(columns: output, count: rows.count)
  }
}

/// One input of a join and its keys.
private struct JoinSide {
  let flow: Flow
  let keys: [Expression]
}

extension JoinKind {
  /// What becomes of a row of the side that is looked up.
  fileprivate var probeMode: ProbeMode {
    switch self {
    case .innerUnique, .inner, .rightOuter: .pairs
    case .leftOuter, .fullOuter: .pairsOrMissing
    case .leftSemi, .rightSemi: .matched
    case .leftAnti, .rightAnti: .unmatched
    }
  }
}
