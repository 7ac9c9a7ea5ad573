public import Columnar
import SourceText

/// The rows that a query gets which says nothing of time: those of the last days, as the portal's
/// time picker has it.
///
/// A query that filters by time anywhere gets what it asks for. It is applied to bound plans.
public struct TimeWindow: Sendable {
  /// The first instant of the window.
  public let start: DateTime
  /// The instant that ends the window, outside of it; nil where nothing does.
  public var end: DateTime?
  /// Of some tables only the rows that became visible behind this sequence number.
  public var sequences: [String: Int64] = [:]
  /// Where it is set, only the rows of these devices, of tables that tell the device.
  public var devices: [String]?
  /// The column of event time of each table that the window holds.
  private let timeColumns: [String: String]

  public init(from start: DateTime, timeColumns: [String: String]) {
    self.start = start
    self.timeColumns = timeColumns
  }

  /// The plan with its scans held to the window.
  public func apply(_ plan: Plan) -> Plan {
    var rewriting = WindowRewriting(window: self, nextNumber: ColumnNumbers(of: plan).greatest + 1)
    return rewriting.rewrite(plan)
  }

  /// Whether a filter of a plan reads time: a column of event time, a time made of columns, or the
  /// time of ingestion.
  ///
  /// Other columns of tables that hold times, such as that of a file's creation, do not count.
  public func isOverridden(by plan: Plan) -> Bool {
    var search = TimeFilterSearch(otherTimes: [])
    for scan in search.scans(of: plan) {
      let column = timeColumns[scan.table]
      for other in scan.columns where other.type == .datetime && other.name != column {
        search.otherTimes.insert(other.id)
      }
    }
    return search.finds(in: plan)
  }

  /// The scan, held to the window where it is one of a table that the window holds.
  ///
  /// - Parameter makeColumn: makes a column that the plan does not have.
  fileprivate func held(_ scan: TableScan, _ makeColumn: () -> PlanColumn) -> Plan {
    guard let name = timeColumns[scan.table] else { return .scan(scan) }
    var held = Plan.scan(scan)
    if let after = sequences[scan.table] {
      let column = makeColumn()
      let wider = scan.telling(.sequence, in: column)
      let isNewer = condition("GreaterThan", column, DateTime(ticks: after), scan)
      let newer = Plan.filter(Filter(input: .scan(wider), predicate: isNewer))
      held = .project(
        Project(input: newer, expressions: scan.columns.map(NamedExpression.init))
      )
    }
    if let column = scan.columns.first(where: { $0.name == name && $0.type == .datetime }) {
      held = filtered(held, condition("GreaterThanOrEqual", column, start, scan))
      if let end { held = filtered(held, condition("LessThan", column, end, scan)) }
    }
    if let devices, let isInGroup = membership(of: devices, scan) {
      held = filtered(held, isInGroup)
    }
    return held
  }

  private func filtered(_ plan: Plan, _ predicate: Expression) -> Plan {
    .filter(Filter(input: plan, predicate: predicate))
  }

  private func condition(
    _ function: String,
    _ column: PlanColumn,
    _ time: DateTime,
    _ scan: TableScan
  ) -> Expression {
    let arguments: [Expression] = [.column(column.id, .datetime), .literal(.datetime(time))]
    return .call(Call(function, arguments, type: .bool, span: scan.span))
  }

  private func membership(of devices: [String], _ scan: TableScan) -> Expression? {
    guard let column = scan.columns.first(where: { $0.name == "DeviceId" && $0.type == .string })
    else { return nil }
    if devices.isEmpty { return .literal(.bool(false)) }
    let texts = devices.map { Expression.literal(.string(ByteString(Array($0.utf8)))) }
    return .call(Call("In", [.column(column.id, .string)] + texts, type: .bool, span: scan.span))
  }
}

/// Holds the scans of a plan to a window, those of shared plans once.
private struct WindowRewriting {
  let window: TimeWindow
  /// The next number of a column that the plan does not have yet.
  private var nextNumber: Int
  private var sharedPlans: [Int: SharedPlan] = [:]

  init(window: TimeWindow, nextNumber: Int) {
    self.window = window
    self.nextNumber = nextNumber
  }

  private mutating func makeSequenceColumn() -> PlanColumn {
    defer { nextNumber += 1 }
    return PlanColumn(id: ColumnID(nextNumber), name: "$Sequence", type: .datetime)
  }

  mutating func rewrite(_ plan: Plan) -> Plan {
    switch plan {
    case .scan(let scan): return window.held(scan) { makeSequenceColumn() }
    case .shared(let reference): return .shared(rewrite(reference))
    default:
      return plan.replacingInputs { rewrite($0) }
        .replacingExpressions { $0.replacingSubplans { rewrite($0) } }
    }
  }

  private mutating func rewrite(_ reference: SharedReference) -> SharedReference {
    let shared = reference.shared
    if let known = sharedPlans[shared.id] { return reference.with { $0.shared = known } }
    let rewritten = shared.replacing(rewrite(shared.plan))
    sharedPlans[shared.id] = rewritten
    return reference.with { $0.shared = rewritten }
  }
}

/// Looks for filters that read time.
private struct TimeFilterSearch {
  /// Columns of tables that hold other times than that of the event.
  var otherTimes: Set<ColumnID>
  private var seen: Set<Int> = []

  init(otherTimes: Set<ColumnID>) { self.otherTimes = otherTimes }

  func scans(of plan: Plan) -> [TableScan] {
    var seen: Set<Int> = []
    var found: [TableScan] = []
    collect(plan, &found, &seen)
    return found
  }

  private func collect(_ plan: Plan, _ found: inout [TableScan], _ seen: inout Set<Int>) {
    if case .shared(let reference) = plan, !seen.insert(reference.shared.id).inserted { return }
    if case .scan(let scan) = plan { found.append(scan) }
    for below in plan.inputs + subplans(of: plan) { collect(below, &found, &seen) }
  }

  mutating func finds(in plan: Plan) -> Bool {
    if case .shared(let reference) = plan, !seen.insert(reference.shared.id).inserted {
      return false
    }
    if case .filter(let filter) = plan, readsTime(filter.predicate) { return true }
    return (plan.inputs + subplans(of: plan)).contains { finds(in: $0) }
  }

  private func subplans(of plan: Plan) -> [Plan] {
    var found: [Plan] = []
    _ = plan.replacingExpressions { expression in
      found += expression.subplans
      return expression
    }
    return found
  }

  /// Whether a call only prints a column, as text searches over all columns do.
  private func isPrinted(_ call: Call) -> Bool {
    guard call.type == .string, call.arguments.count == 1, case .column = call.arguments[0] else {
      return false
    }
    return true
  }

  private func readsTime(_ expression: Expression) -> Bool {
    switch expression {
    case .literal, .scalarSubquery: false
    case .column(let id, let type): type == .datetime && !otherTimes.contains(id)
    case .call(let call):
      call.function == IngestionTimes.function
        || !isPrinted(call) && call.arguments.contains { readsTime($0) }
    case .membership(let test): readsTime(test.operand)
    }
  }
}
