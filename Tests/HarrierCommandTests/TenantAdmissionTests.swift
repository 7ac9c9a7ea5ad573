import FileAccess
import HarrierTesting
import OperationalStore
import TableStore
import Tenancy
import Testing

@testable import HarrierCommand

/// Which tenants rows and alerts may bring into being.
struct TenantAdmissionTests {
  private let folder: TemporaryFolder
  private let store: TableStore

  init() throws {
    folder = try TemporaryFolder()
    store = try TableStore.open(folder.path, mode: .readWrite)
  }

  @Test("as many as a view holds; one more is refused, one that is there is not") func limit()
    throws
  {
    try store.addTenants(Set((1..<TenantScope.mostTenants).map { "t\($0)" }))
    let admission = try TenantAdmission(store)
    try admission.admit("last")
    try admission.admit("last")
    try admission.admit("t1")
    #expect(throws: AccessFailure.self) { try admission.admit("further") }
    #expect(admission.suspended.isEmpty)
  }

  @Test("one that is suspended is told") func suspended() throws {
    try store.addTenants(["a", "b"])
    let access = try #require(try AccessStore.open(store: folder.path, access: .readWrite))
    var change = AccessStore.TenantChange()
    change.status = .suspended
    try access.changeTenant("b", change, by: .owner, present: ["a", "b"])
    let admission = try TenantAdmission(store)
    try admission.admit("a")
    try admission.admit("b")
    #expect(admission.suspended == ["b"])
  }
}
