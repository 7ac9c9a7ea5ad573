import Columnar
import QueryPlan

/// Merges sorted runs into one order, a batch at a time.
struct RunMerge {
  private var cursors: [RunCursor]
  /// Numbers of the cursors with rows left, as a heap whose least row is first.
  private var heap: [Int] = []
  private let order: RunOrder
  private let batchRows: Int

  /// Starts merging.
  ///
  /// - Parameter batchBytes: about how much a batch takes at most.
  init(
    _ runs: [SortedRun],
    _ order: RunOrder,
    batchRows: Int,
    batchBytes: Int
  ) throws {
    self.order = order
    let blocks = runs.flatMap(\.blocks)
    let rows = blocks.reduce(0) { $0 + $1.rowCount }
    let bytes = blocks.reduce(1) { $0 + $1.rawBytes }
    let fitting = batchBytes * rows / bytes
    self.batchRows = max(1, min(batchRows, max(16, fitting)))
    cursors = try runs.map { try RunCursor($0, order) }
    heap = cursors.indices.filter { !cursors[$0].isAtEnd }
    for place in heap.indices.reversed() { sink(place) }
  }

  /// The next rows with their keys and places; nil at the end.
  mutating func next() throws -> Batch? {
    var picks = MergePicks()
    while picks.count < batchRows, let first = heap.first {
      picks.add(row: cursors[first].row, of: cursors[first].block, cursor: first)
      if try cursors[first].advance() { picks.close(cursor: first) }
      if cursors[first].isAtEnd {
        heap[0] = heap[heap.count - 1]
        heap.removeLast()
      }
      sink(0)
    }
    return picks.count == 0 ? nil : picks.gather(order.types)
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if comesBefore(heap[child], heap[least]) { least = child }
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }

  private func comesBefore(_ left: Int, _ right: Int) -> Bool {
    cursors[left].ranks.compare(cursors[left].row, cursors[right].ranks, cursors[right].row) < 0
  }
}

/// Rows that were picked from blocks of several cursors, in their order.
private struct MergePicks {
  private var blocks: [(batch: Batch, rows: [UInt32], ordinals: [UInt32])] = []
  /// The block that each cursor reads now.
  private var open: [Int: Int] = [:]
  private(set) var count = 0

  mutating func add(row: Int, of batch: Batch, cursor: Int) {
    let number: Int
    if let known = open[cursor] {
      number = known
    } else {
      number = blocks.count
      open[cursor] = number
      blocks.append((batch, [], []))
    }
    blocks[number].rows.append(UInt32(truncatingIfNeeded: row))
    blocks[number].ordinals.append(UInt32(truncatingIfNeeded: count))
    count += 1
  }

  /// Notes that a cursor has gone to another block.
  mutating func close(cursor: Int) { open[cursor] = nil }

  /// The rows in the order in which they were picked.
  func gather(_ types: [ScalarType]) -> Batch {
    let parts = blocks.map { $0.batch.gather($0.rows) }
    if parts.count == 1 { return parts[0] }
    var places = [UInt32](repeating: 0, count: count)
    var position: UInt32 = 0
    for block in blocks {
      for ordinal in block.ordinals {
        places[Int(ordinal)] = position
        position += 1
      }
    }
    return Batch.concatenating(parts, types: types).gather(places)
  }
}

/// The rows of sorted runs in order, read by one worker.
struct MergedRuns: MorselSource {
  private let runs: [SortedRun]
  private let order: RunOrder
  private let batchBytes: Int
  /// The most rows that are read.
  private let limit: Int

  /// Runs that are merged at a time.
  private static let fanIn = 64

  /// Merges runs until they are few enough to be read at once.
  init(
    _ runs: [SortedRun],
    _ order: RunOrder,
    _ context: ExecutionContext,
    limit: Int = .max
  ) throws {
    self.order = order
    self.limit = limit
    batchBytes = context.budget.memoryLimit / 64
    var runs = runs
    while runs.count > Self.fanIn {
      let writer = try SpillWriter(context)
      let first = Array(runs[..<Self.fanIn])
      var merge = try RunMerge(first, order, batchRows: 4096, batchBytes: batchBytes)
      runs.removeFirst(Self.fanIn)
      var blocks: [SpilledBatch] = []
      while let batch = try merge.next() {
        try context.budget.check()
        blocks += try writer.write(batch)
      }
      runs.append(SortedRun(blocks: blocks))
    }
    self.runs = runs
  }

  var morselCount: Int { 1 }
  var affinities: [Range<Int>] { [0..<1] }

  func makeReader(_ context: ExecutionContext) -> any MorselReader {
    MergeReader(
      runs: runs,
      order: order,
      batchRows: context.options.batchRows,
      batchBytes: batchBytes,
      limit: limit
    )
  }
}

/// Reads merged runs from their start.
private struct MergeReader: MorselReader {
  let runs: [SortedRun]
  let order: RunOrder
  let batchRows: Int
  let batchBytes: Int
  let limit: Int

  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws {
    var merge = try RunMerge(runs, order, batchRows: batchRows, batchBytes: batchBytes)
    var left = limit
    while left > 0, let batch = try merge.next() {
      let rows = order.rows(batch)
      if try !body(rows.count <= left ? rows : rows.slice(0..<left)) { return }
      left -= rows.count
    }
  }
}
