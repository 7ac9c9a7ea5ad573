import Columnar
import Execution
import FileAccess
import Foundation
import SourceText
import TableStore
import Testing

@testable import Hunting

/// Files go into a store and queries find them there.
struct StoreIngestionTests {
  private let store: StoreFixture

  init() throws { store = try StoreFixture() }

  @Test("a column whose name has U+0000 gets a name that the catalogue can keep")
  func columnWithNUL() throws {
    let store = try StoreFixture()
    try store.ingest(#"{"DeviceName":"d","k\u0000z":"v","k":"w"}"# + "\n")
    #expect(
      try store.answer("DeviceProcessEvents | project k, ['k\u{FFFD}z']") == [["w", "v"]]
    )
  }

  @Test("rows that were ingested are found, also beside later ones")
  func findsRows() throws {
    let first = try store.ingest(StoreFixture.events(0..<500))
    #expect(first.outcome.acceptedRows == 500 && first.outcome.isNew)
    _ = try store.ingest(StoreFixture.events(500..<800))
    #expect(try store.answer("DeviceProcessEvents | count") == [["800"]])
    let found = try store.answer(
      "DeviceProcessEvents | where ProcessCommandLine has 'r612' | project ProcessId, DeviceName"
    )
    #expect(found == [["612", "d3"]])
    let groups = try store.answer("DeviceProcessEvents | summarize count() by DeviceName | count")
    #expect(groups == [["7"]])
  }

  @Test("what the schema does not know is kept as text")
  func keepsForeignColumns() throws {
    _ = try store.ingest(StoreFixture.events(0..<20))
    #expect(try store.answer("DeviceProcessEvents | where Odd == 'x7' | count") == [["1"]])
  }

  @Test("a batch that is sent twice lands once")
  func idempotentBatches() throws {
    _ = try store.ingest(StoreFixture.events(0..<10), batch: "b1")
    let again = try store.ingest(StoreFixture.events(0..<10), batch: "b1")
    #expect(!again.outcome.isNew && again.outcome.acceptedRows == 10)
    #expect(try store.answer("DeviceProcessEvents | count") == [["10"]])
  }

  @Test("bad lines become dead letters, byte for byte, and the sum is what was sent")
  func deadLetters() throws {
    let bad = "{\"Timestamp\": broken \u{1b}[31m"
    let text = StoreFixture.events(0..<5) + bad + "\n" + StoreFixture.events(5..<8)
    let answer = try store.ingest(text)
    #expect(answer.outcome.acceptedRows == 8 && answer.outcome.deadLetters == 1)
    let open = try store.open(.readOnly)
    let file = try #require(try open.deadLetterFiles().first)
    let letter = try #require(try open.readDeadLetters(file).next())
    #expect(letter.bytes == Array(bad.utf8) && letter.line == 6)
  }

  @Test("tenants do not see each other's rows")
  func tenants() throws {
    _ = try store.ingest(StoreFixture.events(0..<5), tenant: "a")
    _ = try store.ingest(StoreFixture.events(0..<9), tenant: "b")
    #expect(try store.answer("DeviceProcessEvents | count", tenant: "a") == [["5"]])
    #expect(try store.answer("DeviceProcessEvents | count", tenant: "b") == [["9"]])
  }

  @Test("an unknown table needs its columns once")
  func unknownTables() throws {
    #expect(throws: IngestionFailure.self) { try store.ingest("{\"a\":1}", table: "Mine") }
    _ = try store.ingest("{\"a\":1}", table: "Mine(a:long)")
    _ = try store.ingest("{\"a\":2}", table: "Mine")
    #expect(try store.answer("Mine | summarize sum(a)") == [["3"]])
  }

  @Test("a whole store passes its check, a damaged one does not and gives no answer")
  func verification() throws {
    _ = try store.ingest(StoreFixture.events(0..<3000))
    let open = try store.open(.readOnly)
    #expect(try open.verify(SegmentCheck.damage).problems.isEmpty)
    let path = try #require(
      try open.snapshot().tenants.first?.tables.first?.segments.first?.path
    )
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 3] ^= 4
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(try open.verify(SegmentCheck.damage).problems.count == 1)
    #expect(throws: QueryFailure.self) {
      try store.answer(
        "DeviceProcessEvents | project Timestamp, DeviceName, ProcessId, ProcessCommandLine, Odd"
      )
    }
  }

  @Test("compaction keeps every row, its order and its columns")
  func compaction() throws {
    for part in 0..<4 { _ = try store.ingest(StoreFixture.events(part * 100..<part * 100 + 100)) }
    _ = try store.ingest("{\"DeviceName\":\"late\",\"Other\":\"o\"}\n")
    let before = try store.answer("DeviceProcessEvents | project ProcessId, DeviceName, Odd, Other")
    let open = try store.open(.readWrite)
    let merged = try StoreCompaction(open).run()
    #expect(merged.removed == 5 && merged.added == 1)
    let after = try store.answer("DeviceProcessEvents | project ProcessId, DeviceName, Odd, Other")
    #expect(before == after && after.count == 401)
    #expect(try open.verify(SegmentCheck.damage).problems.isEmpty)
    #expect(try StoreCompaction(open).run().removed == 0)
  }

  @Test("only neighbours that gain by it are merged")
  func compactionRuns() {
    let limit = 1 << 20
    #expect(StoreCompaction.runs(ofRows: [10, 20, limit, 30, 40]) == [0..<2, 3..<5])
    #expect(StoreCompaction.runs(ofRows: [limit / 2, limit / 2, limit / 2]) == [0..<2])
    #expect(StoreCompaction.runs(ofRows: [limit, 7, limit]).isEmpty)
    #expect(StoreCompaction.runs(ofRows: []).isEmpty)
  }

  @Test("a replay takes the lines that are good now and keeps the others")
  func replay() throws {
    let late = "{\"DeviceName\":\"d\"}"
    _ = try store.ingest("not json\n" + late.dropLast() + "\n")
    let open = try store.open(.readWrite)
    let file = try #require(try open.deadLetterFiles().first)
    let outcome = try DeadLetterReplay(open).replay(file).outcome
    #expect(outcome.acceptedRows == 0 && outcome.deadLetters == 2)
    let left = try open.deadLetterFiles()
    #expect(left.count == 1 && left.first?.id != file.id && left.first?.letterCount == 2)
  }

  @Test("decoded columns of segments asked for long ago go when memory is short")
  func boundedCache() throws {
    for part in 0..<6 {
      _ = try store.ingest(StoreFixture.events(part * 3000..<part * 3000 + 3000))
    }
    let snapshot = try store.open(.readOnly).snapshot()
    let query = SourceText(
      "DeviceProcessEvents | summarize dcount(ProcessCommandLine, 4), dcount(Odd, 4)"
    )
    var sizes: [Int] = []
    var answers: [String] = []
    for limit in [0, 1 << 30] {
      var engine = HuntingEngine()
      let cache = SegmentCache(limitBytes: limit)
      try engine.attach(snapshot, tenant: "default", cache: cache)
      let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
      let result = try engine.run(query, budget: budget).tables[0].result
      answers.append("\(try result.batches.map { $0.columns.map { $0.scalar(at: 0) } })")
      sizes.append(cache.byteCount)
    }
    #expect(answers[0] == answers[1])
    #expect(sizes[0] < sizes[1] / 2)
  }

  @Test("decoded columns count into the limit of a query, which gets back what it can")
  func cacheInBudget() throws {
    for part in 0..<6 {
      _ = try store.ingest(StoreFixture.events(part * 3000..<part * 3000 + 3000))
    }
    let snapshot = try store.open(.readOnly).snapshot()
    let query = SourceText("DeviceProcessEvents | summarize dcount(ProcessCommandLine, 4)")
    var engine = HuntingEngine()
    let cache = SegmentCache()
    try engine.attach(snapshot, tenant: "default", cache: cache)
    _ = try engine.run(query, budget: engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil))
    let whole = cache.byteCount
    let part = engine.makeBudget(memoryLimit: whole, timeoutSeconds: nil)
    let scan = SourceText("DeviceProcessEvents | where Odd has 'x1' | count")
    _ = try engine.run(scan, budget: part)
    #expect(part.peakBytes <= whole && cache.byteCount < whole)
    let little = engine.makeBudget(memoryLimit: 20_000, timeoutSeconds: nil)
    #expect(throws: QueryFailure.self) { try engine.run(query, budget: little) }
  }
}
