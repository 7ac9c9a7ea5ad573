import TableStore
import Testing

@testable import HarrierCommand

/// Setting up the tenants of a store and who may reach them.
struct TenantSetupTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  @Test("O15: the first tenant makes the store, for its owner only") func firstUse() throws {
    #expect(try store.run("tenants add STORE contoso --as ana").code == 1)
    #expect(try store.run("tenants list STORE").code == 1, "there is still no store")
    #expect(try store.run("tenants add STORE contoso --display-name Contoso").code == 0)
    #expect(try store.run("tenants add STORE fabrikam").code == 0)
    let list = try store.run("tenants list STORE --format csv").output
    #expect(list.split(separator: "\n").count == 3)
  }

  @Test("a grant for several tenants is one for each, all or none") func several() throws {
    try store.run("tenants add STORE contoso")
    try store.run("tenants add STORE fabrikam")
    try store.run("access add STORE ana")
    let both = try store.run("access grant STORE ana reader --for contoso,fabrikam")
    #expect(both.code == 0 && both.notes.isEmpty)
    let seen = try store.run("tenants list STORE --as ana --format csv").output
    #expect(seen.split(separator: "\n").count == 3)
    #expect(try store.run("access revoke STORE ana reader --for contoso,adatum").code == 1)
    #expect(try store.run("tenants list STORE --as ana --format csv").output == seen)
    #expect(try store.run("access revoke STORE ana reader --for contoso,fabrikam").code == 0)
    let none = try store.run("tenants list STORE --as ana --format csv").output
    #expect(none.split(separator: "\n").count == 1)
  }

  @Test("what is not there yet is noted, and reached once it is") func later() throws {
    try store.run("tenants add STORE contoso")
    try store.run("access add STORE ana")
    let answer = try store.run("access grant STORE ana reader --for contoso,adatum,group:europe")
    #expect(answer.code == 0)
    #expect(
      answer.notes == "note: there is no tenant 'adatum' yet; the grant holds once there is\n"
        + "note: there is no group 'europe' yet; the grant holds once there is\n"
    )
    try store.run("tenants add STORE adatum")
    let seen = try store.run("tenants list STORE --as ana --format csv").output
    #expect(seen.contains("adatum"))
  }

  @Test("O14: rows and alerts that name a TenantId are of the tenant that has it")
  func routing() throws {
    try store.run("tenants add STORE contoso --id 3f2c9a --display-name Contoso")
    let alert = CommandStore.alert("x1", device: "d", tenantID: "3f2c9a")
    let alerts = try store.file("id.ndjson", alert)
    #expect(try store.run("alerts add --store STORE --by-tenant-id \(alerts)").code == 0)
    let rows = try store.file(
      "rows.ndjson",
      ["3f2c9a", "contoso"].map { #"{"DeviceName":"d","TenantId":"\#($0)"}"# }
        .joined(separator: "\n")
    )
    let ingest = "ingest --store STORE --table DeviceEvents"
    #expect(try store.run("\(ingest) --tenant-column TenantId \(rows)").code == 0)
    let list = try store.run("tenants list STORE --format csv").output
    #expect(list.split(separator: "\n").count == 2, "\(list)")
    let tables = try TableStore.open(store.path, mode: .readOnly).snapshot()
    #expect(tables.tenant("contoso")?.table("DeviceEvents")?.rowCount == 2)
    #expect(try store.run("alerts show --store STORE contoso/x1").code == 0)
    #expect(try store.run("\(ingest) --tenant 3f2c9a \(rows)").code == 1)
    #expect(try store.run("tenants add STORE 3f2c9a").code == 1)
  }

  @Test("an empty name is refused") func emptyName() {
    #expect(throws: (any Error).self) {
      try store.run("access grant STORE ana reader --for contoso,")
    }
  }
}
