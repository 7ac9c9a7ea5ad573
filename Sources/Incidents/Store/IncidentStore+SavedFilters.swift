import GRDB
import OperationalStore

/// A filter that a principal keeps by a name.
public struct SavedFilter: Sendable, Equatable {
  public let name: String
  public let filter: IncidentFilter
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
  public func savedFilters(of principal: String) throws -> [SavedFilter] {
    let rows = try database.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM saved_filters WHERE principal = ? ORDER BY name",
        arguments: [principal]
      )
      .map { (name: $0["name"] as String, text: $0["text"] as String) }
    }
    return try rows.map { SavedFilter(name: $0.name, filter: try IncidentFilter(reading: $0.text)) }
  }

  /// A filter by its name.
  public func savedFilter(_ name: String, of principal: String) throws -> SavedFilter {
    if let found = try savedFilters(of: principal).first(where: { $0.name == name }) {
      return found
    }
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
