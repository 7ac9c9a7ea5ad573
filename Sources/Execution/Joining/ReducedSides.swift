import Columnar
import QueryPlan

extension PlanCompiler {
  /// The right side must be so many times larger for a look at the left one first to pay.
  private static var leastRatio: Int { 8 }
  /// Fewer rows are built without further ado.
  private static var fewRows: Int { 16_384 }

  /// The sides of a join whose right side is built, the left one read already.
  ///
  /// Where it turned out to be small, the right one is cut down to rows with one of its keys: in
  /// the scan as far as ranges and texts of the keys go, then by a look at each row. nil where the
  /// left side is not expected to be small, or rows of the right one count without a partner.
  func reducedSides(_ join: Join) throws -> (left: Flow, right: Flow)? {
    guard context.options.optimizes, join.kind.dropsUnmatchedRight, !join.keys.isEmpty else {
      return nil
    }
    guard let most = try RowEstimate(of: join.right, self), most.most >= Self.fewRows,
      let left = try RowEstimate(of: join.left, self),
      left.likely <= most.most / Self.leastRatio
    else { return nil }
    let compiled = try compile(join.left)
    let batches = try compiled.collect(context)
    let read = Flow(batches: batches, layout: compiled.layout, context: context)
    let count = batches.reduce(0) { $0 + $1.count }
    if count > most.most / Self.leastRatio { return (read, try compile(join.right)) }
    return (read, try reducedRight(join, read))
  }

  private func reducedRight(_ join: Join, _ left: Flow) throws -> Flow {
    let keys = join.keys.map(\.right)
    let side = JoinSide(flow: left, keys: join.keys.map(\.left))
    let built = try makeTable(left.collect(context), side, JoinDemand())
    let conditions = KeyConditions(kind: .leftSemi, probeKeys: keys, table: built.table)
    let right = try compile(try narrowed(join.right, conditions))
    let stage = ProbeFactory(
      table: built.table,
      keys: keys,
      layout: right.layout,
      mode: .matched,
      columns: right.layout.columns.indices.map { .probe($0) },
      matches: nil,
      charge: built.charge
    )
    return right.appending(stage, layout: right.layout)
  }
}

/// How many rows a plan yields, as far as its tables and filters tell.
private struct RowEstimate {
  /// No more than this.
  var most: Int
  /// A guess.
  var likely: Int

  /// A condition that is no range of times is taken to leave one row of so many.
  private static let selectivity = 10

  /// nil where nothing is known.
  init?(of plan: Plan, _ compiler: PlanCompiler) throws {
    switch plan {
    case .scan(let scan): try self.init(scan, nil, compiler)
    case .filter(let filter):
      if case .scan(let scan) = filter.input {
        try self.init(scan, filter, compiler)
      } else {
        try self.init(of: filter.input, compiler)
        likely /= Self.selectivity
      }
    case .project(let project): try self.init(of: project.input, compiler)
    case .serialize(let serialize): try self.init(of: serialize.input, compiler)
    case .summarize(let summarize):
      try self.init(of: summarize.input, compiler)
      likely /= Self.selectivity
    default: return nil
    }
  }

  private init?(_ scan: TableScan, _ filter: Filter?, _ compiler: PlanCompiler) throws {
    let tables = compiler.context.tables
    if let stored = try tables.storedTable(named: scan.table) {
      let read = compiler.segmentScan(scan, stored, filter, emitting: [])
      most = read.parts.reduce(0) { $0 + $1.stored.rowCount }
      likely = read.tests.reduce(most) { rows, test in
        if case .bounds = test { rows } else { rows / Self.selectivity }
      }
    } else if let table = try tables.table(named: scan.table) {
      most = table.chunks.reduce(0) { $0 + $1.count }
      let conditions = filter.map { FilterFactory.conjuncts($0.predicate).count } ?? 0
      likely = (0..<conditions).reduce(most) { rows, _ in rows / Self.selectivity }
    } else {
      return nil
    }
  }
}

extension JoinKind {
  /// Whether a row of the right side leaves no trace where it has no partner.
  fileprivate var dropsUnmatchedRight: Bool {
    switch self {
    case .inner, .leftOuter, .leftSemi, .leftAnti: true
    case .innerUnique, .rightOuter, .fullOuter, .rightSemi, .rightAnti: false
    }
  }
}
