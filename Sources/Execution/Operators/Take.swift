import Columnar
import QueryPlan

/// Runs `take`: the first rows in row order, stopping the readers as soon as they are there.
enum TakeOperator {
  static func run(_ flow: Flow, count: Int, _ context: ExecutionContext) throws -> [Batch] {
    guard count > 0 else { return [] }
    let sinks = try flow.run(context, order: .ascending) { TakeSink(wanted: count) }
    let parts = sinks.flatMap(\.parts)
      .sorted { ($0.sequence, $0.ordinal) < ($1.sequence, $1.ordinal) }
    var left = count
    var taken: [Batch] = []
    for part in parts where left > 0 {
      let rows = min(left, part.batch.count)
      taken.append(part.batch.slice(0..<rows))
      left -= rows
    }
    return taken
  }
}

/// Keeps rows until it has as many as are wanted in all.
///
/// The morsels of a worker ascend, so whatever it would read later comes after what it has: its
/// own rows are enough, and those of other workers that come before only push its last ones out.
private final class TakeSink: Sink {
  private(set) var parts: [(sequence: Int, ordinal: Int, batch: Batch)] = []
  private(set) var isFull = false
  private let wanted: Int
  private var rowsKept = 0

  init(wanted: Int) { self.wanted = wanted }

  func consume(_ batch: Batch, sequence: Int) throws {
    if isFull { return }
    parts.append((sequence, parts.count, batch))
    rowsKept += batch.count
    if rowsKept >= wanted { isFull = true }
  }
}
