import Columnar
import Execution
import FileAccess
import HarrierTesting
import SourceText
import TableStore
import Testing

@testable import Hunting

/// `ingestion_time()` over tables of a store.
struct IngestionTimeTests {
  private let store: StoreFixture
  /// When the batches landed, as queries print it.
  private let times: [String]

  /// Three batches of 10, 5,000 and 20 rows, an hour apart.
  init() throws {
    store = try StoreFixture()
    var times: [String] = []
    for (part, rows) in [0..<10, 10..<5010, 5010..<5030].enumerated() {
      if part > 0 { store.clock.advance(nanoseconds: 3_600_000_000_000) }
      let outcome = try store.ingest(StoreFixture.events(rows)).outcome
      times.append(Cells.cell(.datetime(DateTime(ticks: outcome.ingestedTicks))))
    }
    self.times = times
  }

  private func compact() throws {
    #expect(try StoreCompaction(try store.open(.readWrite)).run().added == 1)
  }

  private func groups(_ query: String) throws -> [[String]] {
    try store.answer(query + " | summarize count() by T | sort by T asc | project T, count_")
  }

  @Test("each row has the time of its batch, after compaction too")
  func eachRow() throws {
    let expected = zip(times, ["10", "5000", "20"]).map { [$0, $1] }
    let query = "DeviceProcessEvents | extend T = ingestion_time()"
    #expect(try groups(query) == expected)
    try compact()
    #expect(try groups(query) == expected)
    #expect(
      try store.answer(
        "DeviceProcessEvents | where ingestion_time() > datetime(\(times[1])) | count"
      ) == [["20"]]
    )
    let rows = try store.answer(
      "DeviceProcessEvents | where ProcessId in (3, 9, 10, 5009, 5010) | sort by ProcessId asc"
        + " | project ingestion_time()"
    )
    #expect(rows.map { $0[0] } == [times[0], times[0], times[1], times[1], times[2]])
  }

  @Test("conditions on it find the rows", arguments: [false, true])
  func conditions(isCompacted: Bool) throws {
    if isCompacted { try compact() }
    let cases: [(String, String)] = [
      ("ingestion_time() == datetime(\(times[1]))", "5000"),
      ("ingestion_time() <= datetime(\(times[1]))", "5010"),
      ("ingestion_time() < datetime(\(times[0]))", "0"),
      ("ingestion_time() between (datetime(\(times[0])) .. 30m)", "10"),
      ("isnull(ingestion_time())", "0"),
      ("ingestion_time() - datetime(\(times[0])) > 90m or ProcessId < 3", "23"),
      ("ProcessId % 2 == 0 and ingestion_time() > datetime(\(times[0]))", "2510"),
      ("ProcessCommandLine has 'r5' and ingestion_time() == datetime(\(times[0]))", "1"),
    ]
    for (condition, count) in cases {
      let found = try store.answer("DeviceProcessEvents | where \(condition) | count")
      #expect(found == [[count]], "\(condition)")
    }
  }

  @Test(
    "operators that leave rows what they are hand it on",
    arguments: [
      "project ProcessId", "project-away ProcessId", "sort by ProcessId desc", "take 100000",
      "extend A = 1 | project A", "where ProcessId >= 0 | project DeviceName",
      "parse ProcessCommandLine with * 'r' Number:long", "top 100000 by ProcessId",
      "serialize | extend N = row_number() | project N", "as X | where 1 == 1",
      "mv-expand E = dynamic([1]) | project E", "sample 100000", "render table",
    ]
  )
  func handedOn(operators: String) throws {
    let query = "DeviceProcessEvents | \(operators) | extend T = ingestion_time()"
    #expect(try groups(query) == zip(times, ["10", "5000", "20"]).map { [$0, $1] })
  }

  @Test("it is an argument, a key, an order and a part of subqueries")
  func places() throws {
    #expect(
      try store.answer("DeviceProcessEvents | summarize max(ingestion_time()) by 1 == 1")
        .map { $0[1] } == [times[2]]
    )
    #expect(
      try store.answer(
        "DeviceProcessEvents | sort by ingestion_time() asc, ProcessId asc | take 1"
          + " | project ProcessId"
      ) == [["0"]]
    )
    #expect(
      try store.answer("print toscalar(DeviceProcessEvents | summarize min(ingestion_time()))")
        == [[times[0]]]
    )
    #expect(
      try store.answer(
        "let A = DeviceProcessEvents | where ingestion_time() > datetime(\(times[0]));"
          + "let B = materialize(A | where ingestion_time() > datetime(\(times[1])));"
          + "A | where ProcessId in ((B | project ProcessId)) | count"
      ) == [["20"]]
    )
    let schema = try store.answer(
      "DeviceProcessEvents | where ingestion_time() > ago(100d) | getschema"
        + " | where ColumnName startswith '$'"
    )
    #expect(schema.isEmpty)
  }

  @Test("a union tells it of each leg, and null of rows that no store has")
  func unions() throws {
    let rows = try store.answer(
      "union (DeviceProcessEvents | take 1), (print x = 1)"
        + " | summarize countif(isnull(ingestion_time())), countif(isnotnull(ingestion_time()))"
    )
    #expect(rows == [["1", "1"]])
  }

  @Test(
    "rows that an operator made have none, which is said",
    arguments: [
      "summarize count() by DeviceName", "distinct DeviceName", "count",
      "join (DeviceProcessEvents) on ProcessId", "evaluate bag_unpack(AdditionalFields)",
      "mv-apply x = dynamic([1]) on (extend y = ingestion_time())",
    ]
  )
  func lost(operators: String) throws {
    let query = "DeviceProcessEvents | \(operators) | extend T = ingestion_time()"
    #expect { try store.answer(query) } throws: { error in
      guard let failure = error as? QueryFailure else { return false }
      return failure.kind == .unsupported && failure.message.contains("ingestion_time()")
    }
  }
}
