import ArgumentParser
import FileAccess
import Testing

@testable import HarrierCommand

/// For whom a running schedule works, as tenants and grants come and go.
struct ScheduleWatchTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  /// The schedule as it is when the command starts.
  private func watch(_ rest: String...) throws -> (ScheduleCommand, ScheduleWatch) {
    let words = ["schedule", "--store", store.path] + rest
    let command = try #require(try Harrier.parseAsRoot(words) as? ScheduleCommand)
    return (command, try command.watch(try command.place.openRules()))
  }

  @Test("O10: a tenant that comes later is worked for, a suspended one no more")
  func tenants() throws {
    try store.addAlerts("x1", of: "alpha")
    let (command, watch) = try watch()
    #expect(watch.opened.tenants == ["alpha"])
    #expect(try watch.change(command.place.selection) == nil)
    try store.addAlerts("x1", of: "beta")
    let grown = try #require(try watch.change(command.place.selection))
    #expect(grown.tenants == ["alpha", "beta"])
    try store.run("tenants suspend STORE alpha")
    let rest = try #require(try command.watch(grown).change(command.place.selection))
    #expect(rest.tenants == ["beta"])
  }

  @Test("O10: a grant that is taken back holds no longer; others of the selection go on")
  func grants() throws {
    try store.addAlerts("x1", of: "alpha")
    try store.addAlerts("x1", of: "beta")
    try store.run("access add STORE eng")
    try store.run("access grant STORE eng engineer --for alpha,beta")
    let (command, watch) = try watch("--as", "eng", "--tenant", "alpha,beta")
    #expect(watch.opened.tenants == ["alpha", "beta"])
    try store.run("access revoke STORE eng engineer --for alpha")
    let rest = try #require(try watch.change(command.place.selection))
    #expect(rest.tenants == ["beta"])
    try store.run("access remove STORE eng")
    let none = try #require(try command.watch(rest).change(command.place.selection))
    #expect(none.tenants.isEmpty)
  }

  @Test("O10: the step behind rules correlates the principal's tenants alone") func step() throws {
    try store.addAlerts("x1", of: "alpha")
    try store.addAlerts("x1", of: "beta")
    try store.run("access add STORE eng")
    try store.run("access grant STORE eng engineer --for alpha")
    let row = """
      {"Timestamp":"2026-01-10T00:00:00Z","AlertId":"b2","Title":"T","Severity":"High",\
      "ServiceSource":"Microsoft Defender for Endpoint"}
      """
    let info = try store.file("info.ndjson", row)
    let evidence = try store.file(
      "evidence.ndjson",
      #"{"Timestamp":"2026-01-10T00:00:00Z","AlertId":"b2","EntityType":"Machine","DeviceId":"d"}"#
    )
    try store.run("ingest --store STORE --tenant beta --table AlertInfo \(info)")
    try store.run("ingest --store STORE --tenant beta --table AlertEvidence \(evidence)")
    let (_, watch) = try watch("--as", "eng")
    try #require(watch.response).step(Console(output: MemoryOutput(), notes: MemoryOutput()))
    let before = try store.run("incidents list --store STORE --tenant beta --format csv").output
    #expect(before.split(separator: "\n").count == 2)
    try store.run("rules run --store STORE")
    let after = try store.run("incidents list --store STORE --tenant beta --format csv").output
    #expect(after.split(separator: "\n").count == 3)
  }
}
