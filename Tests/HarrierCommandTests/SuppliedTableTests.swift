import Testing

@testable import HarrierCommand

/// What queries say of time over tables whose rows a database has.
struct SuppliedTableTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  /// Runs a query that has no blanks.
  private func query(_ text: String, _ options: String = "") throws -> CommandStore.Answer {
    try store.run("query --store STORE --format csv \(options) \(text)".replacing("  ", with: " "))
  }

  @Test("N02: rows that the window of a query leaves out are told of") func hidden() throws {
    try store.addAlerts("old", of: "t")
    for table in ["AlertInfo", "AlertEvidence", "SecurityAlert"] {
      let answer = try query("\(table)|count")
      #expect(answer.output == "Count\n0\n")
      #expect(answer.notes.contains("were left out"), "\(table): \(answer.notes)")
      #expect(try query("\(table)|count", "--timespan all").notes.isEmpty)
    }
  }
}
