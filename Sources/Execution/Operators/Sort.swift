import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `sort`: gathers the whole input, then orders it.
  func compile(_ sort: Sort) throws -> Flow {
    let input = try compile(sort.input)
    let batches = try input.collect(context)
    let all = Batch.concatenating(batches, types: input.layout.types)
    guard all.count > 0 else { return flow([], sort.columns) }
    try context.budget.charge(all.estimatedByteCount)
    let compiler = ExpressionCompiler(layout: input.layout, context: context)
    let keys = try sort.keys.map { try compiler.compile($0.expression).evaluate(all) }
    try context.budget.check()
    let rows = RowOrder(keys, sort.keys).sorted(count: all.count)
    return flow([all.gather(rows)], sort.columns)
  }
}
