import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import SourceText
import Synchronization
import Testing

/// Queries over segments of several blocks give what they give over a table in memory.
struct StoredScanTests {
  private static let rowCount = 30_000

  /// Rows in which time nearly ascends, numbers repeat and some values are null.
  private static let table: ColumnTable = {
    let schema = Schema([
      ColumnSchema("Timestamp", .datetime), ColumnSchema("Name", .string),
      ColumnSchema("Number", .long), ColumnSchema("Small", .int), ColumnSchema("Row", .long),
      ColumnSchema("Bag", .dynamic),
    ])
    let builders = schema.columns.map { VectorBuilder(type: $0.type, capacity: rowCount) }
    for row in 0..<rowCount {
      let word = hashWord(UInt64(row))
      let tick = 638_000_000_000_000_000 + Int64(row / 7 &* 7) &+ Int64(word % 50)
      builders[0].append(row % 97 == 5 ? .null(.datetime) : .datetime(DateTime(ticks: tick)))
      builders[1].append(.string(ByteString(word % 2_000 == 3 ? "rare \(row)" : "n\(word % 300)")))
      builders[2].append(word % 11 == 0 ? .null(.long) : .long(Int64(word % 1_000)))
      builders[3].append(.int(Int32(row / 4_000)))
      builders[4].append(.long(Int64(row)))
      builders[5].append(row % 50 == 9 ? .null(.dynamic) : .dynamic(bag(row)))
    }
    let batch = Batch(columns: builders.map { $0.finish() }, count: rowCount)
    return ColumnTable(schema: schema, chunks: [batch])
  }()

  /// A bag with strings that print with escapes, one beyond ASCII, and values of other kinds.
  private static func bag(_ row: Int) -> DynamicValue {
    let text =
      #"{"id":"dev-\#(row)","note":"first\nword\#(row) \"quoted\#(row % 9)\"","odd":"#
      + #""Stra\u00dfe\u212a \#(row % 700)","n":\#(row),"deep":{"x":["alpha",\#(row % 3),"#
      + #""Beta \#(row % 300)"]}}"#
    var writer = DynamicWriter()
    Array(text.utf8).withUnsafeBufferPointer { _ = JSONParser.parse($0, into: &writer) }
    return writer.value()
  }

  private static func rows(
    _ query: String,
    _ engine: HuntingEngine,
    memoryLimit: Int = 1 << 30
  ) throws -> [[String]] {
    let budget = engine.makeBudget(memoryLimit: memoryLimit, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(query), budget: budget)
    var rows: [[String]] = []
    try answer.tables.last?.result.forEachRow { rows.append($0.map { "\($0)" }) }
    return rows
  }

  @Test(
    "stored rows give what rows in memory give",
    arguments: [
      // Ties go by place, whichever block is read first.
      "T | top 50 by Timestamp desc | project Row",
      "T | top 50 by Timestamp asc | project Row",
      "T | top 400 by Timestamp asc nulls last | project Row",
      "T | top 400 by Timestamp desc nulls first | project Row",
      "T | sort by Number desc, Name asc, Row asc | take 40 | project Row",
      "T | top 40 by Number asc nulls last | project Row, Name",
      "T | top 6000 by Small desc | summarize sum(Row), count()",
      "T | top 7 by Small asc | project Row",
      "T | extend Time = Timestamp | where Number > 990 | top 9 by Time desc | project Row",
      "T | where Name has 'rare' | top 3 by Timestamp desc | project Name",
      "T | top 5 by Number + 1 desc | project Row",
      "union T, (T | where Number < 3) | top 12 by Timestamp desc | project Row",
      "T | top 30 by Timestamp desc | where Small < 7 | project Row",
      // Few rows of each block.
      "T | where Name has 'rare' | project Row, Name, Small",
      "T | where Name startswith 'rare' or Small == 3 | summarize sum(Row), count() by Small",
      "T | where Number == 17 | project Timestamp, Number, Row",
      "T | where Small between (1 .. 5) and Number < 500 | project Row",
      "T | where Name has 'rare' | take 4 | project Row",
      "T | where isnull(Number) | count",
      // Terms of dynamic values, which print escaped, and of what lies in them.
      "T | where Bag has 'word777' | project Row",
      "T | where Bag.note has 'word778' | project Row, Bag.n",
      "T | where Bag.note has 'nword778' or Bag has 'nword779' | project Row",
      "T | where Bag !has 'word5' | count",
      "T | where Bag.note startswith 'first' and Bag.note contains 'word12345' | project Row",
      "T | where Bag.id == 'dev-4321' | project Row, Bag",
      "T | where tostring(Bag.id) in ('dev-1', 'DEV-2', 'dev-29999') | project Row",
      "T | where tostring(Bag.id) =~ 'DEV-77' or Bag.id == '' | count",
      "T | where Bag.odd has 'strassek' or Bag.odd has 'stra\u{DF}ek' | count",
      "T | where Bag.deep.x[2] == 'Beta 7' and Bag.deep has 'alpha' | summarize sum(Row)",
      "T | where Bag.deep has 'Beta' and Bag.deep.x[1] == 2 and Bag.n < 40 | project Row",
      "T | where tostring(Bag.n) == '4242' or tostring(Bag) has_all ('word99', 'alpha')"
        + " | project Row",
      "search 'word4711' | project Row",
      "T | where Bag matches regex @'word12\\d{3}\\b' | count",
      "T | where Bag.id != 'dev-8' | count",
      // No column at all.
      "T | count",
      "T | where Small >= 2 | count",
      "T | where Timestamp > datetime(null) | count",
      "T | where isnull(Timestamp) and Small > 1 | count",
      "T | where Small < 3 | extend One = 1 | summarize sum(One)",
      "T | where Small == 99 | count",
      // Keys of the build side narrow the probing scan; scattered, packed and unpackable keys.
      "T | join kind=inner (T | where Name has 'rare' | project Name, Other = Row) on Name"
        + " | project Row, Other",
      "T | join kind=leftsemi (T | where Row between (9000 .. 9010)) on Row | project Row",
      "T | join kind=leftsemi (T | where Row > 29990) on Timestamp | project Row",
      "T | join kind=leftsemi (T | where Row < 0) on Row | count",
      "T | join kind=leftanti (T | where Row < 0) on Row | count",
      "T | join kind=rightouter (T | where Row > 29990 or Row == 5) on Row | project Row, Row1",
      "T | extend H = hash(Row) | join kind=inner (T | extend H = hash(Row) | where Row % 3 == 1)"
        + " on H | summarize count(), sum(Row), sum(Row1)",
      "T | extend H = hash(Row) | join kind=leftanti (T | extend H = hash(Row)"
        + " | where Row % 2 == 1) on H, Timestamp, Name | summarize count(), sum(Row)",
      "T | where Small == 2 | join kind=inner (T | where Small == 2 | distinct Name, Number)"
        + " on Name, Number | summarize count(), sum(Row)",
      "T | where Row < 50 | join kind=innerunique (T | where Row > 29900) on Number"
        + " | summarize count(), sum(Row), sum(Row1)",
      "union (T | where Small == 1), (T | where Small == 6) | join kind=rightsemi"
        + " (T | where Row between (4000 .. 4500)) on Row | summarize count(), sum(Row)",
      // Few rows on the left cut the right side down before it is built.
      "T | where Name == 'n7' | join kind=inner (T | where Small > 0) on Number, Name"
        + " | project Row, Row1",
      "T | where Name has 'rare' | join kind=leftouter (T | where Small > 3) on Row"
        + " | project Row, Row1, Small1",
      "T | where Name == 'n9' | join kind=leftsemi T on Timestamp | project Row",
      "T | where Name == 'n9' and Number < 9 | join kind=leftanti (T | where Small != 2) on Row"
        + " | project Row",
      "T | where Name == 'no such' | join kind=inner T on Row | count",
      "T | where Name has 'rare' | summarize n = count() by Number | join kind=inner T on Number"
        + " | summarize sum(n), sum(Row)",
      // Columns of the one row that is taken are fetched late.
      "T | summarize arg_max(Timestamp, *) by Name",
      "T | where Small between (2 .. 4) | summarize arg_min(Number, *), n = count() by Small, Name",
      "T | summarize take_any(*) by Name",
      "T | summarize n = dcount(Name), arg_max(Row, Name, Bag, Small, Timestamp)",
      "T | where Row < 0 | summarize arg_max(Timestamp, Name, Bag, Row)",
      "T | where isnull(Number) | summarize arg_max(Number, *) by Name",
      "T | summarize arg_max(Timestamp, *) by Name | project Name, Row, Bag.id | top 20 by Row",
      "T | summarize arg_max(Timestamp, *), arg_min(Timestamp, *) by Small",
    ]
  )
  func agree(_ query: String) throws {
    var plain = HuntingEngine(options: ExecutionOptions(threads: 1, optimizes: false))
    plain.add(Self.table, named: "T")
    let expected = try Self.rows(query, plain)
    for segmentRows in [9_000, 1 << 20] {
      for threads in [1, 2] {
        var engine = HuntingEngine(options: ExecutionOptions(threads: threads))
        engine.add(try SegmentedTable.make(Self.table, segmentRows: segmentRows), named: "T")
        // The second time answers come from what segments remember of tests.
        for run in 1...2 {
          let found = try Self.rows(query, engine)
          #expect(found == expected, "\(segmentRows) rows a segment, \(threads) threads, \(run)")
        }
      }
    }
  }

  private static func sortedRows(
    _ query: String,
    _ engine: HuntingEngine,
    memoryLimit: Int = 1 << 30
  ) throws -> [String] {
    try rows(query, engine, memoryLimit: memoryLimit).map { $0.joined(separator: "|") }.sorted()
  }

  @Test(
    "stored rows give the same where they do not fit into memory",
    arguments: [
      "T | summarize arg_max(Timestamp, *) by Row",
      "T | summarize arg_max(Number, *) by Row",
      "T | summarize arg_min(Timestamp, *), n = count() by Name, Row | where n == 1",
      "T | summarize arg_max(Timestamp, *) by Row | project Row, Bag.id",
      "T | distinct Timestamp, Name, Number, Small, Row",
      "T | summarize make_list(Small) by Row, Name, Number",
      "T | sort by Name asc, Row desc",
      "T | join kind=leftouter (T | where Small > 3) on Row, Name",
    ]
  )
  func littleMemory(_ query: String) throws {
    var plain = HuntingEngine(options: ExecutionOptions(threads: 1, optimizes: false))
    plain.add(Self.table, named: "T")
    let expected = try Self.sortedRows(query, plain)
    for threads in [1, 2] {
      let disk = SimulatedTemporaryFiles()
      var engine = HuntingEngine(options: ExecutionOptions(threads: threads, spill: disk))
      engine.add(try SegmentedTable.make(Self.table, segmentRows: 9_000), named: "T")
      let found = try Self.sortedRows(query, engine, memoryLimit: 5 << 20)
      #expect(found == expected, "\(threads) threads")
      #expect(disk.writtenBytes > 0)
    }
  }

  @Test("a top reads no more blocks than may hold its rows")
  func skipsBlocks() throws {
    var engine = HuntingEngine(options: ExecutionOptions(threads: 1))
    engine.add(try SegmentedTable.make(Self.table, segmentRows: 1 << 20), named: "T")
    let rowsRead = RowCount()
    let budget = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil) {
      rowsRead.value.store($0, ordering: .relaxed)
    }
    _ = try engine.run(SourceText("T | top 5 by Timestamp desc"), budget: budget)
    #expect(rowsRead.value.load(ordering: .relaxed) < 10_000)
  }
}

/// The rows that a query has read so far.
private final class RowCount: Sendable {
  let value = Atomic<Int>(0)
}
