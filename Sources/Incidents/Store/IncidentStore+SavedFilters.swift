import GRDB
import OperationalStore

/// A filter that a principal keeps by a name.
public struct SavedFilter: Sendable, Equatable {
  public let name: String
  /// As it was kept.
  public let text: String
  /// Why it lets nothing through any more, where an earlier release took what is refused now.
  public let refusal: IncidentFailure?

  /// Reads the filter.
  public func filter() throws(IncidentFailure) -> IncidentFilter {
    if let refusal {
      throw IncidentFailure(
        "the filter '\(name)' is refused: \(refusal); keep another by its name with 'harrier "
          + "incidents filters --save', or --delete it"
      )
    }
    return try IncidentFilter(reading: text)
  }
}

extension IncidentStore {
  /// Keeps a filter, in its canonical text; one of the same name is replaced.
  ///
  /// - Parameter tenants: whose words it may have beyond those that are known.
  public func save(
    _ filter: IncidentFilter,
    as name: String,
    of principal: String,
    tenants: [String] = []
  ) throws {
    if name.isEmpty || name.utf8.count > 128 || name.contains("\n") {
      throw IncidentFailure("the name of a filter has 1 to 128 bytes and one line")
    }
    try check(filter, of: tenants)
    try database.write { database in
      try database.execute(
        sql: """
          INSERT INTO saved_filters (principal, name, text) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET text = excluded.text
          """,
        arguments: [principal, name, filter.text]
      )
    }
  }

  /// The filters of a principal by their names.
  ///
  /// - Parameter tenants: whose words they may have beyond those that are known.
  public func savedFilters(
    of principal: String,
    tenants: [String] = []
  ) throws -> [SavedFilter] {
    let rows = try database.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM saved_filters WHERE principal = ? ORDER BY name",
        arguments: [principal]
      )
      .map { (name: $0["name"] as String, text: $0["text"] as String) }
    }
    return try rows.map { row in
      SavedFilter(
        name: row.name,
        text: row.text,
        refusal: try refusal(of: row.text, tenants: tenants)
      )
    }
  }

  /// Why a text is no filter of incidents of tenants; nil where it is one.
  private func refusal(of text: String, tenants: [String]) throws -> IncidentFailure? {
    do {
      try check(try IncidentFilter(reading: text), of: tenants)
      return nil
    } catch let failure as IncidentFailure {
      return failure
    }
  }

  /// A filter by its name.
  public func savedFilter(
    _ name: String,
    of principal: String,
    tenants: [String] = []
  ) throws -> SavedFilter {
    let all = try savedFilters(of: principal, tenants: tenants)
    if let found = all.first(where: { $0.name == name }) { return found }
    throw IncidentFailure("there is no filter '\(name)'; 'harrier incidents filters' lists them")
  }

  /// Forgets a filter.
  public func deleteSavedFilter(_ name: String, of principal: String) throws {
    _ = try savedFilter(name, of: principal)
    try database.write { database in
      try database.execute(
        sql: "DELETE FROM saved_filters WHERE principal = ? AND name = ?",
        arguments: [principal, name]
      )
    }
  }
}
