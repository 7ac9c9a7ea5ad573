public import DetectionRules
import Findings
public import SourceText
public import StructuredText

/// A rule file: its bytes, and what was read from them.
public struct RuleDocument: Sendable {
  /// As it was given; may hold any character.
  public let path: String
  public let format: TextDocument.Format
  public let source: SourceText
  public let file: RuleFile

  /// Reads a file.
  public init(path: String, bytes: [UInt8], format: TextDocument.Format) {
    self.path = path
    self.format = format
    source = SourceText(bytes: bytes, name: TerminalText(path).text)
    file = RuleFile(bytes, format: format)
  }

  /// The ends of the names of rule files.
  public static let endings = [".yaml", ".yml", ".json"]

  /// The format that a name tells.
  public static func format(of path: String) -> TextDocument.Format {
    path.lowercased().hasSuffix(".json") ? .json : .yaml
  }

  /// The offset of a place; nil for a place that is not in the text.
  func offset(of place: DocumentPlace) -> Int? {
    source.offset(line: place.line, column: place.column)
  }

  /// The key or scalar that starts at a place, as far as it is on that line; with its quotes.
  func token(at place: DocumentPlace) -> SourceSpan? {
    guard let start = offset(of: place) else { return nil }
    let bytes = source.bytes
    let end = source.lineSpan(place.line - 1).end
    guard start < end else { return SourceSpan(start, start) }
    let quote = bytes[start]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      var index = start + 1
      while index < end, bytes[index] != quote {
        index += bytes[index] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
      }
      return SourceSpan(start, min(index + 1, end))
    }
    var index = start
    while index < end, !isEnd(bytes, index) { index += 1 }
    while index > start, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
    return SourceSpan(start, index)
  }

  /// Whether a plain scalar or key ends before an index.
  private func isEnd(_ bytes: [UInt8], _ index: Int) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): true
    case UInt8(ascii: ":"): index + 1 >= bytes.count || bytes[index + 1] <= 0x20
    case UInt8(ascii: "#"): index > 0 && bytes[index - 1] <= 0x20
    default: false
    }
  }

  /// What the key or scalar at a place says, where it is written without escapes.
  func text(at place: DocumentPlace) -> String? {
    guard let span = token(at: place) else { return nil }
    let text = source.text(span)
    guard let first = text.first, first == "\"" || first == "'", text.count > 1 else { return text }
    return String(text.dropFirst().dropLast())
  }

  /// The region of the key or scalar at a place.
  func region(at place: DocumentPlace) -> TextRegion? {
    token(at: place).map { TextRegion($0, of: source) }
  }
}
