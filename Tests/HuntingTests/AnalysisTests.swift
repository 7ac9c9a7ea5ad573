import Columnar
import Execution
import Hunting
import SourceText
import TableStore
import Testing

/// `explain --analyze` tells what operators did, and changes no answer.
struct AnalysisTests {
  private func analyse(
    _ query: String,
    in store: StoreFixture
  ) throws -> (analysis: QueryAnalysis, text: AnalysisText, answer: [[String]]) {
    let analysis = QueryAnalysis()
    var options = ExecutionOptions(threads: 2)
    options.analysis = analysis
    var engine = HuntingEngine(options: options)
    try engine.attach(store.open(.readOnly).snapshot(), tenant: "default")
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(query), budget: budget)
    var rows: [[String]] = []
    try answer.tables[0].result.forEachRow { rows.append($0.map { "\($0)" }) }
    return (analysis, AnalysisText(analysis, budget: budget, seconds: 0.5), rows)
  }

  private func all(_ nodes: [OperatorMeasure]) -> [OperatorMeasure] {
    nodes + nodes.flatMap { all($0.inputs) }
  }

  private func node(_ title: String, _ analysis: QueryAnalysis) throws -> OperatorMeasure {
    try #require(all(analysis.roots).first { $0.title.hasPrefix(title) })
  }

  private func makeStore() throws -> StoreFixture {
    let store = try StoreFixture()
    for part in 0..<3 { try store.ingest(StoreFixture.events(part * 5000..<part * 5000 + 5000)) }
    return store
  }

  @Test("rows and blocks are those that a filter lets pass, leaves out and reads")
  func filtered() throws {
    let store = try makeStore()
    let query =
      "DeviceProcessEvents | where ProcessCommandLine has 'r7001' | summarize n = count() by DeviceName"
    let (analysis, text, answer) = try analyse(query, in: store)
    #expect(answer.count == 1)
    #expect(analysis.roots.count == 1)
    #expect(try node("summarize", analysis).rows == 1)
    let filter = try node("filter", analysis)
    #expect(filter.rows == 1 && filter.batches == 1)
    let scan = try #require(filter.scan)
    #expect(scan.segments == 3 && scan.segmentsOutside == 0)
    #expect(scan.segmentsWithoutTerm == 2)
    #expect(scan.blocks == 2 && scan.blocksWithoutValue == 1)
    #expect(scan.decodedBytes > 0)
    #expect(text.lines.contains { $0.contains("read 1 of 2 blocks in 1 of 3 segments") })
    var writer = DynamicWriter()
    let isJSON = text.json.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
    #expect(isJSON)
  }

  @Test("a search opens the segments alone that have its term somewhere")
  func searched() throws {
    let store = try makeStore()
    let found = try analyse("search 'r7001' | count", in: store)
    #expect(found.answer == [["long(1)"]])
    let scan = try #require(all(found.analysis.roots).compactMap(\.scan).first)
    #expect(scan.segmentsWithoutTerm == 2 && scan.blocks == 2)
    // A value that is no text has no term among those of the texts.
    let other = try analyse("DeviceProcessEvents | where * has '7001' | count", in: store)
    #expect(other.answer == [["long(1)"]])
  }

  @Test("blocks whose values are too low for a top are left out once it has its rows")
  func beaten() throws {
    let store = try StoreFixture()
    try store.ingest(StoreFixture.events(0..<60_000))
    let query =
      "DeviceProcessEvents | where ProcessId % 100 == 7 | top 3 by ProcessId desc | project ProcessId"
    let found = try analyse(query, in: store)
    #expect(found.answer == [["long(59907)"], ["long(59807)"], ["long(59707)"]])
    let scan = try #require(all(found.analysis.roots).compactMap(\.scan).first)
    // Each worker may have begun some before the other had its rows.
    #expect(scan.blocks == 15 && scan.blocksBeaten >= 8)
  }

  @Test(
    "the rows of each operator are counted, and the answer is the one without a count",
    arguments: [
      "DeviceProcessEvents | top 3 by Timestamp desc | project ProcessId",
      "DeviceProcessEvents | summarize arg_max(Timestamp, *) by DeviceName | project ProcessId",
      "DeviceProcessEvents | where ProcessId < 50 | join kind=inner DeviceProcessEvents on ProcessId"
        + " | project ProcessId",
      "union DeviceProcessEvents, DeviceProcessEvents | where ProcessId < 2 | sort by ProcessId asc",
      "let t = toscalar(DeviceProcessEvents | summarize max(ProcessId));"
        + " DeviceProcessEvents | where ProcessId == t | project ProcessId, t",
    ]
  )
  func unchanged(query: String) throws {
    let store = try makeStore()
    let (analysis, _, answer) = try analyse(query, in: store)
    var engine = HuntingEngine(options: ExecutionOptions(threads: 2))
    try engine.attach(store.open(.readOnly).snapshot(), tenant: "default")
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    var rows: [[String]] = []
    let plain = try engine.run(SourceText(query), budget: budget)
    try plain.tables[0].result.forEachRow { rows.append($0.map { "\($0)" }) }
    #expect(answer == rows && !rows.isEmpty)
    #expect(analysis.roots.contains { $0.rows == rows.count })
    #expect(all(analysis.roots).allSatisfy { $0.seconds >= 0 && $0.seconds < 60 })
  }
}
