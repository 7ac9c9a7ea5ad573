import Columnar
import Synchronization

/// A morsel for a worker to read.
struct ScheduledMorsel {
  let pipeline: Int
  /// Number within the pipeline's source.
  let index: Int
  /// Place in the row order of the whole flow.
  let sequence: Int
}

/// Hands morsels to workers.
final class MorselSchedule: Sendable {
  /// Runs of morsels with a cursor each; a worker finishes a run before it takes the next.
  private final class Run: Sendable {
    let pipeline: Int
    let first: Int
    let count: Int
    let sequence: Int
    /// Whether the last morsel is taken first.
    let isReversed: Bool
    let cursor = Atomic<Int>(0)

    init(pipeline: Int, first: Int, count: Int, sequence: Int, isReversed: Bool = false) {
      self.isReversed = isReversed
      self.pipeline = pipeline
      self.first = first
      self.count = count
      self.sequence = sequence
    }

    func next() -> ScheduledMorsel? {
      if cursor.load(ordering: .relaxed) >= count { return nil }
      let taken = cursor.add(1, ordering: .relaxed).oldValue
      if taken >= count { return nil }
      let place = isReversed ? count - 1 - taken : taken
      return ScheduledMorsel(pipeline: pipeline, index: first + place, sequence: sequence + place)
    }
  }

  private let runs: [Run]
  /// For each worker the runs in the order in which it looks at them.
  private let orders: [[Int]]

  init(pipelines: [Pipeline], workers: Int, order: MorselOrder) {
    var runs: [Run] = []
    var sequence = 0
    for (number, pipeline) in pipelines.enumerated() {
      for range in pipeline.source.affinities {
        runs.append(
          Run(
            pipeline: number,
            first: range.lowerBound,
            count: range.count,
            sequence: sequence,
            isReversed: order == .descending
          )
        )
        sequence += range.count
      }
    }
    switch order {
    case .any:
      orders = (0..<workers).map { worker in
        let start = runs.count * worker / workers
        return Array(start..<runs.count) + Array(0..<start)
      }
    case .ascending:
      orders = Array(repeating: Array(runs.indices), count: workers)
    case .descending:
      orders = Array(repeating: Array(runs.indices.reversed()), count: workers)
    case .contiguous:
      let cut = Self.contiguousRuns(runs, total: sequence, workers: workers)
      runs = cut.runs
      orders = cut.orders
    }
    self.runs = runs
  }

  /// The next morsel for a worker, or nil where all are taken.
  func next(_ worker: Int) -> ScheduledMorsel? {
    for index in orders[worker] {
      if let morsel = runs[index].next() { return morsel }
    }
    return nil
  }

  /// Cuts the runs so that each worker has one contiguous share of all morsels.
  private static func contiguousRuns(
    _ runs: [Run],
    total: Int,
    workers: Int
  ) -> (runs: [Run], orders: [[Int]]) {
    var pieces: [Run] = []
    var orders: [[Int]] = []
    for worker in 0..<workers {
      let low = total * worker / workers
      let high = total * (worker + 1) / workers
      var mine: [Int] = []
      for run in runs {
        let start = max(low, run.sequence)
        let end = min(high, run.sequence + run.count)
        guard start < end else { continue }
        mine.append(pieces.count)
        pieces.append(
          Run(
            pipeline: run.pipeline,
            first: run.first + start - run.sequence,
            count: end - start,
            sequence: start
          )
        )
      }
      orders.append(mine)
    }
    return (pieces, orders)
  }
}
