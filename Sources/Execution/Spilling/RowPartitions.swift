import Columnar

/// Rows that were put aside by the partition of their keys, in row order within each.
struct RowPartitions {
  /// Rows on disk and the morsel from which the first of them came.
  typealias Piece = (sequence: Int, rows: SpilledBatch)

  /// How often the rows were partitioned before.
  private let level: Int
  /// Whether a partition that is too large can be partitioned in turn: not where all rows have
  /// come to lie in one, as those of one key do.
  let canSplit: Bool
  private var pieces: [[Piece]]

  /// Joins what several workers have put aside.
  fileprivate init(level: Int, of workers: [RowPartitioner]) {
    self.level = level
    pieces = (0..<KeyPartitions.count).map { number in
      workers.flatMap { $0.partitions[number] }.enumerated()
        .sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
        .map(\.element)
    }
    canSplit = level + 1 < KeyPartitions.levels && pieces.count(where: { !$0.isEmpty }) > 1
  }

  /// Takes the rows of a partition out: their space is free once the result has gone.
  mutating func take(_ number: Int) -> PartitionRows {
    defer { pieces[number] = [] }
    return PartitionRows(pieces: pieces[number], level: level)
  }
}

/// The rows of one partition.
struct PartitionRows {
  fileprivate var pieces: [RowPartitions.Piece]
  fileprivate let level: Int

  /// Bytes of the rows in memory, about.
  var rawBytes: Int { pieces.reduce(0) { $0 + $1.rows.rawBytes } }

  /// Calls the body with the rows in row order.
  func forEachBatch(_ context: ExecutionContext, _ body: (Batch) throws -> Void) throws {
    for piece in pieces {
      try context.budget.check()
      try body(try piece.rows.load())
    }
  }

  /// Partitions the rows by further bits of their keys.
  ///
  /// - Parameters:
  ///   - types: of all columns.
  ///   - keys: where the keys stand among them.
  func split(
    _ types: [ScalarType],
    keys: Range<Int>,
    _ context: ExecutionContext
  ) throws -> RowPartitions {
    let partitioner = try RowPartitioner(types: types, keys: keys, level: level + 1, context)
    for (number, piece) in pieces.enumerated() {
      try context.budget.check()
      try partitioner.add(try piece.rows.load(), sequence: number)
    }
    try partitioner.flush()
    return RowPartitions(level: level + 1, of: [partitioner])
  }
}

/// Puts rows aside by the partition of their keys, within one worker.
final class RowPartitioner {
  fileprivate private(set) var partitions: [[RowPartitions.Piece]]
  private let types: [ScalarType]
  private let keys: Range<Int>
  private let level: Int
  private let context: ExecutionContext
  private let writer: SpillWriter
  private var kept: [Batch] = []
  private var keptRows = 0
  private var keptBytes = 0
  /// Morsels of the first and last rows that are kept.
  private var sequences = 0...0

  /// Rows that are partitioned at a time, so that each partition gets a fair number of them.
  private static let rowsAtOnce = 65_536
  /// Fewer rows are not worth a turn of their own.
  private static let fewRows = 8_192

  init(
    types: [ScalarType],
    keys: Range<Int>,
    level: Int,
    _ context: ExecutionContext
  ) throws {
    self.types = types
    self.keys = keys
    self.level = level
    self.context = context
    writer = try SpillWriter(context)
    partitions = Array(repeating: [], count: KeyPartitions.count)
  }

  /// Takes rows; those of one morsel and of morsels that follow one another stay together.
  func add(_ rows: Batch, sequence: Int) throws {
    // Other workers have what lies between.
    if sequence > sequences.upperBound + 1 { try flush() }
    // Joining rows of several dictionaries copies their texts.
    if keptRows >= Self.fewRows, let first = kept.first, !rows.sharesDictionaries(with: first) {
      try flush()
    }
    sequences = kept.isEmpty ? sequence...sequence : sequences.lowerBound...sequence
    kept.append(rows)
    keptRows += rows.count
    keptBytes += rows.ownByteCount
    let isMuch = keptRows >= Self.rowsAtOnce || keptBytes >= context.budget.memoryLimit / 32
    // Rows that are kept keep all that was decoded of their segments.
    if isMuch || keptRows >= Self.fewRows && context.budget.isTight() { try flush() }
  }

  /// Writes what is kept.
  func flush() throws {
    let rows = Batch.concatenating(kept, types: types)
    kept = []
    keptRows = 0
    keptBytes = 0
    guard rows.count > 0 else { return }
    let order = try Self.order(
      KeyPartitions.numbers(of: Array(rows.columns[keys]), count: rows.count, level: level)
    )
    for number in 0..<KeyPartitions.count {
      let members = Array(order.rows[order.starts[number]..<order.starts[number + 1]])
      if members.isEmpty { continue }
      partitions[number] += try writer.write(rows.gather(members)).map {
        (sequences.lowerBound, $0)
      }
    }
    _ = context.budget.makeRoom()
  }

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
  /// Puts the rows of the flow aside by partition.
  func partition(
    _ context: ExecutionContext,
    by makeLayout: @Sendable @escaping () throws -> PartitionLayout
  ) throws -> RowPartitions {
    let order: MorselOrder =
      pinsMuch(for: context.options.threads, context.budget) ? .ascending : .contiguous
    let sinks = try run(context, order: order) { try PartitionSink(makeLayout(), context) }
    for sink in sinks { try sink.partitioner.flush() }
    return RowPartitions(level: 0, of: sinks.map(\.partitioner))
  }
}
