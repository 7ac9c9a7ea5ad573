import Alerts
import GRDB
public import OperationalStore

extension IncidentStore {
  /// Marks the open incidents of a tenant whose alerts tell of a critical device, and counts them
  /// anew, since that raises their priority. One that is marked stays so.
  ///
  /// - Parameter names: ids and names of critical devices, in small letters.
  /// - Returns: how many incidents were marked now.
  public func markCritical(
    devices names: Set<String>,
    of tenant: String
  ) throws(StoreFailure) -> Int {
    if names.isEmpty { return 0 }
    let near = try database.read {
      try IncidentReader(database: $0).unmarked(naming: names, of: tenant)
    }
    if near.isEmpty { return 0 }
    return try write { writer in
      try near.count { try writer.markCritical($0, devices: names) }
    }
  }
}

extension IncidentReading {
  /// The open incidents that name something of a list and have no tag for it.
  fileprivate func unmarked(naming names: Set<String>, of tenant: String) throws -> [Int64] {
    try rows(
      """
      SELECT DISTINCT incidents.id AS id FROM json_each(?) AS names
      JOIN incident_facets AS facets ON facets.kind = 'entity' AND facets.value = names.value
      JOIN incidents ON incidents.id = facets.incident
      WHERE incidents.tenant = ? AND incidents.status NOT IN ('resolved', 'redirected')
        AND NOT EXISTS (SELECT 1 FROM incident_tags
          WHERE tag = '\(IncidentWriter.criticalTag)' AND incident = incidents.id)
      ORDER BY incidents.id
      """,
      [StoredJSON.list(names.sorted()), tenant]
    )
    .map { $0["id"] }
  }

  /// The name or id of a critical device in the evidence of an incident.
  fileprivate func criticalDevice(of id: Int64, among names: Set<String>) throws -> String? {
    try rows(
      """
      SELECT DISTINCT kind, identifiers, 1 AS is_impacted, is_strong, '' AS role, '' AS verdict,
        '' AS remediation
      FROM alert_entities
      WHERE kind = 'Host' AND alert IN (SELECT id FROM alerts WHERE incident = ?)
      ORDER BY identifiers
      """,
      [id]
    ) { AssetIdentity(Evidence($0))?.value }
    .first { names.contains($0) }
  }
}

extension IncidentWriter {
  /// The tag of incidents with a critical asset, which adds to their priority.
  static let criticalTag = "Critical asset"

  /// - Returns: whether the incident is marked now and was not before.
  fileprivate func markCritical(_ id: Int64, devices names: Set<String>) throws -> Bool {
    guard let incident = try incident(id), incident.status.isOpen,
      try !tags(of: id).contains(Self.criticalTag),
      let device = try criticalDevice(of: id, among: names)
    else { return false }
    try addTag(Self.criticalTag, to: incident, isSystem: true)
    try note(
      "tag added",
      on: id,
      incident.tenant,
      by: .propagation,
      new: Self.criticalTag,
      comment: "the device \(device) is of high value"
    )
    try count(id)
    return true
  }
}
