import GRDB
import Incidents
import OperationalStore

/// A run over actions.
struct ActionWork {
  private let store: ActionStore
  private let connections: [String: any ResponseConnector]
  private let environment: any ResponseConnector
  private let own: OwnExecutions
  var outcome = ActionRunner.Outcome()

  init(
    store: ActionStore,
    connections: [Connection],
    environment: any ResponseConnector,
    own: OwnExecutions
  ) {
    self.store = store
    self.environment = environment
    self.own = own
    self.connections = Dictionary(
      connections.map { (Self.key($0.tenant, $0.kind), $0.makeConnector()) }
    ) { first, _ in first }
  }

  private static func key(_ tenant: String, _ kind: ActionKind) -> String {
    kind.rawValue + " " + tenant
  }

  /// The next actions of a status, in the order in which they were asked for.
  func next(
    _ tenants: [String],
    _ status: ActionStatus,
    _ choice: ActionRunner.Choice,
    after last: Int64,
    limit: Int
  ) throws -> [ActionRecord] {
    let marks = repeatElement("?", count: tenants.count).joined(separator: ",")
    var condition = "actions.status = ? AND actions.id > ? AND actions.tenant IN (\(marks))"
    var arguments: StatementArguments = [status.rawValue, last]
    arguments += StatementArguments(tenants)
    switch choice {
    case .all: break
    case .approval(let approval):
      condition += " AND actions.approval = ?"
      arguments += [approval]
    case .references(let references):
      let ids = try store.read { reader in
        try references.compactMap { try reader.action($0)?.id }
      }
      condition += " AND actions.id IN (\(ids.map(String.init).joined(separator: ",")))"
    }
    return try store.read {
      try $0.actions("WHERE \(condition) ORDER BY actions.id LIMIT \(limit)", arguments)
    }
  }

  /// Settles an action of which an earlier run did not live to see the outcome.
  mutating func recover(_ action: ActionRecord) throws {
    let order = ActionOrder(action)
    let connector = connector(of: action)
    if action.connector != connector.name {
      return try end(
        action,
        ActionOutcome(
          .mayHaveRun,
          "Harrier ended while '\(action.connector)' worked on it, which is no longer connected; "
            + "find out what that did, then say so with 'harrier actions settle'"
        )
      )
    }
    switch try connector.earlierOutcome(of: order) {
    case .done(let done): try end(action, done)
    case .unknown(let why): try end(action, ActionOutcome(.mayHaveRun, why))
    case .notDone:
      try prepare([order], connector)
      try end(action, try connector.execute(order))
    }
  }

  /// Executes approved actions.
  mutating func execute(_ actions: [ActionRecord]) throws {
    let orders = actions.filter { own.execution(of: $0.kind) == nil && !isConnected($0) }
      .map { ActionOrder($0) }
    var unready: [String: String] = [:]
    for (tenant, orders) in Dictionary(grouping: orders, by: \.tenant) {
      do {
        try environment.prepare(orders)
      } catch let failure as StoreFailure {
        throw failure
      } catch {
        unready[tenant] = "what it is about could not be looked up: \(error)"
      }
    }
    for action in actions {
      if !isConnected(action), let execution = own.execution(of: action.kind) {
        try executeHere(action, execution)
      } else if !isConnected(action), let why = unready[action.tenant] {
        guard try start(action, environment.name) else { continue }
        try end(action, ActionOutcome(.failed, why))
      } else {
        let connector = connector(of: action)
        guard try start(action, connector.name) else { continue }
        try end(action, try connector.execute(ActionOrder(action)))
      }
    }
  }

  private func prepare(_ orders: [ActionOrder], _ connector: any ResponseConnector) throws {
    do {
      try connector.prepare(orders)
    } catch let failure as StoreFailure {
      throw failure
    } catch {
      // What it cannot find out it says when it executes.
    }
  }

  private func isConnected(_ action: ActionRecord) -> Bool {
    connections[Self.key(action.tenant, action.kind)] != nil
  }

  private func connector(of action: ActionRecord) -> any ResponseConnector {
    connections[Self.key(action.tenant, action.kind)] ?? environment
  }

  /// Commits that an action is handed over.
  ///
  /// - Returns: whether it is to be executed; not where another has done before what it would do.
  private mutating func start(_ action: ActionRecord, _ connector: String) throws -> Bool {
    let done = try store.write { writer -> ActionStatus? in
      let current = try writer.incidents.action(id: action.id) ?? action
      if let remedy = try writer.remedy(before: current) {
        let why = "\(remedy.reference) did \(remedy.kind.rawValue) with the mail before"
        let step = ActionStep(status: .alreadyRemediated, comment: why)
        return try writer.advance(current, step, by: .response) == nil ? step.status : nil
      }
      let step = ActionStep(status: .running, connector: connector)
      return try writer.advance(current, step, by: .response) == nil ? step.status : nil
    }
    guard let done else { return false }
    if done != .running { outcome.counts[done, default: 0] += 1 }
    return done == .running
  }

  /// Commits what became of an action that is running.
  private mutating func end(_ action: ActionRecord, _ result: ActionOutcome) throws {
    try store.write { writer in
      let current = try writer.incidents.action(id: action.id) ?? action
      _ = try writer.advance(current, ActionStep(result), by: .response)
    }
    outcome.counts[result.status, default: 0] += 1
  }

  /// Executes and ends an action in one transaction.
  private mutating func executeHere(
    _ action: ActionRecord,
    _ execution: any OwnExecution
  ) throws {
    let status = try store.write { writer -> ActionStatus? in
      guard let approved = try writer.incidents.action(id: action.id) else { return nil }
      let step = ActionStep(status: .running, connector: OwnExecutions.name)
      if try writer.advance(approved, step, by: .response) != nil { return nil }
      guard let running = try writer.incidents.action(id: action.id) else { return nil }
      let result = try execution.execute(running, writer)
      _ = try writer.advance(running, ActionStep(result), by: .response)
      return result.status
    }
    if let status { outcome.counts[status, default: 0] += 1 }
  }
}

extension ActionStep {
  init(_ outcome: ActionOutcome) {
    self.init(
      status: outcome.status,
      comment: outcome.detail,
      before: outcome.before.isEmpty ? nil : outcome.before
    )
  }
}
