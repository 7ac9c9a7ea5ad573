import ArgumentParser
import FileAccess
import Hunting
import KQLFunctions

/// `harrier functions`: lists the functions that run here, or describes one.
struct FunctionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "functions",
    abstract: "List the functions that run here, or describe one."
  )

  @Argument(help: "A function or aggregate.")
  var name: String?

  func run() throws {
    let console = Console()
    let code = try CommandRun.guarded(console, source: { nil }) {
      guard let name else {
        try console.write(Array(Self.list().utf8))
        return 0
      }
      guard let page = Self.page(name) else {
        console.note(Self.unknown(name))
        return ExitCodes.queryError
      }
      try console.write(Array(page.utf8))
      return 0
    }
    if code != 0 { throw ExitCode(code) }
  }

  private static func list() -> String {
    let scalars = FunctionCatalog.scalarFunctions
      .filter { $0.name.first?.isLowercase ?? false }
      .map { ($0.name, $0.summary) }
    let aggregates = FunctionCatalog.aggregateFunctions.map {
      ($0.name, "(aggregate) \($0.summary)")
    }
    let rows = (scalars + aggregates).sorted { $0.0 < $1.0 }
    let width = rows.reduce(0) { max($0, $1.0.count) }
    return rows.map { name, summary in
      name + String(repeating: " ", count: width - name.count + 2) + summary + "\n"
    }.joined()
  }

  private static func page(_ name: String) -> String? {
    if let function = FunctionCatalog.scalar(name) {
      return page(function.name, function.parameters, function.summary, function.examples)
    }
    if let aggregate = FunctionCatalog.aggregate(name) {
      return page(aggregate.name, aggregate.parameters, aggregate.summary, aggregate.examples)
    }
    return nil
  }

  private static func page(
    _ name: String,
    _ parameters: [String],
    _ summary: String,
    _ examples: [Example]
  ) -> String {
    let shown = examples.map { "  \($0.query)\n    → \($0.result)\n" }.joined()
    return "\(name)(\(parameters.joined(separator: ", ")))\n  \(summary)\n\nexamples\n\(shown)"
  }

  private static func unknown(_ name: String) -> String {
    let names =
      FunctionCatalog.scalarFunctions.map(\.name) + FunctionCatalog.aggregateFunctions.map(\.name)
    let near = NearMiss.nearest(to: name, among: names, limit: 3)
    let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))"
    return "error: no function '\(TerminalText(name).text)' runs here\(hint)"
  }
}
