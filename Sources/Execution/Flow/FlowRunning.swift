import Columnar
import Synchronization

/// What a worker does with the batches that leave a flow.
protocol Sink: AnyObject, SendableMetatype {
  /// Takes a batch; `sequence` orders batches as the source orders its rows.
  func consume(_ batch: Batch, sequence: Int) throws
  /// Whether nothing more is wanted.
  var isFull: Bool { get }
}

extension Sink {
  var isFull: Bool { false }
}

/// How morsels are given to workers.
enum MorselOrder {
  /// Any worker takes any morsel, those of one dictionary together.
  case any
  /// Each worker takes one contiguous run, so that merging in worker order keeps row order.
  case contiguous
  /// Workers take morsels in row order, so that a prefix is done first.
  case ascending
  /// Workers take the last morsels first.
  case descending
}

extension Flow {
  /// Runs the flow into one sink a worker and returns the sinks in worker order.
  func run<S: Sink>(
    _ context: ExecutionContext,
    order: MorselOrder = .any,
    makeSink: @Sendable @escaping () throws -> S
  ) throws -> [S] {
    let counts = pipelines.map(\.source.morselCount)
    let total = counts.reduce(0, +)
    let workers = max(1, min(context.options.threads, total))
    let pinsMuch = pinsMuch(for: workers, context.budget)
    let schedule = MorselSchedule(
      pipelines: pipelines,
      workers: workers,
      order: order == .any && pinsMuch ? .ascending : order
    )
    let sinks = SinkBox<S>(count: workers)
    let gate = BatchGate(workers: workers, budget: context.budget)
    try Workers.run(workers) { worker in
      let sink = try makeSink()
      sinks.put(sink, at: worker)
      var stages: [Int: [any Stage]] = [:]
      var readers: [Int: any MorselReader] = [:]
      while !sink.isFull, let morsel = schedule.next(worker) {
        let pipeline = pipelines[morsel.pipeline]
        if stages[morsel.pipeline] == nil {
          stages[morsel.pipeline] = try pipeline.stages.map { try $0.makeStage(context) }
          readers[morsel.pipeline] = try pipeline.source.makeReader(context)
        }
        let run = StageRun(
          stages: stages[morsel.pipeline] ?? [],
          sink: sink,
          sequence: morsel.sequence,
          budget: context.budget
        )
        try readers[morsel.pipeline]?.read(morsel.index) { batch in
          try gate.pass(batch) {
            try context.budget.check()
            context.budget.note(rowsRead: batch.count)
            try run.push(batch, from: 0)
            return !sink.isFull
          }
        }
      }
    }
    return sinks.all
  }

  /// Whether workers that read different runs of morsels would keep so much in memory that they
  /// had better read the same run together.
  func pinsMuch(for workers: Int, _ budget: QueryBudget) -> Bool {
    let most = pipelines.map(\.pinnedBytes).max() ?? 0
    return workers > 1 && budget.isMuch(workers * most)
  }

  /// Runs the flow and keeps its batches in row order.
  func collect(_ context: ExecutionContext) throws -> [Batch] {
    let sinks = try run(context) { CollectingSink() }
    let parts = sinks.flatMap(\.parts)
    return parts.sorted { ($0.sequence, $0.ordinal) < ($1.sequence, $1.ordinal) }.map(\.batch)
  }
}

/// Walks a batch through the stages of a pipeline into a sink.
private struct StageRun<S: Sink> {
  let stages: [any Stage]
  let sink: S
  let sequence: Int
  let budget: QueryBudget

  func push(_ batch: Batch, from index: Int) throws {
    if batch.count == 0 { return }
    if index == stages.count {
      try budget.check()
      return try sink.consume(batch, sequence: sequence)
    }
    try stages[index].push(batch) { try push($0, from: index + 1) }
  }
}

/// The sinks of all workers, each put there by its own and read after all have ended.
private final class SinkBox<S: Sink>: @unchecked Sendable {
  private let lock = Mutex(())
  private var sinks: [S?]

  init(count: Int) { sinks = Array(repeating: nil, count: count) }

  func put(_ sink: S, at index: Int) { lock.withLock { _ in sinks[index] = sink } }

  var all: [S] { lock.withLock { _ in sinks.compactMap { $0 } } }
}

/// Keeps every batch, with its place in the order.
final class CollectingSink: Sink {
  /// A morsel's batches all come to one sink; `ordinal` counts them.
  private(set) var parts: [(sequence: Int, ordinal: Int, batch: Batch)] = []

  func consume(_ batch: Batch, sequence: Int) {
    parts.append((sequence, parts.count, batch))
  }
}

extension Batch {
  /// About how many bytes only these rows hold: values, codes, and texts that have no dictionary.
  var ownByteCount: Int { columns.reduce(rowByteCount) { $0 + $1.textByteCount } }

  /// About how many bytes a copy of the rows takes, the values of texts left out, which copies
  /// share.
  var rowByteCount: Int {
    columns.reduce(64) { total, column in
      switch column.layout {
      case .constant: total + 64
      case .fixed: total + count * column.type.byteWidth
      case .text: total + count * 8
      case .dictionary: total + count * 4
      }
    }
  }
}
