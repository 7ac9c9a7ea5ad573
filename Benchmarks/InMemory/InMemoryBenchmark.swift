import Columnar
import Execution
import FileAccess
import Hunting
import SourceText

/// Times hunting queries over tables in memory and writes one JSON object a line.
///
/// Arguments: number of rows, repetitions, and a folder to dump the data to (`-` for none).
@main
struct InMemoryBenchmark {
  static let queries: [(name: String, text: String)] = [
    ("has", "Events | where ProcessCommandLine has \"mimikatz\" | count"),
    ("group_string", "Events | summarize count() by DeviceName"),
    ("group_hour", "Events | summarize count() by bin(Timestamp, 1h)"),
    (
      "hash_join",
      "Events | join kind=inner Keys on Key | summarize count(), sum(Weight)"
    ),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments
    let rows = arguments.count > 1 ? Int(arguments[1]) ?? 1_000_000 : 1_000_000
    let repetitions = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
    let data = BenchmarkData(rows: rows)
    if arguments.count > 3, arguments[3] != "-" { try data.dump(to: arguments[3]) }
    var engine = HuntingEngine(options: ExecutionOptions(threads: 2))
    engine.add(data.events(), named: "Events")
    engine.add(data.keys(), named: "Keys")
    let output = DescriptorOutput.standardOutput()
    for query in queries {
      let times = try (0..<repetitions).map { _ in try time(query.text, engine) }
      let sorted = times.map(\.seconds).sorted()
      let line =
        "{\"query\":\"\(query.name)\",\"seconds\":\(sorted[sorted.count / 2]),"
        + "\"best\":\(sorted[0]),\"rows\":\(times[0].rows),\"answer\":\"\(times[0].answer)\"}\n"
      try output.write(line)
      try output.flush()
    }
  }

  private static func time(
    _ text: String,
    _ engine: HuntingEngine
  ) throws -> (seconds: Double, rows: Int, answer: String) {
    let clock = SystemClock()
    let start = clock.monotonicNanoseconds
    let budget = engine.makeBudget(memoryLimit: 16 << 30, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(text), budget: budget)
    let seconds = Double(clock.monotonicNanoseconds - start) / 1e9
    guard let result = answer.tables.last?.result else { return (seconds, 0, "") }
    var total = ByteSink(capacity: 32)
    if result.rowCount > 0, let first = result.batches.first {
      CellText.append(first.columns[first.columns.count - 1].scalar(at: 0), to: &total)
    }
    return (seconds, result.rowCount, total.text())
  }
}
