import Testing

@testable import HarrierCommand

/// Commands of somebody who may manage the incidents of one tenant, read those of another, and
/// knows nothing of a third.
struct MissingRightTests {
  private let store: CommandStore

  init() throws {
    store = try CommandStore()
    try store.addAlerts("a1", of: "alpha")
    try store.addAlerts("b1", of: "beta")
    try store.addAlerts("c1", of: "gamma")
    for line in [
      "access add STORE yan", "access grant STORE yan analyst --for alpha",
      "access grant STORE yan reader --for beta",
    ] {
      let answer = try store.run(line)
      #expect(answer.code == 0, "\(answer.notes)")
    }
  }

  private static func lacking(_ right: String) -> String {
    "you lack the right '\(right)' for the tenant 'beta'; ask the store's owner for a grant"
  }

  @Test("T08: of many incidents those fail alone for which the right is missing, which is named")
  func incidents() throws {
    let answer = try store.run(
      "incidents update --store STORE --as yan alpha/1 beta/1 gamma/1 --status inProgress "
        + "--format csv"
    )
    #expect(answer.code == 1)
    let lines = answer.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("alpha,alpha/1,"))
    #expect(lines[2].contains(Self.lacking("manage-incidents")))
    #expect(lines[3].contains("there is no incident 'gamma/1'"))
    let list = try store.run("incidents list --store STORE --format csv").output
    #expect(list.ranges(of: "inProgress").count == 1, "only the first is changed")
  }

  @Test("T12: and of many alerts") func alerts() throws {
    let answer = try store.run(
      "alerts update --store STORE --as yan a1 b1 c1 --status resolved --format csv"
    )
    #expect(answer.code == 1)
    let lines = answer.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines.contains { $0.contains("b1,") && $0.contains("manage-incidents") })
    #expect(lines.contains { $0.contains("there is no alert 'c1'") })
    let open = try store.run("alerts list --store STORE --status new --format csv").output
    #expect(open.contains("b1") && open.contains("c1") && !open.contains(",a1,"))
  }

  @Test(
    "the missing right is named where a tenant is, and nothing of tenants that are not seen",
    arguments: [
      (
        "incidents update --store STORE --as yan --tenant beta beta/1 --status resolved",
        "manage-incidents"
      ),
      ("incidents merge --store STORE --as yan alpha/1 beta/1", "manage-incidents"),
      ("incidents move --store STORE --as yan b1 --new", "manage-incidents"),
      ("incidents undo-move --store STORE --as yan b1", "manage-incidents"),
      (
        "alerts update --store STORE --as yan --tenant beta b1 --status resolved",
        "manage-incidents"
      ),
      ("actions take --store STORE --as yan --tenant beta isolateDevice deviceId=d1", "respond"),
      ("investigations start --store STORE --as yan --tenant beta --device d1", "respond"),
      ("tenants set STORE --as yan beta --id x", "manage-tenants"),
    ]
  ) func named(_ line: String, _ right: String) throws {
    let mine = try store.run(line)
    #expect(mine.code == 1)
    // Of several items the outcome of each is told, of one thing the error.
    let told = mine.notes + mine.output
    #expect(told.contains(Self.lacking(right)), "\(told)")
    let foreign = try store.run(
      line.replacing("beta", with: "gamma").replacing("b1", with: "c1")
    )
    let missing = try store.run(line.replacing("beta", with: "nobody").replacing("b1", with: "x1"))
    let denied = foreign.notes + foreign.output
    #expect(foreign.code == 1 && !denied.contains("lack"))
    #expect(
      denied.replacing("gamma", with: "nobody").replacing("c1", with: "x1")
        == missing.notes + missing.output
    )
  }

  @Test("an alert by its tenant and id is refused like an incident, to whoever may only hunt there")
  func huntOnly() throws {
    try store.run("access add STORE zoe")
    try store.run("access grant STORE zoe hunt --for beta")
    try store.run("access grant STORE zoe reader --for alpha")
    for thing in [
      "alerts show --store STORE --as zoe beta/b1", "incidents show --store STORE --as zoe beta/1",
    ] {
      #expect(try store.run(thing).notes.contains(Self.lacking("read-incidents")), "\(thing)")
    }
    let id = try store.run("alerts show --store STORE --as zoe b1").notes
    #expect(id.contains("there is no alert 'b1'"), "an id alone tells nothing of tenants")
    let foreign = try store.run("alerts show --store STORE --as zoe gamma/c1").notes
    #expect(foreign.contains("there is no alert 'gamma/c1'"))
  }

  @Test("the simulated environment has mails, which are read with the right to hunt")
  func environment() throws {
    try store.run("access add STORE zoe")
    try store.run("access grant STORE zoe read-incidents --for beta")
    let show = "environment show --store STORE --as zoe --tenant beta"
    let answer = try store.run(show)
    #expect(answer.code == 1)
    #expect(answer.notes.contains(Self.lacking("hunt")), "\(answer.notes)")
    try store.run("access grant STORE zoe hunt --for beta")
    #expect(try store.run(show).code == 0)
  }

  @Test("actions of a tenant without the right fail alone") func actions() throws {
    try store.run("actions take --store STORE --tenant beta --propose isolateDevice deviceId=d1")
    try store.run("access grant STORE yan responder --for alpha")
    let answer = try store.run(
      "actions reject --store STORE --as yan beta/1 gamma/1 --format csv"
    )
    let lines = answer.output.split(separator: "\n").map(String.init)
    #expect(lines[1].contains(Self.lacking("respond")))
    #expect(lines[2].contains("there is no action 'gamma/1'"))
  }
}
