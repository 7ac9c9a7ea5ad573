import SourceText

/// A part of a configuration file, whatever language it is written in.
struct ConfigurationNode {
  enum Content {
    /// A text in quotes, or what an escape or a block of lines makes one.
    case quoted(String)
    /// A word or number as it is written.
    case plain(String)
    /// A value that no key takes, such as a date.
    case other(String)
    case list([ConfigurationNode])
    case table([Member])
  }

  /// A key with its value.
  struct Member {
    let name: String
    let span: SourceSpan
    let value: ConfigurationNode
  }

  let content: Content
  let span: SourceSpan

  /// What it is called in messages.
  var kindName: String {
    switch content {
    case .quoted(""): "an empty text"
    case .quoted(let text):
      ValueReader.hasControls(text) ? "one with control characters" : "a text in quotes"
    case .plain(let text): text.isEmpty ? "nothing" : "'\(text)'"
    case .other(let name): name
    case .list: "a list"
    case .table: "a table"
    }
  }
}

/// Limits of configuration files, which others may have written.
enum ConfigurationLimits {
  static let bytes = 65_536
  /// Tables and lists within one another.
  static let depth = 8
  static let listItems = 1000
}

extension SourceText {
  /// The span of a word that starts at a one-based line and column (in Unicode scalars).
  func span(line: Int, column: Int) -> SourceSpan {
    guard let start = offset(line: line, column: column) else { return .at(bytes.count) }
    let end = lineSpan(line - 1).end
    let stops: Set<UInt8> = Set(" \t:=,[]{}#".utf8)
    let length = bytes[start..<end].prefix { !stops.contains($0) }.count
    return SourceSpan(start, min(end, start + max(1, length)))
  }
}
