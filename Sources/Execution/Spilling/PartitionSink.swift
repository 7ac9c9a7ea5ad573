import Columnar

/// Columns of rows that are partitioned by some of them.
struct PartitionLayout {
  /// What computes each column from a batch of the source.
  let nodes: [any ExpressionNode]
  let types: [ScalarType]
  /// Positions of the keys among the columns.
  let keys: Range<Int>
}

/// Puts rows aside by the partition of their keys, each with its place in the input as last column.
final class PartitionSink: Sink {
  let partitioner: RowPartitioner
  private let nodes: [any ExpressionNode]
  private var lastSequence = -1
  private var rowInMorsel = 0

  init(_ layout: PartitionLayout, _ context: ExecutionContext) throws {
    nodes = layout.nodes
    partitioner = try RowPartitioner(
      types: layout.types + [.long],
      keys: layout.keys,
      level: 0,
      context
    )
  }

  func consume(_ batch: Batch, sequence: Int) throws {
    if sequence != lastSequence {
      lastSequence = sequence
      rowInMorsel = 0
    }
    let columns = try nodes.map { try $0.evaluate(batch) }
    let places = Vector.places(sequence, from: rowInMorsel, count: batch.count)
    rowInMorsel += batch.count
    try partitioner.add(
      Batch(columns: columns + [places], count: batch.count),
      sequence: sequence
    )
  }
}
