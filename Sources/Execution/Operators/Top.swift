import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `top`: each worker keeps its best rows only. Where so many do not fit into memory, the
  /// input is sorted, which puts rows aside.
  func compile(_ top: Top) throws -> Flow {
    guard let count = try constants.wholeNumber(top.count), count > 0 else {
      _ = try compile(top.input)
      return flow([], top.columns)
    }
    do {
      return try best(count, of: top)
    } catch let failure as QueryFailure where failure.kind == .memory && context.canSpill {
      _ = context.budget.makeRoom()
      return try sorted(try compile(top.input), by: top.keys, limit: count)
    }
  }

  private func best(_ count: Int, of top: Top) throws -> Flow {
    let hint = context.options.optimizes ? TopHint(top) : nil
    let input = try compile(top.input, hint)
    let context = self.context
    let layout = input.layout
    let skips = input.pipelines.contains { ($0.source.untimed as? SegmentMorsels)?.scan.top != nil }
    let order: MorselOrder = top.keys.first?.isDescending == true ? .descending : .ascending
    let sinks = try input.run(context, order: skips ? order : .any) {
      let compiler = ExpressionCompiler(layout: layout, context: context)
      return TopSink(
        count: count,
        keys: top.keys,
        nodes: try top.keys.map { try compiler.compile($0.expression) },
        layout: layout,
        context: context,
        shared: skips ? hint?.threshold : nil
      )
    }
    guard let first = sinks.first else { return flow([], top.columns) }
    for other in sinks.dropFirst() { first.merge(other) }
    return flow(try first.finish(), top.columns)
  }
}

/// The best rows that a worker has seen.
///
/// Rows are gathered with their keys and thinned out when they are many more than wanted.
final class TopSink: Sink {
  private let count: Int
  private let keys: [SortKey]
  private let nodes: [any ExpressionNode]
  private let types: [ScalarType]
  private let context: ExecutionContext
  /// What other workers and the scan know.
  private let shared: TopThreshold?
  /// Rows, their keys behind them, and last their place in the input, which breaks ties.
  private var kept: [Batch] = []
  private var keptRows = 0
  /// Rank of the worst row that is wanted so far; later rows above it cannot get in.
  private var threshold: (UInt8, UInt64)?
  private var lastSequence = -1
  private var rowInMorsel: Int64 = 0

  init(
    count: Int,
    keys: [SortKey],
    nodes: [any ExpressionNode],
    layout: ColumnLayout,
    context: ExecutionContext,
    shared: TopThreshold?
  ) {
    self.count = count
    self.keys = keys
    self.nodes = nodes
    types = layout.types + keys.map(\.expression.type) + [.long]
    self.context = context
    self.shared = shared
  }

  func consume(_ batch: Batch, sequence: Int) throws {
    let values = try nodes.map { try $0.evaluate(batch) }
    if sequence != lastSequence {
      lastSequence = sequence
      rowInMorsel = 0
    }
    let places = FixedBuilder<Int64>(capacity: batch.count)
    let start = Int64(truncatingIfNeeded: sequence) &<< 32 &+ rowInMorsel
    for row in 0..<batch.count { places.append(start &+ Int64(truncatingIfNeeded: row)) }
    rowInMorsel &+= Int64(batch.count)
    let rows = Batch(columns: batch.columns + values + [places.finish()], count: batch.count)
    let candidates = try belowThreshold(rows)
    kept.append(candidates)
    keptRows += candidates.count
    if keptRows >= mostKept { try thin() }
  }

  /// Rows from which they are thinned out. Where a scan leaves out what a threshold excludes the
  /// first one comes as soon as there can be one, and closer ones soon after.
  private var mostKept: Int {
    guard shared != nil else { return max(Self.manyRows, count &* 2) }
    return threshold == nil ? count : max(Self.fewRows, count &* 2)
  }

  private static let manyRows = 16_384
  /// Fewer rows are not worth a sort.
  private static let fewRows = 128

  /// Adds the rows of another worker.
  func merge(_ other: TopSink) {
    kept += other.kept
    keptRows += other.keptRows
  }

  /// The best rows in order, without keys.
  func finish() throws -> [Batch] {
    try thin()
    let width = types.count - keys.count - 1
    return kept.map { Batch(columns: Array($0.columns[..<width]), count: $0.count) }
  }

  /// The rows whose first key is not worse than the worst wanted one.
  private func belowThreshold(_ batch: Batch) throws -> Batch {
    guard let threshold, let key = keys.first else { return batch }
    let ranks = try SortColumn(batch.columns[types.count - keys.count - 1], key)
    let flags = Buffer(byteCount: batch.count)
    let target = flags.values(UInt8.self)
    for row in 0..<batch.count {
      target[row] = unsafeBitCast(ranks.rank(row) <= threshold, to: UInt8.self)
    }
    let passed = Selection(flags: UnsafePointer(target), count: batch.count)
    return passed.count == batch.count ? batch : batch.gather(passed)
  }

  private func thin() throws {
    guard !kept.isEmpty else { return }
    let all = try context.concatenating(kept, types: types)
    let first = types.count - keys.count - 1
    let tie = SortKey(.literal(.null(.long)), isDescending: false, nullsFirst: false)
    let order = try RowOrder(Array(all.columns[first...]), keys + [tie])
    let best = all.gather(Array(try order.sorted(count: all.count).prefix(count)))
    kept = [best]
    keptRows = best.count
    if best.count == count, let key = keys.first {
      let ranks = try SortColumn(best.columns[first], key)
      threshold = ranks.rank(count - 1)
      if ranks.isValue(count - 1) { shared?.tighten(to: ranks.rank(count - 1).1) }
    }
  }
}
