import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs a join: one side becomes a hash table, the batches of the other are looked up in it.
  ///
  /// The right side is built, but for `innerunique`, whose left side is reduced to one row a key,
  /// and for the kinds that yield rows of the right side only. What the keys of the build side
  /// tell of the rows that can have partners narrows the scan of the other side.
  ///
  /// Where few rows are on the left of a join whose right side is built, they are read first and
  /// only rows of the right side with one of their keys are built (`reducedSides`).
  func compile(_ join: Join) throws -> Flow {
    let buildsLeft =
      join.kind == .innerUnique || join.kind == .rightSemi || join.kind == .rightAnti
    let leftKeys = join.keys.map(\.left)
    let rightKeys = join.keys.map(\.right)
    let reduced = buildsLeft ? nil : try reducedSides(join)
    let build = JoinSide(
      flow: try reduced?.right ?? compile(buildsLeft ? join.left : join.right),
      keys: buildsLeft ? leftKeys : rightKeys
    )
    let built = try makeTable(build, join)
    let probeKeys = buildsLeft ? rightKeys : leftKeys
    if let left = reduced?.left {
      return try run(join, built, probe: JoinSide(flow: left, keys: probeKeys), build: build)
    }
    let probePlan = try narrowed(
      buildsLeft ? join.right : join.left,
      KeyConditions(kind: join.kind, probeKeys: probeKeys, table: built.table)
    )
    let probe = JoinSide(flow: try compile(probePlan), keys: probeKeys)
    return try run(join, built, probe: probe, build: build)
  }

  private func run(
    _ join: Join,
    _ built: BuiltSide,
    probe: JoinSide,
    build: JoinSide
  ) throws -> Flow {
    let table = built.table
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
      matches: matches,
      charge: built.charge
    )
    let paired = probe.flow.appending(stage, layout: ColumnLayout(join.columns))
    guard let matches else { return paired }
    let batches = try paired.collect(context)
    let rest = unmatched(matches, table, columns, join)
    return flow(batches + (rest.count > 0 ? [rest] : []), join.columns)
  }

  private func makeTable(_ side: JoinSide, _ join: Join) throws -> BuiltSide {
    let mode = join.kind.probeMode
    return try makeTable(
      side,
      wanted: join.columns,
      keepsFirst: join.kind == .innerUnique,
      wantsMembers: mode == .pairs || mode == .pairsOrMissing
    )
  }

  /// Makes the table of a side from which some columns are read.
  func makeTable(
    _ side: JoinSide,
    wanted: [PlanColumn],
    keepsFirst: Bool = false,
    wantsMembers: Bool = false
  ) throws -> BuiltSide {
    let layout = side.flow.layout
    let batches = try side.flow.collect(context)
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let nodes = try side.keys.map { try compiler.compile($0) }
    let keys = try batches.map { batch in try nodes.map { try $0.evaluate(batch) } }
    let bytes = Batch.concatenationByteCount(batches, types: layout.types)
    let words = batches.reduce(0) { $0 + $1.count } * (8 * side.keys.count + 48)
    try context.budget.require(bytes + words)
    let table = JoinTable(
      batches,
      keys: keys,
      JoinTable.Request(
        types: layout.types,
        wanted: Set(wanted.compactMap { layout.position(of: $0.id) }),
        keyTypes: side.keys.map(\.type),
        keepsFirst: keepsFirst,
        wantsMembers: wantsMembers
      )
    )
    let charge = MemoryCharge(context.budget)
    try charge.resize(to: table.byteCount)
    return BuiltSide(table: table, charge: charge)
  }

  /// The plan of a probing side that reads stored rows, with conditions that its scan can use.
  func narrowed(_ plan: Plan, _ conditions: KeyConditions) throws -> Plan {
    guard context.options.optimizes, try readsStoredRows(plan) else { return plan }
    return Optimizer.narrowing(plan, by: conditions.expressions)
  }

  private func readsStoredRows(_ plan: Plan) throws -> Bool {
    if case .scan(let scan) = plan {
      return try context.tables.storedTable(named: scan.table) != nil
    }
    return try plan.inputs.contains(where: readsStoredRows)
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

/// The table of a join and what it takes of the budget.
struct BuiltSide {
  let table: JoinTable
  let charge: MemoryCharge
}

/// One input of a join and its keys.
struct JoinSide {
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
