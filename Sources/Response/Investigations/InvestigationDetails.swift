public import Columnar
import GRDB
public import Incidents

/// A step of an investigation as its log has it.
public struct InvestigationStep: Sendable, Equatable {
  public let name: String
  public let at: DateTime
  /// The query with its values.
  public let query: String
  public let found: Int
  public let isFailed: Bool
  public let detail: String
}

/// An action that an investigation asked for, in short.
public struct InvestigationAction: Sendable, Equatable {
  public let reference: ResponseReference
  public let kind: String
  public let target: ActionTarget
  public let status: ActionStatus
  public let detail: String
  public let name: String
}

/// Mails that were found to belong together, with how many they were then.
public struct InvestigationCluster: Sendable, Equatable {
  public let name: String
  public let threat: String
  public let mails: Int
}

/// All that is shown of an investigation.
public struct InvestigationDetails: Sendable {
  public let investigation: Investigation
  public let steps: [InvestigationStep]
  public let entities: [InvestigationEntity]
  public let clusters: [InvestigationCluster]
  public let actions: [InvestigationAction]
  public let alerts: [IncidentAlert]
  public let incident: IncidentReference?

  init(_ investigation: Investigation, _ reader: IncidentReader) throws {
    self.investigation = investigation
    let id = investigation.id
    steps = try reader.rows(
      "SELECT * FROM investigation_steps WHERE investigation = ? ORDER BY position",
      [id]
    )
    .map { row in
      InvestigationStep(
        name: row["name"],
        at: DateTime(ticks: row["at"]),
        query: row["query"],
        found: row["found"],
        isFailed: row["is_failed"],
        detail: row["detail"]
      )
    }
    entities = try reader.rows(
      "SELECT * FROM investigation_entities WHERE investigation = ? ORDER BY position",
      [id]
    )
    .compactMap(InvestigationEntity.init)
    clusters = try reader.rows(
      "SELECT * FROM investigation_clusters WHERE investigation = ? ORDER BY position",
      [id]
    )
    .map { InvestigationCluster(name: $0["name"], threat: $0["threat"], mails: $0["mails"]) }
    let own = IncidentReader.ofInvestigation
    actions = try reader.rows("SELECT * FROM actions WHERE \(own) ORDER BY id", [id])
      .map { row in
        InvestigationAction(
          reference: ResponseReference(tenant: row["tenant"], number: row["number"]),
          kind: row["kind"],
          target: ActionTarget(stored: row["target"]),
          status: ActionStatus(rawValue: row["status"]) ?? .failed,
          detail: row["detail"],
          name: row["name"]
        )
      }
    alerts = try [investigation.alert.flatMap { try reader.alert(key: $0) }].compactMap { $0 }
    incident = try alerts.first?.incident.flatMap { try reader.incident($0)?.reference }
  }
}
