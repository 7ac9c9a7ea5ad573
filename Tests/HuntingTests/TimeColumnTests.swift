import Testing

/// Queries of Defender and of Sentinel read the same rows, whichever time column they came with.
struct TimeColumnTests {
  private let query = """
    DeviceProcessEvents | summarize countif(isnotnull(Timestamp)), countif(isnotnull(TimeGenerated)),
    countif(Timestamp == TimeGenerated)
    """

  @Test("the time that is not there is the one that is") func standIn() throws {
    let store = try StoreFixture()
    try store.ingest("{\"Timestamp\":\"2026-01-01T00:00:00Z\",\"ProcessId\":1}\n")
    try store.ingest("{\"TimeGenerated\":\"2026-01-02T00:00:00Z\",\"ProcessId\":2}\n")
    #expect(try store.answer(query) == [["2", "2", "2"]])
    let filtered = "DeviceProcessEvents | where TimeGenerated < datetime(2026-01-02) | count"
    #expect(try store.answer(filtered) == [["1"]])
  }

  @Test("where a row has both, each is its own") func both() throws {
    let store = try StoreFixture()
    try store.ingest(
      """
      {"Timestamp":"2026-01-01T00:00:00Z","TimeGenerated":"2026-01-01T00:05:00Z","ProcessId":1}

      """
    )
    #expect(try store.answer(query) == [["1", "1", "0"]])
  }
}
