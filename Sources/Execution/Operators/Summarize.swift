import CSIMD
import Columnar
import KQLFunctions
import QueryPlan
import SourceText

/// Runs `summarize`, `distinct` and `count`: a hash table and states a worker, merged at the end.
struct SummarizeOperator {
  let plan: Summarize
  let layout: ColumnLayout
  let context: ExecutionContext
  /// What will be made of the groups.
  var demand = RowDemand()

  /// The groups of a flow as batches.
  ///
  /// - Parameter overflows: whether to end with `GroupsOverflow` where memory gets tight.
  func run(_ flow: Flow, overflows: Bool = false) throws -> [Batch] {
    let keeper = self
    let needsOrder = plan.aggregates.contains {
      FunctionCatalog.aggregate($0.function)?.isOrderSensitive ?? false
    }
    _ = try makeSink(overflows)
    var sinks = try flow.run(context, order: needsOrder ? .contiguous : .any) {
      try keeper.makeSink(overflows)
    }
    guard let first = sinks.first else { return [] }
    sinks.removeFirst()
    while !sinks.isEmpty { try first.merge(sinks.removeFirst()) }
    return try first.finish()
  }

  /// For each key, whether its values are wanted.
  var wantedKeys: [Bool] { plan.keys.map { demand.columns?.contains($0.column.id) ?? true } }

  private func makeSink(_ overflows: Bool) throws -> SummarizeSink {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return SummarizeSink(
      keys: try plan.keys.map { try compiler.compile($0.expression) },
      keyTypes: plan.keys.map(\.column.type),
      aggregates: try plan.aggregates.map { try AggregateInstance($0, compiler) },
      context: context,
      demand: GroupDemand(
        keepsOrder: demand.wantsOrder,
        keys: wantedKeys,
        overflows: overflows
      )
    )
  }
}

/// What a sink need not leave out.
struct GroupDemand {
  /// Whether groups come out in the order in which they first appear.
  let keepsOrder: Bool
  /// For each key, whether its values are wanted.
  let keys: [Bool]
  /// Whether the rows had better be put aside where memory gets tight.
  let overflows: Bool
}

extension PlanCompiler {
  func compile(_ summarize: Summarize) throws -> Flow {
    if context.options.optimizes, let late = LateSummarize(summarize),
      let table = try context.tables.storedTable(named: late.scan.table)
    {
      return try compile(late, over: table)
    }
    var inner = self
    inner.demand = RowDemand(of: summarize)
    let input = try inner.compile(summarize.input)
    let run = SummarizeOperator(
      plan: summarize,
      layout: input.layout,
      context: context,
      demand: demand
    )
    return try run.flow(of: input)
  }
}

/// One aggregate of a worker: its arguments and its state.
final class AggregateInstance {
  let arguments: [any ExpressionNode]
  let state: any AggregateState

  init(state: any AggregateState, arguments: [any ExpressionNode]) {
    self.state = state
    self.arguments = arguments
  }

  init(_ call: AggregateCall, _ compiler: ExpressionCompiler) throws {
    guard let function = FunctionCatalog.aggregate(call.function) else {
      throw QueryFailure(
        .unsupported,
        "the aggregate '\(call.function)' is known but does not run here yet",
        range: call.span.range
      )
    }
    arguments = try call.arguments.map { try compiler.compile($0) }
    state = try function.makeState(
      AggregateRequest(
        argumentTypes: call.arguments.map(\.type),
        constants: arguments.map { ($0 as? ConstantNode)?.value },
        resultTypes: call.columns.map(\.type),
        range: call.span.range
      )
    )
  }
}

/// The groups and aggregate states of one worker.
final class SummarizeSink: Sink {
  private let keys: [any ExpressionNode]
  private let aggregates: [AggregateInstance]
  private let table: GroupTable
  private let context: ExecutionContext
  private let places = GroupPlaces()
  private let demand: GroupDemand
  private let held: MemoryCharge
  private var groups: UnsafeMutablePointer<UInt32>
  private var groupCapacity = 1

  init(
    keys: [any ExpressionNode],
    keyTypes: [ScalarType],
    aggregates: [AggregateInstance],
    context: ExecutionContext,
    demand: GroupDemand
  ) {
    self.keys = keys
    self.demand = demand
    self.aggregates = aggregates
    self.context = context
    held = MemoryCharge(context.budget)
    table = GroupTable(types: keyTypes, cellBytes: context.budget.memoryLimit / 64)
    groups = .allocate(capacity: 1)
  }

  deinit { groups.deallocate() }

  func consume(_ batch: Batch, sequence: Int) throws {
    try requireGrowth(for: batch.count)
    reserve(batch.count)
    if keys.isEmpty {
      memset(groups, 0, batch.count * 4)
    } else {
      let vectors = try keys.map { try $0.evaluate(batch) }
      table.insert(vectors, count: batch.count, into: groups)
      if demand.keepsOrder {
        places.note(groups, rows: batch.count, groupCount: table.count, sequence: sequence)
      }
    }
    let count = groupCount
    for aggregate in aggregates {
      let values = try aggregate.arguments.map { try $0.evaluate(batch) }
      aggregate.state.reserve(groups: count)
      try aggregate.state.update(values, groups: groups, count: batch.count)
    }
    try charge()
  }

  /// Adds what another worker has gathered.
  func merge(_ other: SummarizeSink) throws {
    let mapping = keys.isEmpty ? [0] : try table.merge(other.table)
    if demand.keepsOrder, !keys.isEmpty { places.merge(other.places, mapping) }
    let total = groupCount
    try mapping.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (mine, theirs) in zip(aggregates, other.aggregates) {
        try context.budget.checkEnd()
        mine.state.reserve(groups: total)
        try mine.state.merge(theirs.state, mapping: base, count: buffer.count)
      }
    }
    try charge()
  }

  /// The groups as one batch: keys, then the columns of the aggregates.
  func finish() throws -> [Batch] {
    // What is made of the states takes about as much as they do.
    try context.budget.require(held.byteCount)
    let count = groupCount
    let order = demand.keepsOrder ? try places.order() : nil
    var columns = try table.keyVectors(order, wanted: demand.keys)
    for aggregate in aggregates {
      try context.budget.checkEnd()
      aggregate.state.reserve(groups: count)
      let values = try aggregate.state.finish(groups: count)
      columns += try values.map { value in
        try context.budget.checkEnd()
        guard let order else { return value }
        return order.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.map { value.gather($0, count: count) } ?? value
        }
      }
    }
    return count == 0 ? [] : [Batch(columns: columns, count: count)]
  }

  private var groupCount: Int { keys.isEmpty ? 1 : table.count }

  private func reserve(_ rows: Int) {
    guard rows > groupCapacity else { return }
    groups.deallocate()
    groupCapacity = rows
    groups = .allocate(capacity: rows)
  }

  /// Ends the query, or has rows put aside, before tables become so large that they would double
  /// without the memory for that.
  private func requireGrowth(for rows: Int) throws {
    let before = groupCount
    let after = before + rows
    guard !keys.isEmpty, after > Self.fewGroups,
      after.leadingZeroBitCount < before.leadingZeroBitCount
    else { return }
    // What doubles is there twice for a moment.
    if demand.overflows, !context.budget.hasRoom(for: 2 * held.byteCount) {
      throw GroupsOverflow()
    }
    try context.budget.require(held.byteCount)
  }

  /// Tables of so few groups take little.
  private static let fewGroups = 65_536

  private func charge() throws {
    let bytes = aggregates.reduce(table.byteCount + places.byteCount) {
      $0 + $1.state.byteCount
    }
    if bytes - held.byteCount <= 65_536 { return }
    try held.resize(to: bytes)
    let budget = context.budget
    if demand.overflows, bytes > budget.memoryLimit / 32, budget.isTight(for: bytes) {
      throw GroupsOverflow()
    }
  }
}
