import Testing

@testable import HarrierCommand

/// Investigations by hand and submissions, of things that the tenant's data tell of and of others.
struct InvestigationStartTests {
  private let store: CommandStore

  init() throws {
    store = try CommandStore()
    try store.addAlerts("a1", of: "t")
    try store.addAlerts("b1", of: "u")
    try ingest(
      "EmailEvents",
      """
      {"Timestamp":"2026-01-10T00:00:00Z","NetworkMessageId":"m1","DeliveryLocation":"Inbox",\
      "RecipientEmailAddress":"Ann@contoso.example","SenderFromAddress":"eve@evil.example",\
      "EmailDirection":"Inbound"}
      """
    )
    try ingest("DeviceInfo", #"{"Timestamp":"2026-01-10T00:00:00Z","DeviceId":"d1"}"#)
  }

  private func ingest(_ table: String, _ line: String) throws {
    let path = try store.file(table + ".ndjson", line + "\n")
    let answer = try store.run("ingest --store STORE --tenant t --table \(table) \(path)")
    #expect(answer.code == 0, "\(answer.notes)")
  }

  @Test(
    "what the data of the tenant tell of is investigated, and counts as started",
    arguments: [
      "--mail m1", "--mail M1 --recipient ann@contoso.example", "--user ANN@contoso.example",
      "--device d1", "--device t-a1",
    ]
  ) func known(_ subject: String) throws {
    let answer = try store.run("investigations start --store STORE --tenant t \(subject)")
    #expect(answer.code == 0, "\(answer.notes)")
    #expect(answer.notes.contains("investigations: 1 started, 1 concluded"), "\(answer.notes)")
  }

  @Test(
    "what they do not tell of is refused, and nothing is raised",
    arguments: [
      ("--mail m2", "has no mail 'm2'"),
      (
        "--mail m1 --recipient bob@contoso.example",
        "the mail 'm1' of 't' has no recipient 'bob@contoso.example'"
      ),
      ("--user bob@contoso.example", "has no user 'bob@contoso.example'"),
      ("--user eve@evil.example", "has no user 'eve@evil.example'"),
      ("--device d2", "has no device 'd2'"), ("--device u-b1", "has no device 'u-b1'"),
    ]
  ) func unknown(_ subject: String, _ words: String) throws {
    let answer = try store.run("investigations start --store STORE --tenant t \(subject)")
    #expect(answer.code == 1)
    #expect(answer.notes.contains(words), "\(answer.notes)")
    let alerts = try store.run("alerts list --store STORE --tenant t --format csv").output
    #expect(alerts.split(separator: "\n").count == 2)
  }

  @Test("a mail is handed in as EmailEvents know it") func submissions() throws {
    let add = "submissions add --store STORE --tenant t --category phishing --mail "
    #expect(try store.run(add + "m1 --recipient ann@contoso.example").code == 0)
    let unknown = try store.run(add + "m2 --recipient ann@contoso.example --user")
    #expect(unknown.code == 1 && unknown.notes.contains("has no mail 'm2'"))
    let list = try store.run("submissions list --store STORE --format csv").output
    #expect(list.split(separator: "\n").count == 2)
  }
}
