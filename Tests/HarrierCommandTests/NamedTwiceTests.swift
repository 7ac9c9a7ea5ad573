import Testing

@testable import HarrierCommand

/// Items that a command names more than once.
struct NamedTwiceTests {
  private let store: CommandStore

  init() throws {
    store = try CommandStore()
    try store.addAlerts("x1", "x2", of: "t")
  }

  private func comments(_ line: String) throws -> Int {
    let shown = try store.run("\(line) --format csv").output
    return shown.ranges(of: "twice").count
  }

  @Test("T08: an incident is changed once, and its outcome told once") func incidents() throws {
    let answer = try store.run(
      "incidents update --store STORE t/1 t/1 nobody/1 nobody/1 --comment twice --format csv"
    )
    #expect(answer.output.split(separator: "\n").count == 4, "\(answer.output)")
    #expect(try comments("incidents show --store STORE t/1 --part history") == 1)
  }

  @Test("T12: an alert is changed once, by whatever names") func alerts() throws {
    let answer = try store.run(
      "alerts update --store STORE x1 t/x1 --comment twice --format csv"
    )
    #expect(answer.output.split(separator: "\n").count == 2, "\(answer.output)")
    #expect(try comments("alerts show --store STORE t/x1 --part history") == 1)
  }

  @Test("an alert that is where it is to go is not moved, which is said") func stays() throws {
    let answer = try store.run("incidents move --store STORE t/x1 --to t/1")
    #expect(answer.code == 1 && !answer.notes.contains("moved to"), "\(answer.notes)")
    #expect(answer.notes.contains("t/1 has the alerts already"))
    let both = try store.run("incidents move --store STORE t/x1 t/x2 --to t/1")
    #expect(both.code == 0 && both.notes.contains("moved to t/1"))
  }

  @Test("an alert is moved once") func moved() throws {
    #expect(try store.run("incidents move --store STORE x1 t/x1 --to t/2").code == 0)
    let shown = try store.run("alerts show --store STORE t/x1 --part history --format csv").output
    // One entry in the incident that it left, one in the one that it is in.
    #expect(shown.ranges(of: "alert moved").count == 2, "\(shown)")
  }
}
