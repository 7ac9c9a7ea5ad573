import Testing

@testable import HarrierCommand

/// Options that take an alert, in a store where two tenants have alerts of one id.
struct AlertOptionTests {
  private let store: CommandStore

  init() throws {
    store = try CommandStore()
    for (tenant, ids) in [("t", ["a1", "t1"]), ("u", ["a1"])] {
      let lines = ids.map { id in
        CommandStore.alert(id, device: "\(tenant)-\(id)")
          .replacing("\"Execution\"", with: "\"Malware\"")
      }
      let path = try store.file("\(tenant).ndjson", lines.joined(separator: "\n"))
      try store.run("investigations settings set --store STORE --tenant \(tenant) none")
      let answer = try store.run("alerts add --store STORE --tenant \(tenant) \(path)")
      #expect(answer.code == 0, "\(answer.notes)")
    }
  }

  private static let ambiguous =
    "the alert 'a1' may be of several tenants, 't', 'u'; write TENANT/ID as in t/a1"

  @Test(
    "an alert is named as TENANT/ID, or by its id where one tenant has it",
    arguments: [
      ("--alert u/a1", "u/"), ("--tenant u --alert a1", "u/"), ("--alert t1", "t/"),
      ("--tenant u --alert u/a1", "u/"),
    ]
  ) func named(_ option: String, _ tenant: String) throws {
    let started = try store.run("investigations start --store STORE \(option) --format csv")
    #expect(started.output.contains("\n\(tenant)"), "\(started.notes)\(started.output)")
    let taken = try store.run(
      "actions take --store STORE \(option) --propose isolateDevice deviceId=d1 --format csv"
    )
    #expect(taken.code == 0, "\(taken.notes)")
    let action = try store.run("actions list --store STORE --format csv").output
    #expect(action.contains("isolateDevice,deviceId=d1"), "\(action)")
    #expect(action.contains(",\(option.hasSuffix("t1") ? "t1" : "a1"),"), "\(action)")
    #expect(action.contains("\n\(tenant)"), "\(action)")
  }

  @Test(
    "an id of several tenants is refused with their names, and one that is not there",
    arguments: [
      ("a1", ambiguous), ("t/t2", "there is no alert 't/t2'"), ("u/t1", "there is no alert 'u/t1'"),
    ]
  ) func refused(_ alert: String, _ words: String) throws {
    for line in [
      "investigations start --store STORE --alert \(alert)",
      "actions take --store STORE --alert \(alert) isolateDevice deviceId=d1",
    ] {
      let answer = try store.run(line)
      #expect(answer.code == 1)
      #expect(answer.notes.contains(words), "\(answer.notes)")
    }
    let actions = try store.run("actions list --store STORE --format csv").output
    #expect(actions.split(separator: "\n").count == 1)
  }

  @Test("an incident names the tenant too, and one of another tenant than the alert is refused")
  func incidents() throws {
    let line = "actions take --store STORE --propose isolateDevice deviceId=d1 --incident "
    let taken = try store.run(line + "u/1 --format csv")
    #expect(taken.output.contains("u/1,isolateDevice"), "\(taken.notes)")
    let answer = try store.run(line + "u/1 --alert t/t1")
    #expect(answer.code == 1)
    #expect(
      answer.notes.contains("the alert 't/t1' and the incident 'u/1' are of two tenants"),
      "\(answer.notes)"
    )
  }
}
