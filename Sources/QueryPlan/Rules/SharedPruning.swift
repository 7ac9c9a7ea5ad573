/// Drops columns of kept plans that no reference reads.
struct SharedPruning {
  /// Positions that references read, by the id of the plan.
  private var read: [Int: Set<Int>] = [:]
  private var seen: Set<Int> = []
  /// Plans with the columns that are left, and where each column went, by id.
  private var narrowed: [Int: (plan: SharedPlan, positions: [Int: Int])] = [:]

  static func apply(_ plan: Plan) -> Plan {
    var pruning = SharedPruning()
    pruning.visit(plan)
    return pruning.read.isEmpty ? plan : pruning.replace(plan)
  }

  private mutating func visit(_ plan: Plan) {
    if case .shared(let reference) = plan {
      read[reference.shared.id, default: []].formUnion(reference.sources)
      if !seen.insert(reference.shared.id).inserted { return }
    }
    for subplan in plan.subplans { visit(subplan) }
    for input in plan.inputs { visit(input) }
  }

  private mutating func replace(_ plan: Plan) -> Plan {
    if case .shared(let reference) = plan { return .shared(replace(reference)) }
    return plan.replacingInputs { replace($0) }
      .replacingExpressions { $0.replacingSubplans { replace($0) } }
  }

  private mutating func replace(_ reference: SharedReference) -> SharedReference {
    let (plan, positions) = narrow(reference.shared)
    return reference.with {
      $0.shared = plan
      $0.sources = reference.sources.compactMap { positions[$0] }
    }
  }

  private mutating func narrow(_ shared: SharedPlan) -> (plan: SharedPlan, positions: [Int: Int]) {
    if let known = narrowed[shared.id] { return known }
    let columns = shared.plan.columns
    let kept = columns.indices.filter { read[shared.id]?.contains($0) ?? true }
    let positions = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    let inner = replace(shared.plan)
    let made: SharedPlan
    if kept.count == columns.count {
      made = shared.replacing(inner)
    } else {
      let wanted = kept.map { columns[$0] }
      let pruned = ColumnPruning.prune(inner, keeping: Set(wanted.map(\.id)))
      let exact = Project(input: pruned, expressions: wanted.map(NamedExpression.init(passing:)))
      made = shared.replacing(.project(exact))
    }
    narrowed[shared.id] = (made, positions)
    return (made, positions)
  }
}
