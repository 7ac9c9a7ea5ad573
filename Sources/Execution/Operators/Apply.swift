import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `mv-apply`: the subquery over the elements of each input row.
  func compile(_ apply: Apply) throws -> Flow {
    try append(apply, to: try compile(apply.input), passing: [])
  }

  /// Puts the runs of the subquery behind a flow; columns of the input may go along.
  func append(_ apply: Apply, to input: Flow, passing extra: [PlanColumn]) throws -> Flow {
    let limit = try apply.limit.map { try constants.wholeNumber($0) ?? 0 }
    let isGrouped =
      context.options.groupsRuns && GroupedRuns.canRun(apply.subquery, of: apply.id)
    let number = isGrouped ? PlanColumn.runNumber(apply.id) : nil
    // The subquery knows its rows by position: an expansion may stand where its source stood.
    let columns = apply.subquery.handedColumns(apply.id) ?? []
    let expand = ExpandFactory(
      expansions: apply.expansions,
      bagExpansion: .bag,
      indexColumn: apply.indexColumn,
      originColumn: number,
      limit: limit,
      layout: input.layout,
      columns: columns + (number.map { [$0] } ?? [])
    )
    let output = apply.columns + extra
    let stage = ApplyFactory(
      apply: apply,
      columns: output,
      expand: expand,
      isGrouped: isGrouped
    )
    return input.appending(stage, layout: ColumnLayout(output))
  }
}

/// Runs a subquery for each row.
struct ApplyFactory: StageFactory {
  let apply: Apply
  /// What leaves: columns of the input row and of the subquery, by id.
  let columns: [PlanColumn]
  let expand: ExpandFactory
  /// Whether the rows of a batch run at once.
  let isGrouped: Bool

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let expressions = ExpressionCompiler(layout: expand.layout, context: context)
    return ApplyStage(
      self,
      nodes: try expand.expansions.map { try expressions.compile($0.source) },
      context: context.forSubquery(keepsShared: !apply.subquery.sharesInput(apply.id))
    )
  }
}

/// Runs the subquery for the rows of a batch: at once where it can, else one after another.
final class ApplyStage: Stage {
  /// About how many elements run at once.
  private static let elementsAtOnce = 65_536

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
    let output = ExpandOutput(factory.expand)
    var first = 0
    for row in 0..<batch.count {
      output.add(row, sources)
      let isEnough =
        !factory.isGrouped || row == batch.count - 1 || output.count >= Self.elementsAtOnce
      guard isEnough else { continue }
      try context.budget.check()
      let elements = output.finish(batch)
      if factory.isGrouped {
        try run(first..<(row + 1), elements, batch, emit)
      } else {
        try run(row, elements, batch, emit)
      }
      first = row + 1
    }
  }

  /// Runs the subquery for several rows at once.
  private func run(
    _ rows: Range<Int>,
    _ elements: Batch,
    _ batch: Batch,
    _ emit: (Batch) throws -> Void
  ) throws {
    let runs = GroupedRuns(
      context: context,
      id: factory.apply.id,
      rows: elements.count > 0 ? [elements] : [],
      runs: rows
    )
    let flow = try runs.compile(factory.apply.subquery)
    for result in try flow.collect(context) where result.count > 0 {
      var origins: [UInt32] = []
      origins.reserveCapacity(result.count)
      runs.forEachNumber(result, flow.layout) { _, number in
        origins.append(UInt32(truncatingIfNeeded: number))
      }
      try emit(attach(result, flow.layout, batch, origins))
    }
  }

  /// Runs the subquery for one row.
  private func run(
    _ row: Int,
    _ elements: Batch,
    _ batch: Batch,
    _ emit: (Batch) throws -> Void
  ) throws {
    let context = context.handing(elements.count > 0 ? [elements] : [], to: factory.apply.id)
    let flow = try PlanCompiler(context: context).compile(factory.apply.subquery)
    for result in try flow.collect(context) where result.count > 0 {
      let origins = [UInt32](repeating: UInt32(truncatingIfNeeded: row), count: result.count)
      try emit(attach(result, flow.layout, batch, origins))
    }
  }

  /// Puts the columns of the input rows beside those of the subquery's result.
  private func attach(
    _ result: Batch,
    _ layout: ColumnLayout,
    _ batch: Batch,
    _ origins: [UInt32]
  ) -> Batch {
    let columns = factory.columns.map { column -> Vector in
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

extension ExecutionContext {
  /// A context for subqueries that run inside a worker: one thread, and results of its own where
  /// they depend on the rows that are handed over.
  func forSubquery(keepsShared: Bool) -> ExecutionContext {
    var options = self.options
    options.threads = 1
    return ExecutionContext(self, options: options, shared: keepsShared ? shared : SharedResults())
  }

  /// A context in which the subquery of an operator reads some rows.
  func handing(_ rows: [Batch], to id: Int) -> ExecutionContext {
    var handed = handedRows
    handed[id] = rows
    return ExecutionContext(self, options: options, shared: shared, handedRows: handed)
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
}
