import Columnar

/// An operator that turns each batch into further batches, within one worker.
protocol Stage: AnyObject {
  /// Takes a batch and hands what becomes of it to the next stage.
  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws
}

/// Makes the stages of an operator, one for each worker.
protocol StageFactory: Sendable {
  func makeStage(_ context: ExecutionContext) throws -> any Stage
  /// About how many bytes a stage keeps from batch to batch, beyond what it answers for itself.
  var pinnedBytes: Int { get }
}

extension StageFactory {
  var pinnedBytes: Int { 0 }
}

/// A source and the stages that its batches run through.
struct Pipeline: Sendable {
  let source: any MorselSource
  var stages: [any StageFactory] = []

  /// About how many bytes stay in memory while a worker reads a run of morsels.
  var pinnedBytes: Int { stages.reduce(source.pinnedBytes) { $0 + $1.pinnedBytes } }
}

/// The running form of a plan: pipelines whose outputs follow one another, with one layout.
struct Flow: Sendable {
  var pipelines: [Pipeline]
  /// The columns of the batches, by position.
  let layout: ColumnLayout

  /// A flow over batches that are at hand.
  init(batches: [Batch], layout: ColumnLayout, context: ExecutionContext) {
    let source = TableMorsels(chunks: batches, batchRows: context.options.batchRows)
    self.init(pipelines: [Pipeline(source: source)], layout: layout)
  }

  init(pipelines: [Pipeline], layout: ColumnLayout) {
    self.pipelines = pipelines
    self.layout = layout
  }

  /// The flow with one more stage, which yields another layout.
  func appending(_ stage: any StageFactory, layout: ColumnLayout) -> Flow {
    let longer = pipelines.map {
      Pipeline(source: $0.source, stages: $0.stages + [stage])
    }
    return Flow(pipelines: longer, layout: layout)
  }
}
