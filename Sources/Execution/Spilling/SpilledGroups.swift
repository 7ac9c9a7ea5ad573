import Columnar
import KQLFunctions
import QueryPlan
import SourceText

/// Says that groups take so much memory that their rows had better be put aside first.
struct GroupsOverflow: Error {}

extension SummarizeOperator {
  /// The groups of a flow. Where they do not fit into memory the flow is run once more, its rows
  /// are put aside by partitions of the keys, and one partition is summarised after another.
  func flow(of input: Flow) throws -> Flow {
    let layout = ColumnLayout(plan.columns)
    guard context.canSpill, !plan.keys.isEmpty else {
      return Flow(batches: try run(input), layout: layout, context: context)
    }
    do {
      return Flow(batches: try run(input, overflows: true), layout: layout, context: context)
    } catch is GroupsOverflow {
    } catch let failure as QueryFailure where failure.kind == .memory {
    }
    _ = context.budget.makeRoom()
    ProcessMemory.trim()
    let source = try MergedRuns(try partitioned(input), placeOrder, context)
    return Flow(pipelines: [Pipeline(source: source)], layout: layout)
  }

  /// Groups in the order of their first rows.
  private var placeOrder: RunOrder { RunOrder(columns: plan.columns.map(\.type), keys: []) }

  private func partitioned(_ input: Flow) throws -> [SortedRun] {
    let keeper = self
    let sinks = try input.partition(context) { try keeper.partitionLayout() }
    let writer = try SpillWriter(context)
    var runs: [SortedRun] = []
    for number in 0..<KeyPartitions.count {
      let groups = try makePartitionSink()
      try sinks.forEachBatch(of: number, context) { try groups.consume($0, sequence: 0) }
      for batch in try groups.finish() {
        runs.append(try placeOrder.write(batch, writer, context.budget))
      }
    }
    return runs
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
  private func makePartitionSink() throws -> SummarizeSink {
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
      demand: GroupDemand(keepsOrder: false, keys: wantedKeys, overflows: false)
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
