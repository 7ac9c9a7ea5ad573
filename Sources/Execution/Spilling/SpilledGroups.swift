import Columnar
import KQLFunctions
import QueryPlan
import SourceText

/// Says that groups take so much memory that their rows had better be put aside first.
struct GroupsOverflow: Error {}

/// Where the groups of a summarize are.
enum SummarizedGroups {
  case batches([Batch])
  /// On disk, in the order of their first rows.
  case runs(MergedRuns)
}

extension ExecutionContext {
  /// What a body makes; nil where it needs so much memory that rows had better be put aside first.
  ///
  /// - Parameter canGiveWay: false to have the query end then.
  func unlessOverflowing<Value>(
    where canGiveWay: Bool = true,
    _ body: () throws -> Value
  ) throws -> Value? {
    do {
      return try body()
    } catch is GroupsOverflow where canGiveWay {
    } catch let failure as QueryFailure where failure.kind == .memory && canGiveWay {
    }
    budget.reclaim()
    return nil
  }
}

extension SummarizeOperator {
  /// The groups of a flow. Where they do not fit into memory the flow is run once more, its rows
  /// are put aside by partitions of the keys, and one partition is summarised after another.
  func flow(of input: Flow) throws -> Flow {
    let layout = ColumnLayout(plan.columns)
    switch try groups(of: input) {
    case .batches(let batches): return Flow(batches: batches, layout: layout, context: context)
    case .runs(let source): return Flow(pipelines: [Pipeline(source: source)], layout: layout)
    }
  }

  /// The groups of a flow, in memory or on disk.
  func groups(of input: Flow) throws -> SummarizedGroups {
    guard context.canSpill, !plan.keys.isEmpty else { return .batches(try run(input)) }
    if let groups = try context.unlessOverflowing({ try run(input, overflows: true) }) {
      return .batches(groups)
    }
    var rows = try input.partition(context) { try partitionLayout() }
    context.budget.reclaim()
    let writer = try SpillWriter(context)
    var runs: [SortedRun] = []
    try summarize(&rows, writer, &runs)
    return .runs(try MergedRuns(runs, placeOrder, context))
  }

  /// Groups in the order of their first rows.
  private var placeOrder: RunOrder { RunOrder(columns: plan.columns.map(\.type), keys: []) }

  /// Writes the groups of all partitions as runs; what does not fit is partitioned once more.
  private func summarize(
    _ rows: inout RowPartitions,
    _ writer: SpillWriter,
    _ runs: inout [SortedRun]
  ) throws {
    for number in 0..<KeyPartitions.count {
      let part = rows.take(number)
      let groups = try context.unlessOverflowing(where: rows.canSplit) {
        try self.groups(of: part, overflows: rows.canSplit)
      }
      if let groups {
        runs += try groups.map { try placeOrder.write($0, writer, context.budget) }
        continue
      }
      let layout = try partitionLayout()
      var finer = try part.split(layout.types + [.long], keys: layout.keys, context)
      try summarize(&finer, writer, &runs)
    }
  }

  private func groups(of rows: PartitionRows, overflows: Bool) throws -> [Batch] {
    let sink = try makePartitionSink(overflows)
    try rows.forEachBatch(context) { try sink.consume($0, sequence: 0) }
    return try sink.finish()
  }

  /// Keys and the arguments of all aggregates.
  private func partitionLayout() throws -> PartitionLayout {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let expressions = plan.keys.map(\.expression) + plan.aggregates.flatMap(\.arguments)
    return PartitionLayout(
      nodes: try expressions.map { try compiler.compile($0) },
      types: expressions.map(\.type),
      keys: 0..<plan.keys.count
    )
  }

  /// Groups the rows of a partition, and takes the place of the first row of each.
  private func makePartitionSink(_ overflows: Bool) throws -> SummarizeSink {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    var position = plan.keys.count
    var aggregates = try plan.aggregates.map { call in
      defer { position += call.arguments.count }
      return try AggregateInstance(call, compiler).reading(from: position)
    }
    let place = PlanColumn(id: ColumnID(-1), name: "", type: .long)
    let first = AggregateCall(
      function: "min",
      arguments: [.column(place.id, .long)],
      columns: [place],
      span: plan.aggregates.first?.span ?? SourceSpan(0, 0)
    )
    let places = ExpressionCompiler(layout: ColumnLayout([place]), context: context)
    aggregates.append(try AggregateInstance(first, places).reading(from: position))
    return SummarizeSink(
      keys: (0..<plan.keys.count).map(ColumnNode.init),
      keyTypes: plan.keys.map(\.column.type),
      aggregates: aggregates,
      context: context,
      demand: GroupDemand(keepsOrder: false, keys: wantedKeys, overflows: overflows)
    )
  }
}

extension AggregateInstance {
  /// The aggregate over rows that have its arguments as columns from a position on.
  fileprivate func reading(from position: Int) -> AggregateInstance {
    AggregateInstance(
      state: state,
      arguments: arguments.enumerated().map { index, node in
        node is ConstantNode ? node : ColumnNode(position + index)
      }
    )
  }
}
