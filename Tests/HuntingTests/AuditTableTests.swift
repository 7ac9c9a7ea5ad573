import Columnar
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
}
