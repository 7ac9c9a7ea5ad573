import Alerts
public import Columnar
import GRDB
import OperationalStore

/// An action as the action centre keeps it.
public struct ActionRecord: Sendable, Equatable {
  package let id: Int64
  public let reference: ResponseReference
  public let kind: ActionKind
  public let target: ActionTarget
  public let parameters: [String: String]
  /// What the actions of one request have in common.
  public let approval: String
  public let name: String
  /// In the words of ``ActionSource``.
  public let source: String
  public let status: ActionStatus
  /// What the connector said, or why it is as it is.
  public let detail: String
  /// What it was handed to; empty where it was not executed yet.
  public let connector: String
  /// The state that it ended, such as the location of a mail.
  public let before: String
  public let requestedBy: String
  public let isSystem: Bool
  public let requested: DateTime
  public let expires: DateTime?
  public let decidedBy: String?
  public let decided: DateTime?
  public let started: DateTime?
  public let ended: DateTime?
  /// The number of its incident in its tenant.
  public let incidentNumber: Int64?
  /// The number of the investigation that recommends it.
  public let investigationNumber: Int64?
  /// The id of its alert, as the alert's product knows it.
  public let alertID: String?
  /// The action that it takes back.
  public let undoes: ResponseReference?
  package let alert: String?
  package let incident: Int64?
  package let investigation: Int64?
  package let undoesID: Int64?

  public var tenant: String { reference.tenant }

  /// Whether somebody had to approve it first.
  public var wasProposed: Bool { expires != nil }

  /// All columns that a record is made of.
  static let query = """
    SELECT actions.*, incidents.number AS incident_number,
      investigations.number AS investigation_number, undone.number AS undone_number,
      coalesce(alerts.provider_id, alerts.id) AS alert_id
    FROM actions
    LEFT JOIN incidents ON incidents.id = actions.incident
    LEFT JOIN investigations ON investigations.id = actions.investigation
    LEFT JOIN actions AS undone ON undone.id = actions.undoes
    LEFT JOIN alerts ON alerts.id = actions.alert
    """

  /// nil for an action of a kind or status that this version does not know.
  init?(_ row: StatementRow) {
    guard let kind = ActionKind(rawValue: row["kind"]),
      let status = ActionStatus(rawValue: row["status"])
    else { return nil }
    id = row["id"]
    self.kind = kind
    self.status = status
    reference = ResponseReference(tenant: row["tenant"], number: row["number"])
    target = ActionTarget(stored: row["target"])
    parameters = Dictionary(StoredJSON.members(row["parameters"])) { first, _ in first }
    approval = row["approval"]
    name = row["name"]
    source = row["source"]
    detail = row["detail"]
    connector = row["connector"]
    before = row["before"]
    requestedBy = row["requested_by"]
    isSystem = row["is_system"]
    requested = DateTime(ticks: row["requested"])
    expires = Self.time(row["expires"])
    decidedBy = row["decided_by"]
    decided = Self.time(row["decided"])
    started = Self.time(row["started"])
    ended = Self.time(row["ended"])
    incidentNumber = row["incident_number"]
    investigationNumber = row["investigation_number"]
    alertID = row["alert_id"]
    undoes = (row["undone_number"] as Int?).map {
      ResponseReference(tenant: row["tenant"], number: $0)
    }
    alert = row["alert"]
    incident = row["incident"]
    investigation = row["investigation"]
    undoesID = row["undoes"]
  }

  private static func time(_ ticks: Int64?) -> DateTime? { ticks.map { DateTime(ticks: $0) } }
}

/// A change of an action; none of it is ever changed.
public struct ActionChange: Sendable, Equatable {
  public let at: DateTime
  public let actor: String
  public let isSystem: Bool
  public let status: String
  public let comment: String

  init(_ row: Row) {
    at = DateTime(ticks: row["at"])
    actor = row["actor"]
    isSystem = row["is_system"]
    status = row["status"]
    comment = row["comment"]
  }
}
