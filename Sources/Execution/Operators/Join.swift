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
    let probeKeys = buildsLeft ? rightKeys : leftKeys
    let probePlan = buildsLeft ? join.right : join.left
    guard let batches = try collectBuild(build) else {
      let probe = JoinSide(flow: try reduced?.left ?? compile(probePlan), keys: probeKeys)
      let columns = try columns(of: join, probe: probe, build: build)
      return try SpilledJoin(
        join: join,
        build: build,
        probe: probe,
        columns: columns,
        context: context
      ).run()
    }
    let built = try makeTable(batches, build, JoinDemand(join))
    if let left = reduced?.left {
      return try run(join, built, probe: JoinSide(flow: left, keys: probeKeys), build: build)
    }
    let narrowed = try narrowed(
      probePlan,
      KeyConditions(kind: join.kind, probeKeys: probeKeys, table: built.table)
    )
    let probe = JoinSide(flow: try compile(narrowed), keys: probeKeys)
    return try run(join, built, probe: probe, build: build)
  }

  private func run(
    _ join: Join,
    _ built: BuiltSide,
    probe: JoinSide,
    build: JoinSide
  ) throws -> Flow {
    let table = built.table
    let matches = join.kind.keepsBuild ? BuildMatches(rowCount: table.rowCount) : nil
    let columns = try columns(of: join, probe: probe, build: build)
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
    let rest = table.unmatched(matches, columns, join)
    return flow(batches + (rest.count > 0 ? [rest] : []), join.columns)
  }

  private func columns(
    of join: Join,
    probe: JoinSide,
    build: JoinSide
  ) throws -> [JoinColumn] {
    try join.columns.map { column in
      if let position = probe.flow.layout.position(of: column.id) { return .probe(position) }
      if let position = build.flow.layout.position(of: column.id) { return .build(position) }
      throw QueryFailure(.evaluation, "a column of the join is missing from its inputs")
    }
  }

  /// The rows of the side that is built; nil where they had better be put aside.
  private func collectBuild(_ side: JoinSide) throws -> [Batch]? {
    guard context.canSpill, !side.keys.isEmpty else { return try side.flow.collect(context) }
    let context = self.context
    do {
      let keyBytes = 8 * side.keys.count + 48
      let sinks = try side.flow.run(context) { BuildSink(context, keyBytes: keyBytes) }
      return sinks.flatMap(\.parts)
        .sorted { ($0.sequence, $0.ordinal) < ($1.sequence, $1.ordinal) }.map(\.batch)
    } catch is BuildOverflow {
    } catch let failure as QueryFailure where failure.kind == .memory {
    }
    context.budget.reclaim()
    return nil
  }

  /// Makes the table of the rows of a side.
  func makeTable(
    _ batches: [Batch],
    _ side: JoinSide,
    _ demand: JoinDemand
  ) throws -> BuiltSide {
    let layout = side.flow.layout
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let nodes = try side.keys.map { try compiler.compile($0) }
    let keys = try batches.map { batch in
      try context.budget.check()
      return try nodes.map { try $0.evaluate(batch) }
    }
    let wanted = Set(demand.columns.compactMap { layout.position(of: $0.id) })
    return try context.makeTable(
      batches,
      keys,
      demand.request(types: layout.types, wanted: wanted, keyTypes: side.keys.map(\.type))
    )
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
}

/// The table of a join and what it takes of the budget.
struct BuiltSide {
  let table: JoinTable
  let charge: MemoryCharge
}

/// One input of a join and its keys.
struct JoinSide: Sendable {
  let flow: Flow
  let keys: [Expression]
}

extension JoinKind {
  /// Whether rows of the build side come out that have no partner.
  var keepsBuild: Bool { self == .rightOuter || self == .fullOuter }

  /// What becomes of a row of the side that is looked up.
  var probeMode: ProbeMode {
    switch self {
    case .innerUnique, .inner, .rightOuter: .pairs
    case .leftOuter, .fullOuter: .pairsOrMissing
    case .leftSemi, .rightSemi: .matched
    case .leftAnti, .rightAnti: .unmatched
    }
  }
}

extension ExecutionContext {
  /// Makes the table of a build side, or ends the query where there is no room for it.
  func makeTable(
    _ batches: [Batch],
    _ keys: [[Vector]],
    _ request: JoinTable.Request
  ) throws -> BuiltSide {
    let bytes = Batch.concatenationByteCount(batches, types: request.types)
    let rows = batches.reduce(0) { $0 + $1.count }
    try budget.require(bytes + rows * (8 * request.keyTypes.count + 48))
    let table = try JoinTable(batches, keys: keys, request)
    let charge = MemoryCharge(budget)
    try charge.resize(to: table.byteCount)
    return BuiltSide(table: table, charge: charge)
  }
}

/// What is asked of the table of a build side.
struct JoinDemand {
  /// Columns that are read, those of the other side among them.
  var columns: [PlanColumn] = []
  private var keepsFirst = false
  private var wantsMembers = false

  /// Nothing but whether a key is there.
  init() {}

  init(_ join: Join) {
    let mode = join.kind.probeMode
    columns = join.columns
    keepsFirst = join.kind == .innerUnique
    wantsMembers = mode == .pairs || mode == .pairsOrMissing
  }

  func request(
    types: [ScalarType],
    wanted: Set<Int>,
    keyTypes: [ScalarType]
  ) -> JoinTable.Request {
    JoinTable.Request(
      types: types,
      wanted: wanted,
      keyTypes: keyTypes,
      keepsFirst: keepsFirst,
      wantsMembers: wantsMembers
    )
  }
}

extension JoinTable {
  /// The build rows without a partner, beside missing values.
  func unmatched(_ matches: BuildMatches, _ columns: [JoinColumn], _ join: Join) -> Batch {
    let missing = rows.gather(matches.unmatched(of: rowCount))
    let output = zip(columns, join.columns).map { source, column in
      switch source {
      case .probe: Vector(constant: .missing(column.type), count: missing.count)
      case .build(let position): missing.columns[position]
      }
    }
    return Batch(columns: output, count: missing.count)
  }
}
