public import FileAccess
import Hunting
import KQLFunctions
public import LineEditor

/// What may be written at a place of a command of the shell.
public struct CommandCompleter {
  private let names: any CommandNames
  private let files: any FileSystem

  public init(_ names: any CommandNames, files: any FileSystem = LocalFileSystem()) {
    self.names = names
    self.files = files
  }

  /// The completions at a cursor, an offset into the text.
  public func completions(of text: [UInt8], at cursor: Int) -> Completions {
    let cursor = max(0, min(cursor, text.count))
    let line = Array(text[..<cursor])
    let nameStart = line.firstIndex { !Self.isBlank($0) } ?? cursor
    guard let nameEnd = line[nameStart...].firstIndex(where: Self.isBlank) else {
      return Self.completions(Self.commands, of: line, from: nameStart)
    }
    guard let command = try? DotCommand(line) else { return .none(at: cursor) }
    let argument = line[nameEnd...].firstIndex { !Self.isBlank($0) } ?? cursor
    switch command.name {
    case .read, .output: return paths(line, from: argument)
    case .load:
      if let sign = line[argument...].firstIndex(of: UInt8(ascii: "=")) {
        return paths(line, from: sign + 1)
      }
      return Self.completions(names.tables.map { ($0 + "=", "table") }, of: line, from: argument)
    case .use:
      let start = line[argument...].lastIndex { $0 == UInt8(ascii: ",") || Self.isBlank($0) }
      let known = names.tenantSelections.map { ($0, "") }
      return Self.completions(known, of: line, from: start.map { $0 + 1 } ?? argument)
    default:
      let start = line[argument...].lastIndex(where: Self.isBlank).map { $0 + 1 } ?? argument
      return Self.completions(arguments(of: command.name), of: line, from: start)
    }
  }

  private static let commands = DotCommand.Name.allCases.map { (".\($0.rawValue)", $0.summary) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D) ~= byte }

  /// What goes on from what is typed, letter case aside.
  private static func completions(
    _ candidates: [(String, String)],
    of line: [UInt8],
    from start: Int
  ) -> Completions {
    let wanted = String(decoding: line[start...], as: UTF8.self).lowercased()
    return Completions(
      range: start..<line.count,
      candidates: candidates.filter { $0.0.lowercased().hasPrefix(wanted) }
        .map { Completions.Candidate(insertion: $0.0, detail: $0.1) }
    )
  }

  private func paths(_ line: [UInt8], from start: Int) -> Completions {
    let typed = String(decoding: line[start...], as: UTF8.self)
    return Completions(
      range: start..<line.count,
      candidates: PathCompleter(files).candidates(for: typed)
    )
  }

  private func arguments(of name: DotCommand.Name) -> [(String, String)] {
    switch name {
    case .schema, .tables: names.tables.map { ($0, "table") }
    case .mode: ResultFormat.allCases.map { ($0.rawValue, "") }
    case .timer: [("on", ""), ("off", "")]
    case .pager:
      [("on", "what $HARRIER_PAGER or $PAGER names, else less"), ("off", "none")]
    case .limit: [("off", "all rows")]
    case .timespan: [("all", "all rows"), ("1d", ""), ("7d", ""), ("30d", "")]
    case .help: Self.commands
    case .functions: FunctionCatalog.callable.map { ($0.name, $0.summary) }
    case .save:
      [("--shared", "others may use it"), ("--function", "queries call it as NAME()")]
        + names.saved.filter(\.isOwn).map { ($0.name, "replace this \($0.detail)") }
    case .run: names.saved.map { ($0.name, $0.detail) }
    case .forget: names.saved.filter(\.isOwn).map { ($0.name, $0.detail) }
    default: []
    }
  }
}
