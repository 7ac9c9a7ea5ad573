public import SourceText

/// A part of a text: lines and columns from 1, columns in UTF-16 code units, its end behind the
/// last of them; and the bytes.
public struct TextRegion: Sendable, Hashable {
  public let startLine: Int
  public let startColumn: Int
  public let endLine: Int
  public let endColumn: Int
  /// The same as offsets of bytes.
  public let span: SourceSpan

  /// Makes the region of a span of bytes.
  public init(_ span: SourceSpan, of source: SourceText) {
    self.span = span
    (startLine, startColumn) = Self.place(span.start, of: source)
    (endLine, endColumn) = Self.place(max(span.start, span.end), of: source)
  }

  private static func place(_ offset: Int, of source: SourceText) -> (Int, Int) {
    let line = source.lineIndex(at: offset)
    let before = source.text(SourceSpan(source.lineStarts[line], offset))
    return (line + 1, before.utf16.count + 1)
  }
}
