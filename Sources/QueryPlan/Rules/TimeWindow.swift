public import Columnar
import SourceText

/// The rows that a query gets which says nothing of time: those of the last days, as the portal's
/// time picker has it.
///
/// A query that filters by time anywhere gets what it asks for. It is applied to bound plans.
public struct TimeWindow: Sendable {
  /// The first instant of the window.
  public let start: DateTime
  /// The column of event time of each table that the window holds.
  private let timeColumns: [String: String]

  public init(from start: DateTime, timeColumns: [String: String]) {
    self.start = start
    self.timeColumns = timeColumns
  }

  /// The plan with its scans held to the window.
  public func apply(_ plan: Plan) -> Plan {
    var rewriting = WindowRewriting(window: self)
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
  fileprivate func held(_ scan: TableScan) -> Plan {
    guard let name = timeColumns[scan.table],
      let column = scan.columns.first(where: { $0.name == name && $0.type == .datetime })
    else { return .scan(scan) }
    let isInside = Call(
      "GreaterThanOrEqual",
      [.column(column.id, .datetime), .literal(.datetime(start))],
      type: .bool,
      span: scan.span
    )
    return .filter(Filter(input: .scan(scan), predicate: .call(isInside)))
  }
}

/// Holds the scans of a plan to a window, those of shared plans once.
private struct WindowRewriting {
  let window: TimeWindow
  private var sharedPlans: [Int: SharedPlan] = [:]

  init(window: TimeWindow) { self.window = window }

  mutating func rewrite(_ plan: Plan) -> Plan {
    switch plan {
    case .scan(let scan): return window.held(scan)
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
