import QueryPlan
import SourceText

/// Finds the scans of tables with time that no condition on the time restricts before their rows
/// are aggregated.
struct TimeRestriction {
  /// A scan whose rows reach an operator, with the columns there that tell of its time.
  private struct OpenScan {
    let scan: TableScan
    var times: Set<ColumnID>
  }

  /// Scans without restriction: where the query names them, and the tables.
  private(set) var unrestricted: [SourceSpan: Set<String>] = [:]
  private var restricted: Set<SourceSpan> = []
  private var shared: [Int: [OpenScan]] = [:]
  private let facts: any SchemaFacts

  init(_ plans: [Plan], facts: any SchemaFacts) {
    self.facts = facts
    for plan in plans { end(open(plan)) }
    // A table that is restricted at one of its references may be meant to be.
    for span in restricted { unrestricted[span] = nil }
  }

  /// Notes scans that nothing restricts any more.
  private mutating func end(_ scans: [OpenScan]) {
    for open in scans { unrestricted[open.scan.span, default: []].insert(open.scan.table) }
  }

  /// The scans that no condition restricts up to a plan.
  private mutating func open(_ plan: Plan) -> [OpenScan] {
    for subquery in plan.subqueries { end(open(subquery)) }
    switch plan {
    case .scan(let scan): return open(scan)
    case .shared(let reference): return open(reference)
    case .filter(let node): return restrict(open(node.input), by: [node.predicate])
    case .project(let node): return derive(open(node.input), node.expressions)
    case .window(let node): return derive(open(node.input), node.expressions)
    case .union(let node): return open(node)
    case .join(let node):
      let scans = open(node.left) + open(node.right)
      return restrict(scans, by: node.keys.flatMap { [$0.left, $0.right] })
    case .summarize(let node):
      end(afterAggregation(open(node.input), node))
      return []
    case .makeSeries(let node):
      let scans = open(node.input)
      let isBounded = node.from != nil && node.to != nil
      end(isBounded ? restrict(scans, by: [node.axis.expression]) : scans)
      return []
    default: return openFurther(plan)
    }
  }

  private mutating func openFurther(_ plan: Plan) -> [OpenScan] {
    switch plan {
    // A few rows are enough, and where columns or rows are not known, nothing is said.
    case .take, .sample, .partition, .staged, .refused:
      for input in plan.inputs { exempt(open(input)) }
      return []
    case .apply(let node): return open(node.input)
    default: return plan.inputs.flatMap { open($0) }
    }
  }

  private func open(_ scan: TableScan) -> [OpenScan] {
    let names = facts.timeColumns(of: scan.table)
    let times = scan.columns.filter { names.contains($0.name) }
    return times.isEmpty ? [] : [OpenScan(scan: scan, times: Set(times.map(\.id)))]
  }

  private mutating func open(_ reference: SharedReference) -> [OpenScan] {
    let plan = reference.shared.plan
    let scans = shared[reference.shared.id] ?? open(plan)
    shared[reference.shared.id] = scans
    var renamed: [ColumnID: ColumnID] = [:]
    for (column, source) in zip(reference.columns, reference.sources) {
      renamed[plan.columns[source].id] = column.id
    }
    return scans.map { scan in
      OpenScan(scan: scan.scan, times: Set(scan.times.compactMap { renamed[$0] }))
    }
  }

  private mutating func open(_ union: Union) -> [OpenScan] {
    union.legs.flatMap { leg in
      open(leg.plan).map { scan in
        OpenScan(scan: scan.scan, times: Self.outputs(of: scan.times, leg, union))
      }
    }
  }

  /// The columns of a union that a leg gives some of its columns; a union of all tables has
  /// thousands.
  private static func outputs(
    of columns: Set<ColumnID>,
    _ leg: UnionLeg,
    _ union: Union
  ) -> Set<ColumnID> {
    var outputs: Set<ColumnID> = []
    for (place, source) in leg.sources.enumerated() {
      if outputs.count == columns.count { break }
      if let source, columns.contains(source) { outputs.insert(union.outputs[place].id) }
    }
    return outputs
  }

  /// Leaves out the scans whose time the expressions read.
  private mutating func restrict(
    _ scans: [OpenScan],
    by expressions: [Expression]
  ) -> [OpenScan] {
    var rest: [OpenScan] = []
    for open in scans {
      if expressions.contains(where: { $0.reads(open.times) || $0.asksForIngestionTime }) {
        exempt([open])
      } else {
        rest.append(open)
      }
    }
    return rest
  }

  private mutating func exempt(_ scans: [OpenScan]) {
    restricted.formUnion(scans.map(\.scan.span))
  }

  /// Counts what is computed of a time as time.
  private func derive(_ scans: [OpenScan], _ expressions: [NamedExpression]) -> [OpenScan] {
    scans.map { open in
      var derived = open
      for named in expressions where named.expression.reads(open.times) {
        derived.times.insert(named.column.id)
      }
      return derived
    }
  }

  /// Leaves out scans of which an aggregation takes the latest row of each key, which asks for all
  /// time, and those whose time its arguments compare.
  private mutating func afterAggregation(_ scans: [OpenScan], _ node: Summarize) -> [OpenScan] {
    let latest = node.aggregates.filter { $0.function == "arg_max" }.flatMap {
      $0.arguments.prefix(1)
    }
    let comparisons = node.aggregates.flatMap(\.arguments).flatMap(\.comparisons)
    return restrict(scans, by: latest + comparisons)
  }
}

extension Expression {
  /// Whether the value depends on one of the columns.
  fileprivate func reads(_ columns: Set<ColumnID>) -> Bool {
    switch self {
    case .literal, .scalarSubquery: false
    case .column(let id, _): columns.contains(id)
    case .call(let call): call.arguments.contains { $0.reads(columns) }
    case .membership(let test): test.operand.reads(columns)
    }
  }

  /// Whether the time of ingestion is asked for.
  fileprivate var asksForIngestionTime: Bool {
    guard case .call(let call) = self else { return false }
    return call.function == "ingestion_time"
      || call.arguments.contains(where: \.asksForIngestionTime)
  }

  /// The comparisons of size in the expression.
  fileprivate var comparisons: [Expression] {
    guard case .call(let call) = self else { return [] }
    return Self.comparisonNames.contains(call.function)
      ? [self] : call.arguments.flatMap(\.comparisons)
  }

  private static let comparisonNames: Set<String> = [
    "LessThan", "LessThanOrEqual", "GreaterThan", "GreaterThanOrEqual", "Between", "NotBetween",
  ]
}
