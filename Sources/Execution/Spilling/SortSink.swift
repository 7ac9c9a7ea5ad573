import Columnar
import QueryPlan

/// Keeps rows that are to be sorted, and writes them as sorted runs where memory gets tight.
final class SortSink: Sink {
  /// Rows that are kept, with their place in the order of the source.
  private(set) var parts: [(sequence: Int, ordinal: Int, batch: Batch)] = []
  private(set) var runs: [SortedRun] = []
  private let order: RunOrder
  private let nodes: [any ExpressionNode]
  private let context: ExecutionContext
  private var writer: SpillWriter?
  private var keptBytes = 0
  private var lastSequence = -1
  private var rowInMorsel = 0

  init(_ order: RunOrder, nodes: [any ExpressionNode], context: ExecutionContext) {
    self.order = order
    self.nodes = nodes
    self.context = context
  }

  func consume(_ batch: Batch, sequence: Int) throws {
    if sequence != lastSequence {
      lastSequence = sequence
      rowInMorsel = 0
    }
    parts.append((sequence, rowInMorsel, batch))
    rowInMorsel += batch.count
    keptBytes += batch.ownByteCount
    // Sorting takes rows joined and rows in order beside those that are kept, by all workers at the
    // same time.
    let needed = 4 * keptBytes * context.options.threads
    if context.canSpill, keptBytes >= leastBytes, context.budget.isTight(for: needed) {
      try spill()
    }
  }

  /// So little is not worth a run.
  private var leastBytes: Int { context.budget.memoryLimit / 256 }

  /// Writes what is kept. Rows of one run share their dictionaries, so that no text is copied.
  func spill() throws {
    let writer = try self.writer ?? SpillWriter(context)
    self.writer = writer
    var kept = parts[...]
    parts = []
    keptBytes = 0
    while let first = kept.first {
      let size = kept.firstIndex { !$0.batch.sharesDictionaries(with: first.batch) }
      let end = size ?? kept.endIndex
      let rows = Batch.concatenating(
        try kept[..<end].map { try keyed($0.batch, $0.sequence, $0.ordinal) },
        types: order.types
      )
      kept = kept[end...]
      runs.append(try order.write(rows, writer, context.budget))
    }
    context.budget.reclaim()
  }

  /// A batch with its keys and places.
  private func keyed(_ batch: Batch, _ sequence: Int, _ first: Int) throws -> Batch {
    let keys = try nodes.map { try $0.evaluate(batch) }
    let places = Vector.places(sequence, from: first, count: batch.count)
    return Batch(columns: batch.columns + keys + [places], count: batch.count)
  }
}

extension Vector {
  /// Places of rows in the order of a source: the morsel's number in the upper half, that of the
  /// row in the morsel in the lower.
  static func places(_ sequence: Int, from first: Int, count: Int) -> Vector {
    let start = Int64(truncatingIfNeeded: sequence) &<< 32 &+ Int64(truncatingIfNeeded: first)
    let buffer = Buffer(byteCount: count * 8)
    let place = buffer.values(Int64.self)
    for row in 0..<count { place[row] = start &+ Int64(truncatingIfNeeded: row) }
    return Vector(type: .long, count: count, layout: .fixed(FixedRows(values: buffer)))
  }
}

extension Batch {
  /// Whether columns with dictionaries have the same ones in both batches.
  func sharesDictionaries(with other: Batch) -> Bool {
    zip(columns, other.columns).allSatisfy {
      $0.dictionaryRows?.dictionary === $1.dictionaryRows?.dictionary
    }
  }
}
