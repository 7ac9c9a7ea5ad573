import Columnar
import GRDB

/// Reads the state of the access database in one transaction.
struct AccessReading {
  let database: Database

  func state() throws -> AccessState {
    AccessState(
      tenants: try tenants(),
      groups: try groups(),
      principals: try Set(String.fetchAll(database, sql: "SELECT name FROM principals")),
      grants: try grants()
    )
  }

  private func tenants() throws -> [String: TenantRecord] {
    var found: [String: TenantRecord] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT * FROM tenant_records") {
      let name: String = row["name"]
      let status: String = row["status"]
      found[name] = TenantRecord(
        name: name,
        id: row["tenant_id"],
        displayName: row["display_name"],
        // What cannot be read keeps a tenant out of every view.
        status: TenantRecord.Status(rawValue: status) ?? .suspended
      )
    }
    return found
  }

  private func groups() throws -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT name, tenant FROM tenant_groups") {
      found[row["name"], default: []].insert(row["tenant"])
    }
    return found
  }

  private func grants() throws -> [Grant] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT * FROM grants ORDER BY principal, target, capability"
    )
    return rows.compactMap { row in
      let expires: Int64? = row["expires"]
      // A capability of a newer version grants nothing here.
      guard let capability = Capability(rawValue: row["capability"]) else { return nil }
      return Grant(
        principal: row["principal"],
        capability: capability,
        target: GrantTarget(row["target"]),
        grantedBy: row["granted_by"],
        grantedAt: DateTime(ticks: row["granted"]),
        expiresAt: expires.map { DateTime(ticks: $0) }
      )
    }
  }
}
