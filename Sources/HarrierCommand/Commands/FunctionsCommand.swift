import ArgumentParser
import FileAccess
import Hunting
import KQLFunctions
import SourceText

/// `harrier functions`: lists the functions that run here, or describes one.
struct FunctionsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "functions",
    abstract: "List the functions that run here, or describe one.",
    discussion: """
        harrier functions
        harrier functions parse_command_line
      """
  )

  @Argument(help: "A function or aggregate.")
  var name: String?

  func run(_ console: Console) throws -> Int32 {
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

  static func list() -> String {
    let rows = FunctionCatalog.callable.map { function in
      let kind = function is AggregateFunction ? "(aggregate) " : ""
      return (name: function.name, text: kind + function.summary)
    }.sorted { $0.name < $1.name }
    let width = rows.reduce(0) { max($0, $1.name.count) }
    return rows.map { row in
      row.name + String(repeating: " ", count: width - row.name.count + 2) + row.text + "\n"
    }.joined()
  }

  static func page(_ name: String) -> String? {
    let function: (any FunctionDeclaration)? =
      FunctionCatalog.scalar(name) ?? FunctionCatalog.aggregate(name)
      ?? FunctionCatalog.window(name)
    return function.map(page)
  }

  private static func page(_ function: any FunctionDeclaration) -> String {
    let shown = function.examples.map { "  \($0.query)\n    → \($0.result)\n" }.joined()
    let calls = function.calls.joined(separator: "\n")
    return "\(calls)\n  \(function.summary)\n\nexamples\n\(shown)"
  }

  static func unknown(_ name: String) -> String {
    let names = FunctionCatalog.callable.map(\.name)
    let near = NearMiss.nearest(to: name, among: names, limit: 3)
    let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))"
    return "error: no function '\(TerminalText(name).text)' runs here\(hint)"
  }
}
