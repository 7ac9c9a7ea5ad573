import Columnar
import QueryPlan
import SourceText

extension PlanCompiler {
  /// Compiles the operators that are not rows in, rows out.
  func compileFurther(_ plan: Plan) throws -> Flow {
    switch plan {
    case .sort(let sort): return try compile(sort)
    case .top(let top): return try compile(top)
    case .join(let join): return try compile(join)
    case .sample(let sample): return try compile(sample)
    case .externalData(let external): return try compile(external)
    case .expand(let expand): return try compile(expand)
    case .apply(let apply): return try compile(apply)
    case .partition(let partition): return try compile(partition)
    case .parse(let parse): return try compile(parse)
    case .makeSeries(let series): return try compile(series)
    case .window(let window): return try compile(window)
    case .parseKeyValues(let parse): return try compile(parse)
    case .refused(let refused):
      throw QueryFailure(
        .unsupported,
        "'\(refused.what)' is known but does not run here yet",
        range: refused.span.range
      )
    case .staged(let staged):
      throw QueryFailure(
        .unsupported,
        "'\(staged.plugin)' has columns that depend on data and cannot run at this place",
        range: staged.span.range
      )
    case .subqueryInput(let input):
      return flow(context.handedRows[input.id] ?? [], input.columns)
    default:
      throw QueryFailure(.unsupported, "'\(plan.node.title)' is known but does not run here yet")
    }
  }
}
