public import FileAccess
import Incidents
import OperationalStore

/// Executes the actions that are approved, one after the other.
///
/// An action is `running` on disk before its connector is called, and its outcome is on disk before
/// the next one. Where the process ends in between, the next run asks the connector what it did.
public struct ActionRunner: Sendable {
  /// Which of the approved actions are executed.
  public enum Choice: Sendable {
    case all
    case approval(String)
    case references([ResponseReference])
  }

  /// What a run did.
  public struct Outcome: Sendable {
    /// How many ended in each way.
    public internal(set) var counts: [ActionStatus: Int] = [:]
    /// How many expired before.
    public internal(set) var expired = 0
    /// How many actions on mails wait until others make room for them.
    public internal(set) var queued = 0
    public internal(set) var requests = ActionStore.Requests()

    /// How many actions were executed or found to need no execution.
    public var total: Int { counts.values.reduce(0, +) }
  }

  private let store: ActionStore
  private let path: String
  private let files: any DurableFileSystem
  private let environment: any ResponseConnector
  private let own: OwnExecutions

  /// - Parameters:
  ///   - path: the folder of the store.
  ///   - environment: executes what no connection does.
  public init(
    _ store: ActionStore,
    at path: String,
    environment: any ResponseConnector,
    files: any DurableFileSystem = LocalFileSystem()
  ) {
    self.init(store, at: path, environment: environment, files: files, own: OwnExecutions())
  }

  package init(
    _ store: ActionStore,
    at path: String,
    environment: any ResponseConnector,
    files: any DurableFileSystem = LocalFileSystem(),
    own: OwnExecutions
  ) {
    self.store = store
    self.path = path
    self.environment = environment
    self.files = files
    self.own = own
  }

  /// Ends what expired, takes what rules ask for, settles what an earlier run left, and executes
  /// the approved actions of tenants; those that wait in the queue begin as others end.
  ///
  /// Throws `.locked` where another run is at work.
  public func run(_ tenants: [String], _ choice: Choice = .all) throws -> Outcome {
    let lock = try files.lockExclusively(path + "/ACTIONS")
    return try withExtendedLifetime(lock) {
      var work = ActionWork(
        store: store,
        connections: try store.connections(of: tenants),
        environment: environment,
        own: own
      )
      work.outcome.expired = try store.expire()
      work.outcome.requests = try store.takeRequests(in: tenants)
      for action in try work.next(tenants, .running, .all, after: 0, limit: .max) {
        try work.recover(action)
      }
      _ = try store.beginQueued(in: tenants)
      repeat {
        try executeApproved(tenants, choice, &work)
      } while try store.beginQueued(in: tenants) > 0
      work.outcome.queued = try store.queuedCount(in: tenants)
      return work.outcome
    }
  }

  private func executeApproved(
    _ tenants: [String],
    _ choice: Choice,
    _ work: inout ActionWork
  ) throws {
    var last: Int64 = 0
    while case let batch = try work.next(
      tenants,
      .approved,
      choice,
      after: last,
      limit: Self.batchSize
    ), let end = batch.last {
      try work.execute(batch)
      last = end.id
    }
  }

  private static let batchSize = 200
}
