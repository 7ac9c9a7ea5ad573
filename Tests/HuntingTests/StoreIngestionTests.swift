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
  /// A store in a folder of its own that is gone at the end.
  private final class Folder {
    let path = NSTemporaryDirectory() + "harrier-store-\(UUID().uuidString)"
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private let folder = Folder()

  private func ingest(
    _ text: String,
    table: String = "DeviceProcessEvents",
    tenant: String = "default",
    batch: String? = nil
  ) throws -> StoreIngestion.Answer {
    let store = try TableStore.open(folder.path, mode: .readWrite)
    let files = SimulatedFileSystem(texts: ["in.ndjson": text])
    let request = try LoadRequest(specification: table + "=in.ndjson")
    return try StoreIngestion(store, files: files).ingest(request, tenant: tenant, batch: batch)
  }

  private func answer(_ query: String, tenant: String = "default") throws -> [[String]] {
    var engine = HuntingEngine()
    let store = try TableStore.open(folder.path, mode: .readOnly)
    engine.attach(try store.snapshot(), tenant: tenant)
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let result = try engine.run(SourceText(query), budget: budget).tables[0].result
    var rows: [[String]] = []
    for batch in result.batches {
      for row in 0..<batch.count {
        rows.append(batch.columns.map { "\($0.scalar(at: row))" })
      }
    }
    return rows
  }

  private static func events(_ range: Range<Int>) -> String {
    range.map { number in
      """
      {"Timestamp":"2026-01-01T00:00:\(10 + number % 50).0Z","DeviceName":"d\(number % 7)",\
      "ProcessId":\(number),"ProcessCommandLine":"tool.exe --run r\(number)","Odd":"x\(number)"}
      """
    }.joined(separator: "\n") + "\n"
  }

  @Test("rows that were ingested are found, also beside later ones")
  func findsRows() throws {
    let first = try ingest(Self.events(0..<500))
    #expect(first.outcome.acceptedRows == 500 && first.outcome.isNew)
    _ = try ingest(Self.events(500..<800))
    #expect(try answer("DeviceProcessEvents | count") == [["long(800)"]])
    let found = try answer(
      "DeviceProcessEvents | where ProcessCommandLine has 'r612' | project ProcessId, DeviceName"
    )
    #expect(found == [["long(612)", "string(Columnar.ByteString(bytes: \(Array("d3".utf8))))"]])
    let groups = try answer("DeviceProcessEvents | summarize count() by DeviceName | count")
    #expect(groups == [["long(7)"]])
  }

  @Test("what the schema does not know is kept as text")
  func keepsForeignColumns() throws {
    _ = try ingest(Self.events(0..<20))
    #expect(try answer("DeviceProcessEvents | where Odd == 'x7' | count") == [["long(1)"]])
  }

  @Test("a batch that is sent twice lands once")
  func idempotentBatches() throws {
    _ = try ingest(Self.events(0..<10), batch: "b1")
    let again = try ingest(Self.events(0..<10), batch: "b1")
    #expect(!again.outcome.isNew && again.outcome.acceptedRows == 10)
    #expect(try answer("DeviceProcessEvents | count") == [["long(10)"]])
  }

  @Test("bad lines become dead letters, byte for byte, and the sum is what was sent")
  func deadLetters() throws {
    let bad = "{\"Timestamp\": broken \u{1b}[31m"
    let answer = try ingest(Self.events(0..<5) + bad + "\n" + Self.events(5..<8))
    #expect(answer.outcome.acceptedRows == 8 && answer.outcome.deadLetters == 1)
    let store = try TableStore.open(folder.path, mode: .readOnly)
    let file = try #require(try store.deadLetterFiles().first)
    let letter = try #require(try store.readDeadLetters(file).next())
    #expect(letter.bytes == Array(bad.utf8) && letter.line == 6)
  }

  @Test("tenants do not see each other's rows")
  func tenants() throws {
    _ = try ingest(Self.events(0..<5), tenant: "a")
    _ = try ingest(Self.events(0..<9), tenant: "b")
    #expect(try answer("DeviceProcessEvents | count", tenant: "a") == [["long(5)"]])
    #expect(try answer("DeviceProcessEvents | count", tenant: "b") == [["long(9)"]])
  }

  @Test("an unknown table needs its columns once")
  func unknownTables() throws {
    #expect(throws: IngestionFailure.self) { try ingest("{\"a\":1}", table: "Mine") }
    _ = try ingest("{\"a\":1}", table: "Mine(a:long)")
    _ = try ingest("{\"a\":2}", table: "Mine")
    #expect(try answer("Mine | summarize sum(a)") == [["long(3)"]])
  }

  @Test("a whole store passes its check, a damaged one does not and gives no answer")
  func verification() throws {
    _ = try ingest(Self.events(0..<3000))
    let store = try TableStore.open(folder.path, mode: .readOnly)
    #expect(try store.verify(SegmentCheck.damage).problems.isEmpty)
    let path = try #require(
      try store.snapshot().tenants.first?.tables.first?.segments.first?.path
    )
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 3] ^= 4
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(try store.verify(SegmentCheck.damage).problems.count == 1)
    #expect(throws: QueryFailure.self) {
      try answer(
        "DeviceProcessEvents | project Timestamp, DeviceName, ProcessId, ProcessCommandLine, Odd"
      )
    }
  }

  @Test("compaction keeps every row, its order and its columns")
  func compaction() throws {
    for part in 0..<4 { _ = try ingest(Self.events(part * 100..<part * 100 + 100)) }
    _ = try ingest("{\"DeviceName\":\"late\",\"Other\":\"o\"}\n")
    let before = try answer("DeviceProcessEvents | project ProcessId, DeviceName, Odd, Other")
    let store = try TableStore.open(folder.path, mode: .readWrite)
    let merged = try StoreCompaction(store).run()
    #expect(merged.removed == 5 && merged.added == 1)
    let after = try answer("DeviceProcessEvents | project ProcessId, DeviceName, Odd, Other")
    #expect(before == after && after.count == 401)
    #expect(try store.verify(SegmentCheck.damage).problems.isEmpty)
    #expect(try StoreCompaction(store).run().removed == 0)
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
    _ = try ingest("not json\n" + late.dropLast() + "\n")
    let store = try TableStore.open(folder.path, mode: .readWrite)
    let file = try #require(try store.deadLetterFiles().first)
    let outcome = try DeadLetterReplay(store).replay(file).outcome
    #expect(outcome.acceptedRows == 0 && outcome.deadLetters == 2)
    let left = try store.deadLetterFiles()
    #expect(left.count == 1 && left.first?.id != file.id && left.first?.letterCount == 2)
  }

  @Test("decoded columns of segments asked for long ago go when memory is short")
  func boundedCache() throws {
    for part in 0..<6 { _ = try ingest(Self.events(part * 3000..<part * 3000 + 3000)) }
    let snapshot = try TableStore.open(folder.path, mode: .readOnly).snapshot()
    let query = SourceText(
      "DeviceProcessEvents | summarize dcount(ProcessCommandLine, 4), dcount(Odd, 4)"
    )
    var sizes: [Int] = []
    var answers: [String] = []
    for limit in [0, 1 << 30] {
      var engine = HuntingEngine()
      let cache = SegmentCache(limitBytes: limit)
      engine.attach(snapshot, tenant: "default", cache: cache)
      let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
      let result = try engine.run(query, budget: budget).tables[0].result
      answers.append("\(result.batches.map { $0.columns.map { $0.scalar(at: 0) } })")
      sizes.append(cache.decodedByteCount)
    }
    #expect(answers[0] == answers[1])
    #expect(sizes[0] < sizes[1] / 2)
  }
}
