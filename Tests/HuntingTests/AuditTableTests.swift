import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import OperationalStore
import Tenancy
import Testing

/// The audit trail as a table.
struct AuditTableTests {
  @Test("each tenant has the entries that name it") func entries() throws {
    let folder = try TemporaryFolder()
    let table = AuditTable(store: folder.path)
    #expect(try table.rows(of: "AuditLog", tenant: "alpha").rowCount == 0)
    let access = try #require(try AccessStore.open(store: folder.path, access: .readWrite))
    try access.note("hunt", by: .owner, on: "alpha,beta", detail: "T | take 1")
    try access.note("incident changed", by: .owner, on: "beta", detail: "1: done")
    let later = AuditTable(store: folder.path)
    let expected = [("alpha", 1), ("beta", 2), ("gamma", 0), ("alph", 0)]
    for (tenant, count) in expected {
      #expect(try later.rows(of: "AuditLog", tenant: tenant).rowCount == count, "\(tenant)")
    }
  }

  @Test("what is about the store is in each tenant, what is granted for some in those")
  func store() throws {
    let folder = try TemporaryFolder()
    let access = try #require(try AccessStore.open(store: folder.path, access: .readWrite))
    // A tenant has the name of a principal, whose grants are not about it.
    let tenants = ["alpha", "beta", "ana"]
    try access.setGroup("g", to: ["beta"], by: .owner)
    try access.addPrincipal("ana", by: .owner)
    let targets: [GrantTarget] = [.tenant("alpha"), .group("g"), .allTenants]
    for target in targets {
      try access.grant(
        [.hunt, .readIncidents],
        to: "ana",
        for: [target],
        expiresAt: nil,
        by: .owner,
        present: tenants
      )
    }
    try access.note("tuning added", by: .owner, on: "all", detail: "quiet for all")
    try access.note("hunt", by: .owner, on: "group:g", detail: "refused: not yours")
    #expect(throws: AccessFailure.self) { try access.addPrincipal("ana", by: .owner) }
    let table = AuditTable(store: folder.path)
    let trail = try access.audit(last: .max)
    #expect(trail.count == 8)
    let expected: [(String, [Int64])] = [
      ("alpha", [2, 3, 5, 6, 8]), ("beta", [1, 2, 4, 5, 6, 7, 8]),
      ("ana", [2, 5, 6, 8]),
    ]
    for (tenant, numbers) in expected {
      #expect(try sequences(table, tenant) == numbers, "\(tenant)")
    }
  }

  private func sequences(_ table: AuditTable, _ tenant: String) throws -> [Int64] {
    let rows = try table.rows(of: "AuditLog", tenant: tenant)
    let place = try #require(rows.schema.index(of: "Sequence"))
    var found: [Int64] = []
    try QueryResult(schema: rows.schema, batches: rows.chunks).forEachRow { row in
      if case .long(let number) = row[place] { found.append(number) }
    }
    return found
  }
}
