import ArgumentParser
import Testing

@testable import HarrierCommand

/// Lists of alerts, investigations and submissions are read in pages, and say that there is more.
struct PageTests {
  private let store: CommandStore

  init() throws {
    store = try CommandStore()
    try store.addAlerts("a1", "a2", "a3", of: "t")
  }

  private func rows(_ line: String) throws -> (ids: [String], notes: String) {
    let answer = try store.run(line + " --format csv")
    let lines = answer.output.split(separator: "\n").dropFirst()
    return (lines.map { String($0.prefix { $0 != "," }) }, answer.notes)
  }

  @Test("alerts") func alerts() throws {
    let first = try rows("alerts list --store STORE --limit 2")
    #expect(first.ids.count == 2 && first.notes.contains("2 of 3 alerts; --limit and --skip"))
    let second = try rows("alerts list --store STORE --limit 2 --skip 2")
    #expect(Set(first.ids + second.ids) == ["a1", "a2", "a3"] && second.ids.count == 1)
    let all = try rows("alerts list --store STORE")
    #expect(all.ids == first.ids + second.ids && !all.notes.contains("alerts;"))
    #expect(try rows("alerts list --store STORE --status resolved").notes.isEmpty)
    let listed = try store.run("alerts list --store STORE --format json").output
    for number in 1...3 { #expect(listed.contains("\"t/\(number)\"")) }
  }

  @Test("submissions, and the investigations that they start") func submissions() throws {
    for url in ["a", "b", "c"] {
      try store.run(
        "submissions add --store STORE --tenant t --url \(url).example --category phishing"
      )
    }
    let first = try rows("submissions list --store STORE --limit 2")
    #expect(first.ids.count == 2 && first.notes.contains("2 of 3 submissions"))
    #expect(try rows("submissions list --store STORE --limit 2 --skip 2").ids.count == 1)
    let none = try rows("investigations list --store STORE --skip 1")
    #expect(none.ids.isEmpty && none.notes.isEmpty)
  }

  @Test("a page has a size and no negative start") func bounds() throws {
    for list in ["alerts", "investigations", "submissions"] {
      for bad in ["--limit=0", "--limit=10001", "--skip=-1"] {
        #expect(throws: (any Error).self) {
          _ = try Harrier.parseAsRoot([list, "list", "--store", "s", bad])
        }
      }
    }
  }
}
