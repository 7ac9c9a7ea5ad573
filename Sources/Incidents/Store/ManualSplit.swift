import GRDB
import OperationalStore

/// Which alerts people moved between incidents.
extension IncidentReading {
  /// Whether a person moved an alert from one of two incidents to the other, or between those that
  /// were merged into them: they said that these are not one.
  func areSplitByHand(_ one: Incident, _ other: Incident) throws -> Bool {
    if try !hasMovesByHand(one.tenant) { return false }
    let ones = try lineage(of: one)
    let others = Set(try lineage(of: other).map(\.reference.description))
    let names = Set(ones.map(\.reference.description))
    return try ones.contains { incident in
      try movesByHand(of: incident).contains { move in
        names.contains(move.old) && others.contains(move.new)
          || others.contains(move.old) && names.contains(move.new)
      }
    }
  }

  /// An incident, and those that were merged into it.
  func lineage(of incident: Incident) throws -> [Incident] {
    var found = [incident]
    var next = 0
    while next < found.count {
      let merged = try rows(
        "SELECT old FROM history WHERE incident = ? AND action = 'merged in' ORDER BY id",
        [found[next].id]
      ) { $0[0] as String }
      for text in merged {
        guard let reference = try? IncidentReference(reading: text, tenants: [incident.tenant]),
          let source = try self.incident(reference), !found.contains(where: { $0.id == source.id })
        else { continue }
        found.append(source)
      }
      next += 1
    }
    return found
  }

  /// Whether people moved any alerts of a tenant; where they did not, there is no need to look at
  /// histories.
  private func hasMovesByHand(_ tenant: String) throws -> Bool {
    try !rows(
      """
      SELECT 1 FROM history WHERE tenant = ? AND action = 'alert moved' AND is_system = 0 LIMIT 1
      """,
      [tenant]
    )
    .isEmpty
  }

  /// From where to where; each move is in the histories of both.
  private func movesByHand(of incident: Incident) throws -> [(old: String, new: String)] {
    try rows(
      """
      SELECT old, new FROM history
      WHERE tenant = ? AND incident = ? AND action = 'alert moved' AND is_system = 0
      """,
      [incident.tenant, incident.id]
    ) { ($0[0], $0[1]) }
  }
}
