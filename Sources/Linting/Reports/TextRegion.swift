public import SourceText

/// A span of a text by lines and columns, both from 1, columns in UTF-16 code units.
public struct TextRegion: Sendable, Equatable {
  public let startLine: Int
  public let startColumn: Int
  public let endLine: Int
  /// The column after the last character.
  public let endColumn: Int

  public init(_ span: SourceSpan, in source: SourceText) {
    (startLine, startColumn) = Self.position(span.start, source)
    (endLine, endColumn) = Self.position(max(span.start, span.end), source)
  }

  private static func position(_ offset: Int, _ source: SourceText) -> (Int, Int) {
    let line = source.lineIndex(at: offset)
    let start = source.lineStarts[line]
    let before = source.text(SourceSpan(start, max(start, offset)))
    return (line + 1, before.utf16.count + 1)
  }
}
