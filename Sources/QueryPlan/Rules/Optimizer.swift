/// Rewrites a plan into one that gives the same rows with less work.
///
/// Rules are applied one after another; each stands in a file of its own.
public enum Optimizer {
  /// The rewritten plan.
  public static func optimize(_ plan: Plan) -> Plan {
    let inlined = SharedInlining.apply(plan)
    let pushed = FilterPushdown.apply(inlined)
    let simplified = FilterSimplification.apply(pushed)
    let fused = TopFusion.apply(simplified)
    return ColumnPruning.apply(fused)
  }
}
