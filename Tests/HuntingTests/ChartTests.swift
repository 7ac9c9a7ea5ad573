import Columnar
import Execution
import Hunting
import QueryPlan
import SourceText
import Testing

/// What `render` draws on a terminal.
@Suite("Charts") struct ChartTests {
  private func lines(_ text: String, width: Int = 60) throws -> [String]? {
    let engine = HuntingEngine()
    let budget = engine.makeBudget(memoryLimit: 1 << 26, timeoutSeconds: nil)
    let table = try engine.run(SourceText(text), budget: budget).tables[0]
    let render = try #require(table.render)
    return try ChartDrawing(width: width, height: 8).lines(table.result, render)
  }

  @Test("Bars are as long as their values") func bars() throws {
    let drawn = try #require(
      try lines("datatable(k:string, n:long)['a', 4, 'bb', 2, 'c', 0] | render barchart")
    )
    let lengths = drawn.map { line in line.count { $0 == "█" } }
    #expect(drawn.count == 3)
    // The half of an odd length ends with a half block.
    #expect(lengths[0] / 2 == lengths[1])
    #expect(lengths[2] == 0)
    #expect(drawn.map { $0.hasSuffix(" 4") } == [true, false, false])
    #expect(drawn.allSatisfy { $0.count <= 60 })
  }

  @Test("Numbers with labels are bars without a query") func plainBars() throws {
    let drawing = ChartDrawing(width: 40)
    let drawn = try #require(drawing.bars([("a", 2), ("\u{1B}b", 1), ("c", 0)]))
    #expect(drawn.map { line in line.count { $0 == "█" } } == [33, 16, 0])
    #expect(!drawn.joined().contains("\u{1B}"))
    #expect(drawing.bars([]) == nil)
  }

  @Test("Shares of a pie are of the whole") func pie() throws {
    let drawn = try #require(
      try lines("datatable(k:string, n:long)['a', 3, 'b', 1] | render piechart")
    )
    #expect(drawn[0].hasSuffix("75.0 %"))
    #expect(drawn[1].hasSuffix("25.0 %"))
  }

  @Test("Times make an axis, texts make series") func plot() throws {
    let query = """
      datatable(t:datetime, who:string, n:long)[
        datetime(2026-01-01), 'x', 0, datetime(2026-01-02), 'x', 10,
        datetime(2026-01-01), 'y', 10, datetime(2026-01-02), 'y', 0]
      | render timechart
      """
    let drawn = try #require(try lines(query))
    #expect(drawn.count == 8 + 3)
    #expect(drawn[0].hasPrefix("10 ┤+"))
    #expect(drawn[0].hasSuffix("•"))
    #expect(drawn[7].hasPrefix(" 0 ┤•"))
    #expect(drawn.last == "• x   + y")
    #expect(drawn[9].contains("2026-01-01") && drawn[9].contains("2026-01-02"))
  }

  @Test(
    "What cannot be drawn is not",
    arguments: [
      "print a='x' | render barchart", "print n=1 | render card",
      "datatable(k:string, n:long)['a', -1] | render piechart",
      "range x from 1 to 500 step 1 | project k=tostring(x), x | render barchart",
      "datatable(k:string, n:long)[] | render columnchart",
      "datatable(t:datetime, r:real)[datetime(2026-01-01), real(nan)] | render timechart",
    ]
  )
  func refused(_ query: String) throws { #expect(try lines(query) == nil) }

  @Test("Names of attackers stay on their line") func hostile() throws {
    let drawn = try #require(
      try lines(
        "print k='a\\u001b[2J\\nb\\u202e', n=3 | render barchart with (title='\\u001b]0;x')"
      )
    )
    let scalars = drawn.joined().unicodeScalars
    #expect(scalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
    #expect(drawn.count == 2)
  }
}
