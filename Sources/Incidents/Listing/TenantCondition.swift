import GRDB

/// The tenants of a list as a condition of SQL; none where those are all that have incidents.
struct TenantCondition {
  let parts: [String]
  let arguments: [String]

  init(_ tenants: [String], _ database: Database) throws {
    let all = Set(try String.fetchAll(database, sql: "SELECT tenant FROM incident_numbers"))
    let asked = all.intersection(tenants).sorted()
    if asked.count == all.count {
      (parts, arguments) = ([], [])
      return
    }
    let marks = asked.map { _ in "?" }.joined(separator: ",")
    // The sign keeps SQLite from looking for many tenants one after the other.
    let column = asked.count * 4 > all.count ? "+tenant" : "tenant"
    (parts, arguments) = (["\(column) IN (\(marks))"], asked)
  }
}
