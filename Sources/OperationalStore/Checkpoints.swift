import Dispatch
import GRDB
import Synchronization

/// Puts what many transactions leave in the log into the database while the next one runs.
///
/// SQLite does so at the end of a transaction that finds the log long, and whoever commits waits
/// for it. As long as each transaction adds to the log it cannot begin anew, so one that has become
/// long is put in whole between two transactions, of which little is left by then.
final class Checkpoints: Sendable {
  private let connection: DatabaseQueue
  private let queue = DispatchQueue(label: "harrier checkpoints")
  private let state = Mutex(State())

  private struct State {
    var isRunning = false
    /// Commits since the one began that runs.
    var commits = 0
    /// Pages in the log, as the last checkpoint saw it.
    var pages = 0
  }

  /// The most pages in the log, 64 MiB, but for those of ``mostCommits``.
  private static let mostPages = 16_384
  /// The most commits beside a checkpoint: the next one waits for it.
  private static let mostCommits = 3

  init(path: String) throws {
    var configuration = Configuration()
    configuration.label = "harrier checkpoints"
    connection = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Called after each commit.
  func afterCommit() {
    let isLong = state.withLock { $0.pages >= Self.mostPages }
    if isLong {
      queue.sync { checkpoint() }
      state.withLock { $0.pages = 0 }
      return
    }
    let (starts, waits) = state.withLock { state in
      defer { state.isRunning = true }
      state.commits = state.isRunning ? state.commits + 1 : 0
      return (!state.isRunning, state.commits >= Self.mostCommits)
    }
    if waits { queue.sync {} }
    if !starts { return }
    queue.async {
      self.checkpoint()
      self.state.withLock { $0.isRunning = false }
    }
  }

  /// Waits until nothing runs any more.
  func end() { queue.sync {} }

  /// What fails here stays in the log, where the next checkpoint finds it, as with SQLite's own.
  private func checkpoint() {
    let row = try? connection.writeWithoutTransaction {
      try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(PASSIVE)")
    }
    state.withLock { $0.pages = row?[1] ?? 0 }
  }
}
