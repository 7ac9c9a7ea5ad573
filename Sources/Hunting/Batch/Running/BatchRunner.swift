import Execution
public import FileAccess
import Synchronization

/// Runs query files side by side and tells what came of them, in their order.
public struct BatchRunner: Sendable {
  private let sources: any BatchSources
  private let files: any FileSystem
  private let clock: any Clock
  private let options: BatchOptions

  public init(
    _ sources: any BatchSources,
    files: any FileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock(),
    options: BatchOptions = BatchOptions()
  ) {
    self.sources = sources
    self.files = files
    self.clock = clock
    self.options = options
  }

  /// Runs the files.
  ///
  /// - Parameter report: told of each file, in the order of the files, as soon as it and all
  ///   before it are done; by one thread at a time.
  public func run(
    _ queries: [QueryFile],
    report: @escaping @Sendable (FileOutcome) -> Void = { _ in }
  ) throws -> BatchSummary {
    let start = clock.monotonicNanoseconds
    let threads = options.threads(for: queries.count)
    let loadedBytes = try sources.engine(over: nil).loadedBytes
    let tables = FixtureTables(
      files,
      memoryLimit: max(1, options.memoryLimit - loadedBytes),
      threads: threads
    )
    for query in queries { tables.expect(FixtureTables.keys(query.directives.fixtures)) }
    let outcomes = OrderedOutcomes(queries.count, report)
    try ParallelWork.forEach(queries.count, threads: options.jobs) { index in
      let query = queries[index]
      let run = FileRun(
        query,
        sources: sources,
        tables: tables,
        files: files,
        options: options,
        threads: threads
      )
      let begin = clock.monotonicNanoseconds
      var outcome = run.outcome()
      outcome.nanoseconds = clock.monotonicNanoseconds - begin
      tables.release(FixtureTables.keys(query.directives.fixtures))
      outcomes.put(outcome, at: index)
    }
    return BatchSummary(outcomes.all, nanoseconds: clock.monotonicNanoseconds - start)
  }

  /// Keeps outcomes and tells of them in order.
  private final class OrderedOutcomes: Sendable {
    private struct Contents {
      var outcomes: [FileOutcome?]
      var told = 0
    }

    private let contents: Mutex<Contents>
    private let report: @Sendable (FileOutcome) -> Void

    init(_ count: Int, _ report: @escaping @Sendable (FileOutcome) -> Void) {
      contents = Mutex(Contents(outcomes: Array(repeating: nil, count: count)))
      self.report = report
    }

    func put(_ outcome: FileOutcome, at index: Int) {
      contents.withLock { held in
        held.outcomes[index] = outcome
        while held.told < held.outcomes.count, let next = held.outcomes[held.told] {
          report(next)
          held.told += 1
        }
      }
    }

    var all: [FileOutcome] { contents.withLock { $0.outcomes.compactMap { $0 } } }
  }
}
