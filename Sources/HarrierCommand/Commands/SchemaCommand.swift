import ArgumentParser
import Columnar
import FileAccess
import Hunting
import SourceText

/// `harrier schema`: lists the tables that are known, or the columns of one.
struct SchemaCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "List the known tables, or the columns of one.",
    discussion: """
        harrier schema
        harrier schema DeviceProcessEvents
      """
  )

  @Argument(help: "A table.")
  var table: String?

  func run(_ console: Console) throws -> Int32 {
    let schemas = TableSchemas.environment(.hunting)
    guard let table else {
      try console.write(Array((schemas.names.joined(separator: "\n") + "\n").utf8))
      return 0
    }
    guard let schema = schemas.lookup(table) else {
      let near = schemas.nearestNames(to: table)
      let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))"
      console.note("error: there is no table '\(TerminalText(table).text)'\(hint)")
      return ExitCodes.queryError
    }
    let width = schema.columns.reduce(0) { max($0, $1.name.count) }
    let lines = schema.columns.map { column in
      column.name + String(repeating: " ", count: width - column.name.count + 2)
        + column.type.name + "\n"
    }
    try console.write(Array(lines.joined().utf8))
    return 0
  }
}
