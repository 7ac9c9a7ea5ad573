import Columnar
import Execution
import FileAccess
import Glibc
import Hunting
import SourceText

/// Times hunting queries over tables in memory and writes one JSON object a line.
///
/// Arguments: number of rows, repetitions, a folder to dump the data to (`-` for none), `memory`
/// or `segments` for where the rows lie, and names of queries (all where there are none). After
/// `cancel` as the first argument come those of `CancelBenchmark`.
@main
struct InMemoryBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.dropFirst().first == "cancel" {
      return try CancelBenchmark.run(Array(arguments.dropFirst(2)))
    }
    let rows = arguments.count > 1 ? Int(arguments[1]) ?? 1_000_000 : 1_000_000
    let repetitions = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
    let data = BenchmarkData(rows: rows)
    if arguments.count > 3, arguments[3] != "-" { try data.dump(to: arguments[3]) }
    var engine = HuntingEngine(options: ExecutionOptions(threads: 2))
    if arguments.count > 4, arguments[4] == "segments" {
      engine.add(try BenchmarkData.stored(data.events()), named: "Events")
      engine.add(try BenchmarkData.stored(data.keys()), named: "Keys")
    } else {
      engine.add(data.events(), named: "Events")
      engine.add(data.keys(), named: "Keys")
    }
    let names = arguments.dropFirst(5)
    let output = DescriptorOutput.standardOutput()
    for query in BenchmarkQueries.all where names.isEmpty || names.contains(query.name) {
      let runs = try (0..<max(1, repetitions)).map { _ in try time(query.text, engine) }
      let sorted = runs.map(\.seconds).sorted()
      let cpu = runs.map(\.cpu).min() ?? 0
      let line =
        "{\"query\":\"\(query.name)\",\"seconds\":\(sorted[sorted.count / 2]),"
        + "\"best\":\(sorted[0]),\"cpu\":\(cpu),"
        + "\"rows\":\(runs[0].rows),\"answer\":\"\(runs[0].answer)\"}\n"
      try output.write(line)
      try output.flush()
    }
  }

  /// One run of a query.
  private struct Run {
    let seconds: Double
    /// Seconds of all threads.
    let cpu: Double
    let rows: Int
    /// The last column of the first row.
    let answer: String
  }

  private static func time(
    _ text: String,
    _ engine: HuntingEngine
  ) throws -> Run {
    let clock = SystemClock()
    let start = clock.monotonicNanoseconds
    let ticks = Glibc.clock()
    let budget = engine.makeBudget(memoryLimit: 16 << 30, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(text), budget: budget)
    let seconds = Double(clock.monotonicNanoseconds - start) / 1e9
    let cpu = Double(Glibc.clock() - ticks) / Double(CLOCKS_PER_SEC)
    guard let result = answer.tables.last?.result else {
      return Run(seconds: seconds, cpu: cpu, rows: 0, answer: "")
    }
    var total = ByteSink(capacity: 32)
    if result.rowCount > 0, let first = try result.batches.first {
      CellText.append(first.columns[first.columns.count - 1].scalar(at: 0), to: &total)
    }
    return Run(seconds: seconds, cpu: cpu, rows: result.rowCount, answer: total.text())
  }
}
