import Alerts
import Columnar
import GRDB
import OperationalStore

/// An incident as blocks keep it: a number for each column.
struct QueueRow {
  var cells = [Int64](repeating: 0, count: QueueColumn.allCases.count)

  subscript(column: QueueColumn) -> Int64 {
    get { cells[column.rawValue] }
    set { cells[column.rawValue] = newValue }
  }
}

extension QueueRow {
  /// Where a status stands in lists; 0 is no incident.
  static func place(of status: IncidentStatus) -> Int64 {
    switch status {
    case .active: 1
    case .awaitingAction: 2
    case .inProgress: 3
    case .redirected: 4
    case .resolved: 5
    }
  }

  /// Reads an incident; nil where there is none.
  init?(_ id: Int64, _ reader: some IncidentReading, _ words: inout QueueWords) throws {
    let found = try reader.rows("SELECT * FROM incidents WHERE id = ?", [id]) { row in
      (Incident(row), row["service_count"] as Int64)
    }
    guard let (incident, services) = found.first else { return nil }
    fill(incident)
    self[.services] = services
    self[.tenant] = try words.number(.tenant, incident.tenant)
    self[.name] = try words.number(.name, incident.name)
    self[.assignee] = try incident.assignedTo.map { try words.number(.assignee, $0) } ?? 0
    let classification = incident.classification
    self[.classification] = try words.number(.classification, classification.classification)
    self[.determination] = try words.number(.determination, classification.determination)
    let tags = Set(try reader.tags(of: id).map { $0.lowercased() })
    self[.tag] = try words.set(.tag, tags.sorted())
    try fillFacets(of: id, reader, &words)
  }

  private mutating func fill(_ incident: Incident) {
    self[.status] = Self.place(of: incident.status)
    self[.severity] = Int64(incident.severity.rank)
    self[.priority] = Int64(incident.priority)
    self[.alerts] = Int64(incident.alertCount)
    self[.devices] = Int64(incident.deviceCount)
    self[.users] = Int64(incident.userCount)
    self[.mailboxes] = Int64(incident.mailboxCount)
    self[.actions] = Int64(incident.pendingActions)
    self[.number] = Int64(incident.reference.number)
    self[.created] = incident.created.ticks
    self[.updated] = incident.updated.ticks
    self[.firstActivity] = incident.firstActivity.ticks
    self[.lastActivity] = incident.lastActivity.ticks
  }

  private mutating func fillFacets(
    of id: Int64,
    _ reader: some IncidentReading,
    _ words: inout QueueWords
  ) throws {
    let facets = try reader.rows(
      """
      SELECT kind, value FROM incident_facets WHERE incident = ? AND kind <> 'entity'
      ORDER BY kind, value
      """,
      [id]
    ) { (kind: $0[0] as String, value: $0[1] as String) }
    for (kind, group) in Dictionary(grouping: facets, by: \.kind) {
      guard let column = QueueColumn.facets[kind] else { continue }
      self[column] = try words.set(column, group.map(\.value))
    }
  }
}
