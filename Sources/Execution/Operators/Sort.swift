import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `sort`: gathers the whole input, then orders it; where memory gets tight, parts of it
  /// are ordered and put aside, and merged when they are read.
  func compile(_ sort: Sort) throws -> Flow {
    try sorted(try compile(sort.input), by: sort.keys)
  }

  /// The rows of a flow in order, or the first of them.
  func sorted(_ input: Flow, by keys: [SortKey], limit: Int? = nil) throws -> Flow {
    let order = RunOrder(columns: input.layout.types, keys: keys)
    let context = self.context
    let sinks = try input.run(context) {
      let compiler = ExpressionCompiler(layout: input.layout, context: context)
      return SortSink(
        order,
        nodes: try keys.map { try compiler.compile($0.expression) },
        context: context
      )
    }
    if sinks.contains(where: { !$0.runs.isEmpty }) {
      for sink in sinks { try sink.spill() }
      let merged = try MergedRuns(sinks.flatMap(\.runs), order, context, limit: limit ?? .max)
      return Flow(pipelines: [Pipeline(source: merged)], layout: input.layout)
    }
    let parts = sinks.flatMap(\.parts)
      .sorted { ($0.sequence, $0.ordinal) < ($1.sequence, $1.ordinal) }
    return try sorted(parts.map(\.batch), input.layout, by: keys, limit: limit)
  }

  private func sorted(
    _ batches: [Batch],
    _ layout: ColumnLayout,
    by order: [SortKey],
    limit: Int?
  ) throws -> Flow {
    let all = try context.concatenating(batches, types: layout.types)
    guard all.count > 0 else { return flow([], layout.columns) }
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let keys = try order.map { key in
      try evaluate(compiler.compile(key.expression), over: all, type: key.expression.type)
    }
    var rows = try context.budget.charging(RowOrder.byteCount(rows: all.count, keys: keys)) {
      try RowOrder(keys, order).sorted(count: all.count)
    }
    if let limit { rows = Array(rows.prefix(limit)) }
    try context.budget.require(all.rowByteCount)
    return flow(try all.gatherPieces(rows), layout.columns)
  }

  /// The values of a key; what is computed is computed in pieces, so that it can be ended.
  private func evaluate(
    _ node: any ExpressionNode,
    over all: Batch,
    type: ScalarType
  ) throws -> Vector {
    if node is ColumnNode || node is ConstantNode { return try node.evaluate(all) }
    var pieces: [Vector] = []
    try MemoryAccount.forEachPiece(of: all.count) { piece in
      pieces.append(try node.evaluate(all.slice(piece)))
    }
    return Vector.concatenating(pieces, type: type)
  }
}
