import Hunting
public import LineEditor

/// What may be written at a place of a command of the shell.
public struct CommandCompleter {
  private let tables: [String]

  public init(tables: [String]) { self.tables = tables }

  /// The completions at a cursor, an offset into the text.
  public func completions(of text: [UInt8], at cursor: Int) -> Completions {
    let cursor = max(0, min(cursor, text.count))
    var start = cursor
    while start > 0, text[start - 1] != 0x20, text[start - 1] != 0x09 { start -= 1 }
    let word = String(decoding: text[start..<cursor], as: UTF8.self)
    let isName = text[..<start].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    let candidates = isName ? Self.names : arguments(of: text)
    let wanted = word.lowercased()
    return Completions(
      range: start..<cursor,
      candidates: candidates.filter { $0.0.lowercased().hasPrefix(wanted) }
        .map { Completions.Candidate(insertion: $0.0, detail: $0.1) }
    )
  }

  private static let names = DotCommand.Name.allCases.map { (".\($0.rawValue)", $0.summary) }

  private func arguments(of text: [UInt8]) -> [(String, String)] {
    guard let command = try? DotCommand(text) else { return [] }
    switch command.name {
    case .schema, .tables: return tables.map { ($0, "table") }
    case .mode: return ResultFormat.allCases.map { ($0.rawValue, "") }
    case .timer: return [("on", ""), ("off", "")]
    case .limit: return [("off", "all rows")]
    case .timespan: return [("all", "all rows"), ("1d", ""), ("7d", ""), ("30d", "")]
    case .help: return DotCommand.Name.allCases.map { (".\($0.rawValue)", $0.summary) }
    default: return []
    }
  }
}
