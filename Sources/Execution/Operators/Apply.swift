import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `mv-apply`: the subquery over the elements of each input row.
  func compile(_ apply: Apply) throws -> Flow {
    let input = try compile(apply.input)
    let limit = try apply.limit.map { try constants.wholeNumber($0) ?? 0 }
    // The subquery knows its rows by position: an expansion may stand where its source stood.
    let columns = apply.subquery.handedColumns(apply.id) ?? []
    let expand = ExpandFactory(
      expansions: apply.expansions,
      bagExpansion: .bag,
      indexColumn: apply.indexColumn,
      limit: limit,
      layout: input.layout,
      columns: columns
    )
    let stage = ApplyFactory(apply: apply, expand: expand, compiler: self)
    return input.appending(stage, layout: ColumnLayout(apply.columns))
  }
}

/// Runs a subquery for each row.
struct ApplyFactory: StageFactory {
  let apply: Apply
  let expand: ExpandFactory
  let compiler: PlanCompiler

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let expressions = ExpressionCompiler(layout: expand.layout, context: context)
    return ApplyStage(
      self,
      nodes: try expand.expansions.map { try expressions.compile($0.source) },
      context: context.forSubquery(keepsShared: !apply.subquery.sharesInput(apply.id))
    )
  }
}

/// Runs the subquery for the rows of a batch, one after another.
final class ApplyStage: Stage {
  private let factory: ApplyFactory
  private let nodes: [any ExpressionNode]
  private let context: ExecutionContext

  init(_ factory: ApplyFactory, nodes: [any ExpressionNode], context: ExecutionContext) {
    self.factory = factory
    self.nodes = nodes
    self.context = context
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let sources = try nodes.map { try $0.evaluate(batch).flattened() }
    for row in 0..<batch.count {
      try context.budget.check()
      let output = ExpandOutput(factory.expand)
      output.add(row, sources)
      let elements = output.finish(batch)
      var compiler = factory.compiler.with(context)
      compiler.subqueryRows[factory.apply.id] = elements.count > 0 ? [elements] : []
      let flow = try compiler.compile(factory.apply.subquery)
      for result in try flow.collect(context) where result.count > 0 {
        try emit(attach(result, flow.layout, batch, row))
      }
    }
  }

  /// Puts the columns of the input row beside those of the subquery's result.
  private func attach(
    _ result: Batch,
    _ layout: ColumnLayout,
    _ batch: Batch,
    _ row: Int
  ) -> Batch {
    let origins = [UInt32](repeating: UInt32(truncatingIfNeeded: row), count: result.count)
    let columns = factory.apply.columns.map { column -> Vector in
      if let position = layout.position(of: column.id) { return result.columns[position] }
      guard let position = factory.expand.layout.position(of: column.id) else {
        return Vector(constant: .missing(column.type), count: result.count)
      }
      return origins.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return Vector.empty(column.type) }
        return batch.columns[position].gather(base, count: result.count)
      }
    }
    return Batch(columns: columns, count: result.count)
  }
}

extension PlanCompiler {
  /// The compiler in another context.
  func with(_ context: ExecutionContext) -> PlanCompiler {
    PlanCompiler(context: context, subqueryRows: subqueryRows)
  }
}

extension ExecutionContext {
  /// A context for subqueries that run inside a worker: one thread, and results of its own where
  /// they depend on the rows that are handed over.
  func forSubquery(keepsShared: Bool) -> ExecutionContext {
    var options = self.options
    options.threads = 1
    return ExecutionContext(
      options: options,
      budget: budget,
      tables: tables,
      constants: constants,
      shared: keepsShared ? shared : nil
    )
  }
}

extension Plan {
  /// The columns of the rows that an operator hands to its subquery; nil where none reads them.
  fileprivate func handedColumns(_ id: Int) -> [PlanColumn]? {
    if case .subqueryInput(let input) = self, input.id == id { return input.columns }
    if case .shared(let reference) = self { return reference.shared.plan.handedColumns(id) }
    return inputs.lazy.compactMap { $0.handedColumns(id) }.first
  }

  /// Whether a kept plan inside reads the rows that an operator hands to its subquery.
  func sharesInput(_ id: Int) -> Bool {
    if case .shared(let reference) = self { return reference.shared.plan.readsInput(id) }
    return inputs.contains { $0.sharesInput(id) }
  }

  private func readsInput(_ id: Int) -> Bool {
    if case .subqueryInput(let input) = self { return input.id == id }
    return inputs.contains { $0.readsInput(id) }
  }
}
