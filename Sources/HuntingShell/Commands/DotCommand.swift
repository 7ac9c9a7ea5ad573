import Hunting
import SourceText

/// A command of the shell: a line that starts with a dot.
public struct DotCommand: Sendable, Equatable {
  /// What there is.
  public enum Name: String, CaseIterable, Sendable {
    case help
    case tables
    case schema
    case tenants
    case use
    case mode
    case output
    case pager
    case timer
    case limit
    case timespan
    case read
    case save
    case saved
    case run
    case forget
    case functions
    case explain
    case load
    case history
    case quit
  }

  public let name: Name
  /// What stands behind the name, without blanks at its ends.
  public let argument: String

  /// Why a line is no command, to be shown.
  public struct Refusal: Error, Sendable, Equatable {
    public let message: String
  }

  /// Whether an entry is meant as a command.
  public static func isMeant(_ entry: [UInt8]) -> Bool {
    entry.first { !isBlank($0) } == UInt8(ascii: ".")
  }

  /// Reads a line; `.exit`, `.q` and unambiguous starts of names are understood.
  public init(_ line: [UInt8]) throws(Refusal) {
    let text = String(decoding: line, as: UTF8.self)
    let trimmed = Self.trimmed(text[...])
    let end = trimmed.firstIndex { $0 == " " || $0 == "\t" || $0 == "\n" } ?? trimmed.endIndex
    let written = String(trimmed[..<end].dropFirst())
    var argument = Self.trimmed(trimmed[end...])
    // Whoever is used to ending queries with a semicolon ends commands so.
    name = try Self.name(written.last == ";" ? String(written.dropLast()) : written)
    if name != .explain, argument.hasSuffix(";") { argument = Self.trimmed(argument.dropLast()) }
    self.argument = String(argument)
  }

  private static func name(_ written: String) throws(Refusal) -> Name {
    if let exact = Name(rawValue: written) { return exact }
    switch written {
    case "exit", "q": return .quit
    case "?", "": return .help
    default: break
    }
    let starting = Name.allCases.filter { $0.rawValue.hasPrefix(written) }
    if starting.count == 1 { return starting[0] }
    if starting.count > 1 {
      let names = starting.map { ".\($0.rawValue)" }.joined(separator: ", ")
      throw Refusal(message: "'.\(written)' may be \(names)")
    }
    if controlWords.contains(written) {
      throw Refusal(
        message: "'.\(written)' is a command of a Kusto cluster, and there is none here; "
          + ".help shows what there is"
      )
    }
    let near = NearMiss.nearest(to: written, among: Name.allCases.map(\.rawValue), limit: 1)
    let hint = near.first.map { "; did you mean .\($0)" } ?? "; .help shows what there is"
    throw Refusal(message: "there is no command '.\(written)'\(hint)")
  }

  private static let controlWords: Set<String> = [
    "show", "create", "alter", "drop", "set", "append", "ingest", "delete", "execute", "add",
    "create-or-alter", "alter-merge", "create-merge", "set-or-append", "set-or-replace",
  ]

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D) ~= byte }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}

extension DotCommand.Name {
  /// What is written behind it.
  public var usage: String {
    switch self {
    case .help, .explain: "[TEXT]"
    case .tables: "[PART]"
    case .schema: "TABLE"
    case .use: "TENANTS"
    case .mode: "FORMAT"
    case .output: "FILE"
    case .timer: "on|off"
    case .pager: "on|off|COMMAND"
    case .limit: "ROWS|off"
    case .timespan: "TIME|all"
    case .read: "FILE"
    case .save, .run, .forget: "NAME"
    case .functions: "[NAME]"
    case .load: "TABLE=FILE"
    case .history: "[COUNT]"
    case .tenants, .saved, .quit: ""
    }
  }

  /// What it does, in a line.
  public var summary: String {
    switch self {
    case .help: "show this, or what a command or function does"
    case .tables: "list the tables that have rows, or whose names hold a text"
    case .schema: "list the columns of a table"
    case .tenants: "list the tenants that are yours, and which are in use"
    case .use: "query these tenants: a,b, group:NAME or all"
    case .mode: "write rows as table, json, ndjson, csv, tsv or markdown"
    case .output: "write rows into a file; without one to the terminal again"
    case .pager: "show what is longer than the screen in a pager"
    case .timer: "show or hide time and rows after each query"
    case .limit: "show at most this many rows of a query"
    case .timespan: "how far back queries read that filter by no time"
    case .read: "run the queries of a file"
    case .save: "keep the last query under a name; --shared lets others see it, --function calls it"
    case .saved: "list saved queries and functions"
    case .run: "run a saved query"
    case .forget: "remove a saved query or function"
    case .functions: "list the functions, or describe one"
    case .explain: "show how a query, or the last one, would run"
    case .load: "load a file as a table"
    case .history: "show the last entries"
    case .quit: "leave"
    }
  }
}
