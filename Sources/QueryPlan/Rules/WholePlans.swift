/// Optimizes plans that run by themselves: the query, shared plans that are kept, and those in
/// expressions.
struct WholePlans {
  /// Kept plans that are optimized, by id.
  private var shared: [Int: SharedPlan] = [:]

  /// The rewritten plan with its columns in order.
  mutating func optimize(_ plan: Plan) -> Plan {
    optimize(plan, keeping: Set(plan.columns.map(\.id)))
  }

  private mutating func optimize(_ plan: Plan, keeping wanted: Set<ColumnID>) -> Plan {
    let pushed = FilterPushdown.apply(plan)
    let simplified = FilterSimplification.apply(pushed)
    let fused = ProjectFusion.apply(TopFusion.apply(simplified))
    let pruned = ColumnPruning.prune(fused, keeping: wanted)
    return replaceParts(of: CommonSubexpressions.apply(pruned))
  }

  /// Optimizes the plans that a plan refers to or has in its expressions.
  private mutating func replaceParts(of plan: Plan) -> Plan {
    if case .shared(let reference) = plan {
      return .shared(reference.with { $0.shared = optimized($0.shared) })
    }
    return plan.replacingInputs { replaceParts(of: $0) }
      .replacingExpressions { expression in
        expression.replacingSubplans { optimizeFirstColumn(of: $0) }
      }
  }

  /// Values of subqueries are those of the first column.
  private mutating func optimizeFirstColumn(of plan: Plan) -> Plan {
    optimize(plan, keeping: Set(plan.columns.prefix(1).map(\.id)))
  }

  private mutating func optimized(_ plan: SharedPlan) -> SharedPlan {
    if let known = shared[plan.id] { return known }
    let made = plan.replacing(optimize(plan.plan))
    shared[plan.id] = made
    return made
  }
}
