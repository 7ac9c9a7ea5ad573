import Columnar
import Execution
import Hunting
import KQLFunctions
import SourceText
import Testing

/// Executes the examples that functions and aggregates declare.
struct ExampleTests {
  @Test("examples of scalar functions give what they say") func scalarExamples() {
    for function in FunctionCatalog.scalarFunctions {
      #expect(function.examples.count >= 2, "\(function.name) has too few examples")
      for example in function.examples { Self.check(function.name, example) }
    }
  }

  @Test("examples of aggregates give what they say") func aggregateExamples() {
    for function in FunctionCatalog.aggregateFunctions {
      #expect(function.examples.count >= 2, "\(function.name) has too few examples")
      for example in function.examples { Self.check(function.name, example) }
    }
  }

  @Test("examples of window functions give what they say") func windowExamples() {
    for function in FunctionCatalog.windowFunctions {
      #expect(!function.examples.isEmpty, "\(function.name) has no example")
      for example in function.examples { Self.check(function.name, example) }
    }
  }

  private static func check(_ name: String, _ example: Example) {
    do {
      let engine = HuntingEngine(options: ExecutionOptions(threads: 1))
      let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
      let answer = try engine.run(SourceText(example.query), budget: budget)
      let found = try answer.tables.last.map { try row($0.result) } ?? "nothing"
      if found != example.result {
        Issue.record("\(name): \(example.query) gives \(found), not \(example.result)")
      }
    } catch let rejection as QueryRejection {
      Issue.record("\(name): \(example.query) is refused: \(rejection.diagnostics.map(\.message))")
    } catch {
      Issue.record("\(name): \(example.query) fails: \(error)")
    }
  }

  /// The first row, cells separated by a comma and a blank, null as `null`.
  private static func row(_ result: QueryResult) throws -> String {
    guard let batch = try result.batches.first(where: { $0.count > 0 }) else { return "" }
    return batch.columns.map { column in
      let value = column.scalar(at: 0)
      if value.isNull { return "null" }
      var sink = ByteSink(capacity: 64)
      CellText.append(value, to: &sink)
      return sink.text()
    }.joined(separator: ", ")
  }
}
