import Columnar

/// Gives `ingestion_time()` its meaning: a hidden column of the scan below, which the operators in
/// between hand on.
///
/// A row has the time as long as it is a record of a table: filters, orders, projections, parsing,
/// `mv-expand` and `union` leave it one. Rows that come from no table have null. Where an operator
/// makes new rows out of records (`summarize`, `join`, …) the function is refused by name, since
/// null would be taken for an answer.
struct IngestionTimes {
  static let function = "ingestion_time"
  /// What the hidden column is called where plans are printed.
  private static let columnName = "$IngestionTime"

  /// The next number of a column that the plan does not have yet.
  private var nextNumber: Int
  /// Materialized plans that are resolved, by id.
  private var sharedPlans: [Int: SharedPlan] = [:]

  /// Where the time of a plan's rows is.
  private enum Carried {
    /// In a column of a plan that has it beside its own.
    case column(Plan, PlanColumn)
    /// The rows are no records of a table.
    case none
    /// The operator makes rows of which the time cannot be told.
    case lost(String)
  }

  /// The plan with the function resolved; the same plan where it is not called.
  static func apply(_ plan: Plan) -> Plan {
    var search = CallSearch()
    if !search.finds(in: plan) { return plan }
    var times = IngestionTimes(nextNumber: ColumnNumbers(of: plan).greatest + 1)
    return times.resolveWhole(plan)
  }

  private init(nextNumber: Int) { self.nextNumber = nextNumber }

  /// Resolves a plan that runs by itself.
  private mutating func resolveWhole(_ plan: Plan) -> Plan {
    resolve(SharedInlining.apply(plan))
  }

  private mutating func resolve(_ plan: Plan) -> Plan {
    if case .shared(let reference) = plan { return .shared(resolve(reference)) }
    let below = plan.replacingInputs { resolve($0) }
    var call: Call?
    let inner = below.replacingExpressions { resolveSubqueries($0, &call) }
    guard let call else { return inner }
    guard inner.inputs.count == 1, let input = inner.inputs.first else {
      return refused(inner, "at this place in '\(inner.node.title)'", call)
    }
    switch carry(input) {
    case .lost(let operation): return refused(inner, "after '\(operation)'", call)
    case .none:
      return inner.replacingExpressions { $0.replacingIngestionTime(.literal(.null(.datetime))) }
    case .column(let wider, let column):
      let time = Expression.column(column.id, .datetime)
      let columns = inner.columns
      let resolved = inner.replacingInputs { _ in wider }
        .replacingExpressions { $0.replacingIngestionTime(time) }
      if resolved.columns.count == columns.count { return resolved }
      return .project(Project(input: resolved, expressions: columns.map(NamedExpression.init)))
    }
  }

  private mutating func resolve(_ reference: SharedReference) -> SharedReference {
    let shared = reference.shared
    if let known = sharedPlans[shared.id] {
      return reference.with { $0.shared = known }
    }
    let resolved = shared.replacing(resolveWhole(shared.plan))
    sharedPlans[shared.id] = resolved
    return reference.with { $0.shared = resolved }
  }

  /// Resolves the plans in an expression, and notes a call of the function in it.
  private mutating func resolveSubqueries(
    _ expression: Expression,
    _ found: inout Call?
  ) -> Expression {
    switch expression {
    case .call(let call) where call.function == Self.function:
      found = call
      return expression
    default:
      return expression.replacingSubplan { resolveWhole($0) }
        .replacingOperands { resolveSubqueries($0, &found) }
    }
  }

  /// The operator over an input that refuses to run.
  private func refused(_ plan: Plan, _ place: String, _ call: Call) -> Plan {
    .refused(
      Refused(
        what: "\(Self.function)() \(place)",
        inputs: plan.inputs,
        columns: plan.columns,
        isOpen: false,
        span: call.span
      )
    )
  }

  /// Lets a plan hand the time of its rows on.
  private mutating func carry(_ plan: Plan) -> Carried {
    switch plan {
    case .scan(let scan): return carry(scan)
    case .values, .range, .externalData: return .none
    case .filter, .sort, .top, .take, .sample, .serialize, .render:
      return carryInput(of: plan) { wider, _ in plan.replacingInputs { _ in wider } }
    case .project(let node):
      return carryInput(of: plan) { wider, column in
        .project(Project(input: wider, expressions: Self.passing(column, node.expressions)))
      }
    case .window(let node):
      return carryInput(of: plan) { wider, column in
        .window(Window(input: wider, expressions: Self.passing(column, node.expressions)))
      }
    case .parse, .parseKeyValues, .expand:
      return carryInput(of: plan) { wider, column in
        plan.replacingInputs { _ in wider }.handingOn(column)
      }
    case .union(let union): return carry(union)
    default: return .lost(plan.node.title)
    }
  }

  private mutating func carryInput(
    of plan: Plan,
    _ widen: (Plan, PlanColumn) -> Plan
  ) -> Carried {
    guard let input = plan.inputs.first else { return .lost(plan.node.title) }
    switch carry(input) {
    case .column(let wider, let column): return .column(widen(wider, column), column)
    case .none: return .none
    case .lost(let operation): return .lost(operation)
    }
  }

  private mutating func carry(_ scan: TableScan) -> Carried {
    if Staged.isHandle(scan.table) { return .lost("evaluate") }
    let known = scan.columns.first { scan.arrivals[$0.id] == .time }
    if let known { return .column(.scan(scan), known) }
    let column = makeColumn()
    return .column(.scan(scan.telling(.time, in: column)), column)
  }

  private mutating func carry(_ union: Union) -> Carried {
    var legs: [UnionLeg] = []
    var isRecord = false
    for leg in union.legs {
      switch carry(leg.plan) {
      case .lost(let operation): return .lost(operation)
      case .none:
        legs.append(UnionLeg(plan: leg.plan, sources: leg.sources + [nil], name: leg.name))
      case .column(let wider, let column):
        isRecord = true
        legs.append(UnionLeg(plan: wider, sources: leg.sources + [column.id], name: leg.name))
      }
    }
    if !isRecord { return .none }
    let column = makeColumn()
    let wider = Union(
      legs: legs,
      outputs: union.outputs + [column],
      sourceColumn: union.sourceColumn
    )
    return .column(.union(wider), column)
  }

  private mutating func makeColumn() -> PlanColumn {
    defer { nextNumber += 1 }
    return PlanColumn(id: ColumnID(nextNumber), name: Self.columnName, type: .datetime)
  }

  private static func passing(
    _ column: PlanColumn,
    _ expressions: [NamedExpression]
  ) -> [NamedExpression] {
    if expressions.contains(where: { $0.column.id == column.id }) { return expressions }
    return expressions + [NamedExpression(passing: column)]
  }
}

/// Looks for calls of the function, in each shared plan once.
private struct CallSearch {
  private var seen: Set<Int> = []

  mutating func finds(in plan: Plan) -> Bool {
    if case .shared(let reference) = plan, !seen.insert(reference.shared.id).inserted {
      return false
    }
    var isFound = false
    _ = plan.replacingExpressions { expression in
      isFound = isFound || finds(in: expression)
      return expression
    }
    return isFound || plan.inputs.contains { finds(in: $0) }
  }

  private mutating func finds(in expression: Expression) -> Bool {
    switch expression {
    case .literal, .column: false
    case .call(let call):
      call.function == IngestionTimes.function || call.arguments.contains { finds(in: $0) }
    case .scalarSubquery(let query): finds(in: query.plan)
    case .membership(let test): finds(in: test.operand) || finds(in: test.plan)
    }
  }
}

extension Expression {
  /// The expression with the value of `ingestion_time()` in the place of its calls.
  fileprivate func replacingIngestionTime(_ time: Expression) -> Expression {
    if case .call(let call) = self, call.function == IngestionTimes.function { return time }
    return replacingOperands { $0.replacingIngestionTime(time) }
  }
}

extension Plan {
  /// An operator that lists its columns, with one more of its input's.
  fileprivate func handingOn(_ column: PlanColumn) -> Plan {
    switch self {
    case .parse(let node): return .parse(node.with { $0.columns = $0.columns.adding(column) })
    case .parseKeyValues(let node):
      return .parseKeyValues(node.with { $0.columns = $0.columns.adding(column) })
    case .expand(let node): return .expand(node.with { $0.columns = $0.columns.adding(column) })
    default: return self
    }
  }
}

extension [PlanColumn] {
  fileprivate func adding(_ column: PlanColumn) -> [PlanColumn] {
    contains { $0.id == column.id } ? self : self + [column]
  }
}
