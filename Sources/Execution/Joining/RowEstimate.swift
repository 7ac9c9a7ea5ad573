import Columnar
import QueryPlan

/// How many rows a plan yields, as far as its tables and filters tell.
struct RowEstimate {
  /// No more than this.
  var most: Int
  /// A guess.
  var likely: Int

  /// A condition of which nothing is known is taken to leave one row of so many.
  static let selectivity = 10

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
      likely = try ScanSelectivity(read).rows(of: most)
    } else if let table = try tables.table(named: scan.table) {
      most = table.chunks.reduce(0) { $0 + $1.count }
      let conditions = filter.map { FilterFactory.conjuncts($0.predicate).count } ?? 0
      likely = (0..<conditions).reduce(most) { rows, _ in rows / Self.selectivity }
    } else {
      return nil
    }
  }
}
