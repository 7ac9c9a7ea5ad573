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
    let all = try context.concatenating(batches, types: input.layout.types)
    guard all.count > 0 else { return flow([], input.layout.columns) }
    let compiler = ExpressionCompiler(layout: input.layout, context: context)
    let keys = try order.map { try compiler.compile($0.expression).evaluate(all) }
    let rows = try context.budget.charging(RowOrder.byteCount(rows: all.count, keys: keys)) {
      RowOrder(keys, order).sorted(count: all.count)
    }
    try context.budget.require(all.rowByteCount)
    return flow([all.gather(rows)], input.layout.columns)
  }
}
