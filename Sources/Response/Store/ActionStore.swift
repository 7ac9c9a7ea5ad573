public import Columnar
import GRDB
public import Incidents
public import OperationalStore

/// The action centre of a store: what is asked for, decided, executed and taken back.
public struct ActionStore: Sendable {
  package let incidents: IncidentStore

  let limits: RemediationLimits

  public init(_ incidents: IncidentStore, limits: RemediationLimits = .product) {
    self.incidents = incidents
    self.limits = limits
  }

  public var now: DateTime { incidents.now }

  /// Changes actions and what hangs on them in one transaction.
  package func write<Value>(_ body: (ResponseWriter) throws -> Value) throws(StoreFailure) -> Value
  {
    try incidents.write { try body(ResponseWriter($0, limits: limits)) }
  }

  package func read<Value>(_ body: (IncidentReader) throws -> Value) throws(StoreFailure) -> Value {
    try incidents.database.read { try body(IncidentReader(database: $0)) }
  }

  /// An action with its history, oldest first.
  public func action(
    _ reference: ResponseReference
  ) throws -> (action: ActionRecord, history: [ActionChange]) {
    let found = try read { reader -> (ActionRecord, [ActionChange])? in
      guard let action = try reader.action(reference) else { return nil }
      let history = try reader.rows(
        "SELECT * FROM action_history WHERE action = ? ORDER BY id",
        [action.id]
      )
      return (action, history.map(ActionChange.init))
    }
    guard let found else { throw ResponseFailure.missing("action", reference.description) }
    return found
  }

  /// How many actions of each tenant wait for approval.
  public func pendingCounts(
    of tenants: [String]
  ) throws(StoreFailure) -> [(tenant: String, count: Int)] {
    try read { reader in
      try tenants.map { tenant in
        let found = try reader.rows(
          "SELECT count(*) AS count FROM actions WHERE status = 'pending' AND tenant = ?",
          [tenant]
        )
        return (tenant, found.first?["count"] ?? 0)
      }
    }
  }

  /// Keeps actions that somebody asks for; those of the same alert and effect once.
  ///
  /// - Returns: the action of each request, and whether it was made just now.
  public func propose(
    _ requests: [ActionRequest],
    by actor: Actor
  ) throws(StoreFailure) -> [(action: ActionRecord, isNew: Bool)] {
    try write { writer in
      try requests.compactMap { request in
        let (id, isNew) =
          switch try writer.propose(request, by: actor) {
          case .made(let id): (id, true)
          case .known(let id), .waits(let id): (id, false)
          }
        return try writer.incidents.action(id: id).map { ($0, isNew) }
      }
    }
  }

  /// Fills in which alert or incident requests are about.
  public func bind(
    _ requests: [ActionRequest],
    alert: String?,
    incident: IncidentReference?
  ) throws -> [ActionRequest] {
    let found = try read { reader -> Result<[ActionRequest], ResponseFailure> in
      var bound = requests
      for index in bound.indices {
        let tenant = bound[index].tenant
        if let alert {
          guard let known = try reader.alert(alert, tenant) else {
            return .failure(ResponseFailure("the tenant '\(tenant)' has no alert '\(alert)'"))
          }
          bound[index].alert = known.key
        }
        if let incident {
          guard let known = try reader.incident(incident), known.tenant == tenant else {
            return .failure(
              ResponseFailure("the tenant '\(tenant)' has no incident '\(incident)'")
            )
          }
          bound[index].incident = known.id
        }
      }
      return .success(bound)
    }
    return try found.get()
  }
}
