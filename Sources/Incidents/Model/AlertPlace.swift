public import OperationalStore

/// In which incident an alert is, and why.
public struct AlertPlace: Sendable {
  /// nil where it waits for one, or its rule makes none.
  public let incident: IncidentReference?
  public let links: [AlertLink]

  static let none = AlertPlace(incident: nil, links: [])
}

extension IncidentStore {
  /// In which incidents alerts are, in their order.
  public func places(of alerts: [IncidentAlert]) throws(StoreFailure) -> [AlertPlace] {
    try database.read { database in
      let reader = IncidentReader(database: database)
      var references: [Int64: IncidentReference] = [:]
      return try alerts.map { alert in
        guard let id = alert.incident else { return .none }
        if references[id] == nil { references[id] = try reader.incident(id)?.reference }
        return AlertPlace(incident: references[id], links: try reader.links(of: alert))
      }
    }
  }
}

extension IncidentDetails {
  /// Why each of its alerts is in it, in their order.
  public var alertPlaces: [AlertPlace] {
    alerts.map { AlertPlace(incident: incident.reference, links: links[$0.id] ?? []) }
  }
}
