public import Columnar
import GRDB
public import OperationalStore

/// An action that a rule asks for, before the action centre.
public struct RequestedAction: Sendable, Equatable {
  public let tenant: String
  public let alert: String
  /// The first part of its Graph type, such as `isolateDevice`.
  public let kind: String
  /// Identifiers and values, as a JSON object.
  public let targets: String
  public let requested: DateTime
}

extension DetectionStore {
  /// The actions that a rule asks for in a tenant, oldest first.
  public func requestedActions(
    _ tenant: String,
    _ rule: String
  ) throws(StoreFailure) -> [RequestedAction] {
    try fetch(
      """
      SELECT requested_actions.* FROM requested_actions
      JOIN alerts ON alerts.id = requested_actions.alert
      WHERE requested_actions.tenant = ? AND alerts.rule = ?
      ORDER BY requested_actions.id
      """,
      [tenant, rule]
    ) { row in
      RequestedAction(
        tenant: row["tenant"],
        alert: row["alert"],
        kind: row["kind"],
        targets: row["targets"],
        requested: DateTime(ticks: row["requested"])
      )
    }
  }
}
