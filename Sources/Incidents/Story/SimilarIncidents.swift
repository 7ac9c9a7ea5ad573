import GRDB
public import OperationalStore

/// An incident of the same tenant that has much in common with another.
public struct SimilarIncident: Sendable {
  public let incident: Incident
  /// From 0 to 1: the share of what tells the first incident from others.
  public let score: Double
  /// What they share, by what it is, such as `entity: srv-1.contoso.com`.
  public let shared: [String]
}

extension IncidentStore {
  /// Incidents that share entities, titles of alerts, techniques, rules and threats with an
  /// incident, the most alike first. What many incidents have counts little.
  public func similar(to incident: Incident, limit: Int = 10) throws(StoreFailure)
    -> [SimilarIncident]
  {
    try database.read { database in
      try Similarity(database: database, incident: incident).best(limit)
    }
  }
}

/// Weighs what incidents have in common.
private struct Similarity {
  let database: Database
  let incident: Incident

  /// How much one thing of a kind says; kinds that say where alerts come from say nothing.
  private static let weights: [String: Double] = [
    "entity": 1, "title": 1.5, "technique": 0.5, "rule": 1, "threat": 1.5, "category": 0.25,
  ]
  /// From here on incidents have something to do with each other.
  private static let least = 0.15

  /// Something of the incident, and which others have it.
  private struct Trait {
    let text: String
    let weight: Double
    let others: [Int64]
  }

  func best(_ limit: Int) throws -> [SimilarIncident] {
    let traits = try facets() + titles()
    let whole = traits.reduce(0) { $0 + $1.weight }
    if whole == 0 { return [] }
    var found: [Int64: (score: Double, shared: [String])] = [:]
    for trait in traits {
      for other in trait.others {
        found[other, default: (0, [])].score += trait.weight / whole
        found[other]?.shared.append(trait.text)
      }
    }
    let ranked = found.filter { $0.value.score >= Self.least }
      .sorted { ($1.value.score, $0.key) < ($0.value.score, $1.key) }
    let reader = IncidentReader(database: database)
    return try ranked.prefix(limit).compactMap { id, match in
      try reader.incident(id).map {
        SimilarIncident(incident: $0, score: match.score, shared: match.shared.sorted())
      }
    }
  }

  private func facets() throws -> [Trait] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT kind, value FROM incident_facets WHERE incident = ? ORDER BY kind, value",
      arguments: [incident.id]
    )
    let known = try assetNames()
    return try rows.compactMap { row in
      let (kind, value): (String, String) = (row["kind"], row["value"])
      guard let weight = Self.weights[kind], kind != "entity" || known.contains(value) else {
        return nil
      }
      let others = try Int64.fetchAll(
        database,
        sql: """
          SELECT facets.incident FROM incident_facets AS facets
          JOIN incidents ON incidents.id = facets.incident
          WHERE facets.kind = ? AND facets.value = ? AND incidents.tenant = ?
            AND incidents.id <> ? AND incidents.status <> 'redirected'
          LIMIT 1000
          """,
        arguments: [kind, value, incident.tenant, incident.id]
      )
      return trait(kind, value, weight, others)
    }
  }

  /// Names that tell a user or device of the incident from all others.
  private func assetNames() throws -> Set<String> {
    let reader = IncidentReader(database: database)
    let evidence = try reader.alerts(of: incident.id).flatMap { alert in
      try reader.evidence(ofAlert: alert.key)
    }
    return Set(CorrelationKeys(evidence).assets.flatMap(\.names))
  }

  private func titles() throws -> [Trait] {
    let titles = try String.fetchAll(
      database,
      sql: "SELECT DISTINCT title FROM alerts WHERE incident = ? ORDER BY title",
      arguments: [incident.id]
    )
    return try titles.map { title in
      let others = try Int64.fetchAll(
        database,
        sql: """
          SELECT DISTINCT alerts.incident FROM alerts
          JOIN incidents ON incidents.id = alerts.incident
          WHERE alerts.tenant = ? AND alerts.title = ? AND alerts.incident <> ?
            AND incidents.status <> 'redirected'
          LIMIT 1000
          """,
        arguments: [incident.tenant, title, incident.id]
      )
      return trait("title", title, Self.weights["title"] ?? 1, others)
    }
  }

  private func trait(_ kind: String, _ value: String, _ weight: Double, _ others: [Int64]) -> Trait
  {
    // What a hundred have says a tenth of what one has.
    let rarity = 1 / Double(max(1, others.count)).squareRoot()
    return Trait(text: "\(kind): \(value)", weight: weight * rarity, others: others)
  }
}
