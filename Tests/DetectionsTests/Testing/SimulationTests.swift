import Columnar
import DetectionRules
import Detections
import Hunting
import StructuredText
import Testing

/// Rules over past events.
struct SimulationTests {
  private static let end = DateTime(ticks: 639_000_000_000_000_000)

  /// Events an hour apart, the last half an hour before the end.
  private func engine(_ count: Int) -> HuntingEngine {
    let schema = Schema([
      ColumnSchema("Timestamp", .datetime), ColumnSchema("ReportId", .long),
      ColumnSchema("DeviceId", .string), ColumnSchema("FileName", .string),
      ColumnSchema("AccountName", .string),
    ])
    let builders = schema.types.map { VectorBuilder(type: $0) }
    for number in 0..<count {
      let ticks = Self.end.ticks - (2 * Int64(number) + 1) * TimeSpan.ticksPerHour / 2
      let cells: [Scalar] = [
        .datetime(DateTime(ticks: ticks)), .long(Int64(number)),
        .string(ByteString("d\(number % 2)")),
        .string(ByteString(number % 3 == 0 ? "bad.exe" : "worse.exe")),
        .string(ByteString("u\(number)")),
      ]
      for (builder, cell) in zip(builders, cells) { builder.append(cell) }
    }
    let batch = Batch(columns: builders.map { $0.finish() }, count: count)
    var engine = HuntingEngine()
    engine.add(ColumnTable(schema: schema, chunks: [batch]), named: "DeviceProcessEvents")
    return engine
  }

  private func simulation(
    _ query: String,
    runs: Int,
    over engine: HuntingEngine
  ) throws -> RuleSimulation {
    let rule = RuleComparison.comparable(try EvaluationTests.rule(query))
    var simulation = RuleSimulation(rule, tenant: "t")
    let hour = TimeSpan(ticks: TimeSpan.ticksPerHour)
    let times = RuleSimulation.times(last: runs, until: Self.end, every: hour)
    for time in times { simulation.run(engine, at: time) }
    return simulation
  }

  private static let query =
    "DeviceProcessEvents | extend AccountUpn = strcat(AccountName, '@x') "

  @Test("each event alerts in one run, though four runs see it") func once() throws {
    let simulation = try simulation(Self.query, runs: 6, over: engine(6))
    #expect(simulation.runs.map(\.rowCount) == [1, 2, 3, 4, 4, 4])
    #expect(simulation.runs.map(\.alertCount) == [1, 1, 1, 1, 1, 1])
    #expect(simulation.history.entries.map(\.run) == [1, 2, 3, 4, 5, 6])
    #expect(simulation.runs.last?.time == Self.end)
  }

  @Test("events of one signature fold into the alert that is there") func folds() throws {
    let query = "DeviceProcessEvents | extend AccountUpn = 'a'"
    let simulation = try simulation(query, runs: 6, over: engine(6))
    #expect(simulation.runs.map(\.alertCount) == [1, 1, 0, 0, 0, 0])
    #expect(simulation.runs.map(\.foldedCount) == [0, 0, 1, 1, 1, 1])
    #expect(simulation.history.entries.map(\.alert.eventCount) == [3, 3])
    #expect(simulation.history.entries.map(\.alert.events.count) == [3, 3])
  }

  @Test("runs that fail are runs") func failures() throws {
    let simulation = try simulation("Nothing", runs: 2, over: engine(1))
    #expect(simulation.runs.count == 2)
    guard case .failed(let failure)? = simulation.runs.first?.ending else {
      Issue.record("it does not fail")
      return
    }
    #expect(failure.code == .queryExecutionFailed)
  }

  @Test("times end where time does") func times() {
    let span = TimeSpan(ticks: .max)
    #expect(RuleSimulation.times(last: 5, until: Self.end, every: span) == [Self.end])
    let none = TimeSpan(ticks: 0)
    #expect(RuleSimulation.times(last: 3, until: DateTime(ticks: 1), every: none).count == 2)
  }

  @Test("versions compare by events") func comparison() throws {
    let engine = engine(6)
    let all = try simulation(Self.query, runs: 6, over: engine)
    let renamed = Self.query + "| extend More = 1"
    var same = RuleComparison()
    same.add(all.history, try simulation(renamed, runs: 6, over: engine).history)
    #expect(same.isSame)
    #expect(same.bothCount == 6)
    let bad = try simulation(Self.query + "| where FileName == 'bad.exe'", runs: 6, over: engine)
    var fewer = RuleComparison()
    fewer.add(all.history, bad.history)
    #expect(fewer.onlyFirst.count == 4)
    #expect(fewer.onlySecond.isEmpty)
    #expect(fewer.bothCount == 2)
    #expect(!fewer.isSame)
  }
}
