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

  func run(_ flow: Flow) throws -> [Batch] {
    let keeper = self
    let needsOrder = plan.aggregates.contains {
      FunctionCatalog.aggregate($0.function)?.isOrderSensitive ?? false
    }
    _ = try makeSink()
    let sinks = try flow.run(context, order: needsOrder ? .contiguous : .any) {
      try keeper.makeSink()
    }
    guard let first = sinks.first else { return [] }
    for other in sinks.dropFirst() { try first.merge(other) }
    return try first.finish()
  }

  private func makeSink() throws -> SummarizeSink {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return SummarizeSink(
      keys: try plan.keys.map { try compiler.compile($0.expression) },
      keyTypes: plan.keys.map(\.column.type),
      aggregates: try plan.aggregates.map { try AggregateInstance($0, compiler) },
      context: context
    )
  }
}

/// One aggregate of a worker: its arguments and its state.
final class AggregateInstance {
  let arguments: [any ExpressionNode]
  let state: any AggregateState

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
  /// Where each group was first seen, so that groups come out in the order of the input.
  private var firstSeen: [UInt64] = []
  private var lastSequence = -1
  private var highestSequence = -1
  /// Groups, or rows, of the morsel that have a place in its order.
  private var placesInMorsel: UInt64 = 0
  private var chargedBytes = 0
  private var groups: UnsafeMutablePointer<UInt32>
  private var groupCapacity = 1

  init(
    keys: [any ExpressionNode],
    keyTypes: [ScalarType],
    aggregates: [AggregateInstance],
    context: ExecutionContext
  ) {
    self.keys = keys
    self.aggregates = aggregates
    self.context = context
    table = GroupTable(types: keyTypes)
    groups = .allocate(capacity: 1)
    if keys.isEmpty { firstSeen = [0] }
  }

  deinit { groups.deallocate() }

  func consume(_ batch: Batch, sequence: Int) throws {
    reserve(batch.count)
    if keys.isEmpty {
      memset(groups, 0, batch.count * 4)
    } else {
      let vectors = try keys.map { try $0.evaluate(batch) }
      table.insert(vectors, count: batch.count, into: groups)
      noteNewGroups(sequence, rows: batch.count)
    }
    let count = keys.isEmpty ? 1 : table.count
    for aggregate in aggregates {
      let values = try aggregate.arguments.map { try $0.evaluate(batch) }
      aggregate.state.reserve(groups: count)
      try aggregate.state.update(values, groups: groups, count: batch.count)
    }
    try charge()
  }

  /// Adds what another worker has gathered.
  func merge(_ other: SummarizeSink) throws {
    let mapping = keys.isEmpty ? [0] : table.merge(other.table)
    for (index, group) in mapping.enumerated() {
      let place = Int(group)
      if place < firstSeen.count {
        firstSeen[place] = min(firstSeen[place], other.firstSeen[index])
      } else {
        firstSeen.append(other.firstSeen[index])
      }
    }
    try mapping.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (mine, theirs) in zip(aggregates, other.aggregates) {
        mine.state.reserve(groups: firstSeen.count)
        try mine.state.merge(theirs.state, mapping: base, count: buffer.count)
      }
    }
    try charge()
  }

  /// The groups as one batch: keys, then the columns of the aggregates.
  func finish() throws -> [Batch] {
    let count = firstSeen.count
    let order = inputOrder()
    var columns = table.keyVectors(order)
    for aggregate in aggregates {
      aggregate.state.reserve(groups: count)
      let values = try aggregate.state.finish(groups: count)
      columns += values.map { value in
        guard let order else { return value }
        return order.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.map { value.gather($0, count: count) } ?? value
        }
      }
    }
    return count == 0 ? [] : [Batch(columns: columns, count: count)]
  }

  /// The groups by first appearance, or nil where they already stand so.
  private func inputOrder() -> [UInt32]? {
    var isSorted = true
    for index in firstSeen.indices.dropFirst() where firstSeen[index] < firstSeen[index - 1] {
      isSorted = false
      break
    }
    if isSorted { return nil }
    return firstSeen.indices.sorted { firstSeen[$0] < firstSeen[$1] }
      .map { UInt32(truncatingIfNeeded: $0) }
  }

  /// Takes note of where groups were first seen.
  ///
  /// Morsels mostly ascend, so only new groups need a note; a worker that has taken a morsel
  /// which comes before one that it has done already looks at each of its rows.
  private func noteNewGroups(_ sequence: Int, rows: Int) {
    if sequence != lastSequence {
      lastSequence = sequence
      placesInMorsel = 0
    }
    let place = UInt64(truncatingIfNeeded: sequence) &<< 32
    if sequence >= highestSequence {
      highestSequence = sequence
      while firstSeen.count < table.count {
        firstSeen.append(place | placesInMorsel)
        placesInMorsel &+= 1
      }
      return
    }
    while firstSeen.count < table.count { firstSeen.append(.max) }
    for row in 0..<rows {
      let group = Int(groups[row])
      firstSeen[group] = min(firstSeen[group], place | placesInMorsel)
      placesInMorsel &+= 1
    }
  }

  private func reserve(_ rows: Int) {
    guard rows > groupCapacity else { return }
    groups.deallocate()
    groupCapacity = rows
    groups = .allocate(capacity: rows)
  }

  private func charge() throws {
    let bytes = aggregates.reduce(table.byteCount + firstSeen.count * 8) {
      $0 + $1.state.byteCount
    }
    if bytes - chargedBytes > 65_536 {
      try context.budget.charge(bytes - chargedBytes)
      chargedBytes = bytes
    }
  }
}
