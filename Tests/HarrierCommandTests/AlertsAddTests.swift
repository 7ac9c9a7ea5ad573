import Testing

@testable import HarrierCommand

/// Several files of alerts at once.
struct AlertsAddTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  /// A file with an alert of each of some tenants.
  private func file(_ name: String, _ tenants: Range<Int>) throws -> String {
    let lines = tenants.map {
      CommandStore.alert("a\($0)", device: "d\($0)", tenantID: "t\($0)")
    }
    return try store.file(name, lines.joined(separator: "\n"))
  }

  @Test("where a later file names more tenants than a view holds, nothing of any is kept")
  func tooMany() throws {
    let (first, second) = (try file("1.ndjson", 0..<3), try file("2.ndjson", 3..<101))
    let refused = try store.run("alerts add --store STORE --by-tenant-id \(first) \(second)")
    #expect(refused.code == 1)
    let list = try store.run("alerts list --store STORE --format csv").output
    #expect(list.split(separator: "\n").count == 1, "the names of the columns alone")
    let tenants = try store.run("tenants list STORE --format csv").output
    #expect(tenants.split(separator: "\n").count == 1)
  }

  @Test("and where a later file has a mistake") func mistake() throws {
    let first = try file("1.ndjson", 0..<3)
    let second = try store.file("2.ndjson", "{\"id\":\n")
    #expect(try store.run("alerts add --store STORE --by-tenant-id \(first) \(second)").code == 1)
    let list = try store.run("alerts list --store STORE --format csv").output
    #expect(list.split(separator: "\n").count == 1)
  }

  @Test("files of tenants that fit are all taken") func fits() throws {
    let (first, second) = (try file("1.ndjson", 0..<2), try file("2.ndjson", 2..<4))
    let answer = try store.run("alerts add --store STORE --by-tenant-id \(first) \(second)")
    #expect(answer.code == 0, "\(answer.notes)")
    let tenants = try store.run("tenants list STORE --format csv").output
    #expect(tenants.split(separator: "\n").count == 5)
  }

  @Test("an alert that names no tenant is refused with advice that holds, whatever --tenant says")
  func nameless() throws {
    let alerts = ["", "a\\u0007b"].enumerated().map { place, tenant in
      CommandStore.alert("a\(place)", device: "d", tenantID: tenant)
    }
    let path = try store.file("1.ndjson", alerts.joined(separator: "\n"))
    let answer = try store.run("alerts add --store STORE --by-tenant-id --tenant x \(path)")
    #expect(answer.code == 1)
    #expect(answer.notes.contains("'a0' names no tenant as 'tenantId'; --by-tenant-id finds"))
    #expect(answer.notes.contains("'a1' names a tenant that cannot be,"), "\(answer.notes)")
    #expect(try store.run("alerts add --store STORE --tenant x \(path)").code == 0)
  }
}
