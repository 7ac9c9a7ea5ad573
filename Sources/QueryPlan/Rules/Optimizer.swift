/// Rewrites a plan into one that gives the same rows with less work.
///
/// Rules are applied one after another; each stands in a file of its own.
public enum Optimizer {
  /// The rewritten plan.
  public static func optimize(_ plan: Plan) -> Plan {
    var plans = WholePlans()
    return SharedPruning.apply(plans.optimize(SharedInlining.choosing(resolve(plan))))
  }

  /// The plan with what its functions need of the tables; run before anything else, also where
  /// nothing is to be optimized.
  public static func resolve(_ plan: Plan) -> Plan { IngestionTimes.apply(plan) }

  /// An optimized plan with conditions that its rows must meet beside its own; the columns stay.
  public static func narrowing(_ plan: Plan, by conditions: [Expression]) -> Plan {
    if conditions.isEmpty { return plan }
    let pushed = FilterPushdown.apply(Filter.over(plan, conditions))
    return ColumnPruning.prune(
      FilterSimplification.apply(pushed),
      keeping: Set(plan.columns.map(\.id))
    )
  }
}
