public import SourceText

/// One finding about a file, for programs that collect such: from the parser, the binder, a run or
/// a linter.
public struct Finding: Sendable, Equatable {
  /// How bad it is, in the words of SARIF.
  public enum Level: String, Sendable {
    case error
    case warning
    case note
  }

  /// A change that would mend it.
  public struct Fix: Sendable, Equatable {
    public let message: String
    public let region: TextRegion
    public let replacement: String

    public init(_ message: String, region: TextRegion, replacement: String) {
      self.message = message
      self.region = region
      self.replacement = replacement
    }
  }

  /// The code of the rule.
  public let rule: String
  public let level: Level
  public let message: String
  /// The path as it was given.
  public let file: String
  /// nil where it concerns the whole file.
  public let region: TextRegion?
  public let fixes: [Fix]

  public init(
    rule: String,
    level: Level,
    message: String,
    file: String,
    region: TextRegion?,
    fixes: [Fix] = []
  ) {
    self.rule = rule
    self.level = level
    self.message = message
    self.file = file
    self.region = region
    self.fixes = fixes
  }
}

extension Finding {
  /// The same finding without a place.
  var ofWholeFile: Finding {
    Finding(rule: rule, level: level, message: message, file: file, region: nil, fixes: fixes)
  }

  /// Makes a finding of a diagnostic of a text.
  public init(_ diagnostic: Diagnostic, of source: SourceText, file: String) {
    let level: Level =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .hint: .note
      }
    let help = diagnostic.help.map { "; \($0)" } ?? ""
    self.init(
      rule: diagnostic.code,
      level: level,
      message: diagnostic.message + help,
      file: file,
      region: TextRegion(diagnostic.span, of: source),
      fixes: diagnostic.fixIts.map {
        Fix($0.message, region: TextRegion($0.span, of: source), replacement: $0.replacement)
      }
    )
  }
}

/// A part of a text: lines and columns from 1, columns in UTF-16 code units, its end behind the
/// last of them.
public struct TextRegion: Sendable, Hashable {
  public let startLine: Int
  public let startColumn: Int
  public let endLine: Int
  public let endColumn: Int

  public init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int) {
    self.startLine = startLine
    self.startColumn = startColumn
    self.endLine = endLine
    self.endColumn = endColumn
  }

  /// Makes the region of a span of bytes.
  public init(_ span: SourceSpan, of source: SourceText) {
    (startLine, startColumn) = Self.place(span.start, of: source)
    (endLine, endColumn) = Self.place(span.end, of: source)
  }

  private static func place(_ offset: Int, of source: SourceText) -> (Int, Int) {
    let line = source.lineIndex(at: offset)
    let before = source.text(SourceSpan(source.lineStarts[line], offset))
    return (line + 1, before.utf16.count + 1)
  }
}
