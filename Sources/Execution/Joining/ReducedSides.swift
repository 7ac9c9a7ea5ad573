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

extension JoinKind {
  /// Whether a row of the right side leaves no trace where it has no partner.
  fileprivate var dropsUnmatchedRight: Bool {
    switch self {
    case .inner, .leftOuter, .leftSemi, .leftAnti: true
    case .innerUnique, .rightOuter, .fullOuter, .rightSemi, .rightAnti: false
    }
  }
}
