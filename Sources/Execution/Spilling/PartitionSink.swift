import Columnar
import QueryPlan

/// Puts rows aside by the partition of their keys, each with its place in the input as last column.
final class PartitionSink: Sink {
  /// The rows of each partition in the order in which they came.
  private(set) var partitions = [[SpilledBatch]](repeating: [], count: KeyPartitions.count)
  private let layout: PartitionLayout
  private let context: ExecutionContext
  private let writer: SpillWriter
  private var kept: [Batch] = []
  private var keptRows = 0
  private var keptBytes = 0
  private var lastSequence = -1
  private var rowInMorsel = 0

  /// Rows that are partitioned at a time, so that each partition gets a fair number of them.
  private static let rowsAtOnce = 65_536

  init(_ layout: PartitionLayout, _ context: ExecutionContext) throws {
    self.layout = layout
    self.context = context
    writer = try SpillWriter(context)
  }

  func consume(_ batch: Batch, sequence: Int) throws {
    if sequence != lastSequence {
      lastSequence = sequence
      rowInMorsel = 0
    }
    let columns = try layout.nodes.map { try $0.evaluate(batch) }
    let places = Vector.places(sequence, from: rowInMorsel, count: batch.count)
    let rows = Batch(columns: columns + [places], count: batch.count)
    rowInMorsel += batch.count
    kept.append(rows)
    keptRows += batch.count
    keptBytes += rows.ownByteCount
    if keptRows >= Self.rowsAtOnce || keptBytes >= context.budget.memoryLimit / 32 { try flush() }
  }

  /// Writes what is kept.
  func flush() throws {
    let rows = Batch.concatenating(kept, types: layout.types + [.long])
    kept = []
    keptRows = 0
    keptBytes = 0
    guard rows.count > 0 else { return }
    let keys = Array(rows.columns[layout.keys])
    let order = Self.order(KeyPartitions.numbers(of: keys, count: rows.count))
    for number in 0..<KeyPartitions.count {
      let members = Array(order.rows[order.starts[number]..<order.starts[number + 1]])
      if !members.isEmpty { partitions[number] += try writer.write(rows.gather(members)) }
    }
    _ = context.budget.makeRoom()
  }

  /// Lets the rows of a partition go.
  func drop(_ number: Int) { partitions[number] = [] }

  /// The rows of each partition in their order, and where they start.
  private static func order(_ numbers: [UInt8]) -> (rows: [UInt32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: KeyPartitions.count + 1)
    for number in numbers { starts[Int(number) + 1] += 1 }
    for number in 0..<KeyPartitions.count { starts[number + 1] += starts[number] }
    var next = starts
    var rows = [UInt32](repeating: 0, count: numbers.count)
    for (row, number) in numbers.enumerated() {
      rows[next[Int(number)]] = UInt32(truncatingIfNeeded: row)
      next[Int(number)] += 1
    }
    return (rows, starts)
  }
}

extension Flow {
  /// Puts the rows of the flow aside by partition; the sinks together have them in row order.
  func partition(
    _ context: ExecutionContext,
    by makeLayout: @Sendable @escaping () throws -> PartitionLayout
  ) throws -> [PartitionSink] {
    let sinks = try run(context, order: .contiguous) { try PartitionSink(makeLayout(), context) }
    for sink in sinks { try sink.flush() }
    return sinks
  }
}

extension [PartitionSink] {
  /// Calls the body with the rows of a partition in row order, and lets them go.
  func forEachBatch(
    of number: Int,
    _ context: ExecutionContext,
    _ body: (Batch) throws -> Void
  ) throws {
    for sink in self {
      for block in sink.partitions[number] {
        try context.budget.check()
        try body(try block.load())
      }
      sink.drop(number)
    }
  }
}
