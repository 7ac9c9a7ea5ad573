import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `sort`: gathers the whole input, then orders it.
  func compile(_ sort: Sort) throws -> Flow {
    try sorted(try compile(sort.input), by: sort.keys)
  }

  /// The rows of a flow in order.
  func sorted(_ input: Flow, by order: [SortKey]) throws -> Flow {
    let batches = try input.collect(context)
    let all = Batch.concatenating(batches, types: input.layout.types)
    guard all.count > 0 else { return flow([], input.layout.columns) }
    try context.budget.charge(all.estimatedByteCount)
    let compiler = ExpressionCompiler(layout: input.layout, context: context)
    let keys = try order.map { try compiler.compile($0.expression).evaluate(all) }
    try context.budget.check()
    let rows = RowOrder(keys, order).sorted(count: all.count)
    return flow([all.gather(rows)], input.layout.columns)
  }
}
