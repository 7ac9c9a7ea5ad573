import DetectionRules
import Findings
import SourceText

/// Where parts of a text that a scalar holds, such as the query, are in the file.
struct QueryRegion {
  private let text: RuleQuery
  private let source: SourceText
  private let document: RuleDocument

  init(_ text: RuleQuery, source: SourceText, in document: RuleDocument) {
    self.text = text
    self.source = source
    self.document = document
  }

  /// The same bytes in the file; nil where the text is written there in another way.
  func exactSpan(_ span: SourceSpan) -> SourceSpan? {
    guard let exact = fileSpan(span),
      document.source.bytes[exact.range].elementsEqual(source.bytes[span.range])
    else { return nil }
    return exact
  }

  /// The region of a part; that of the whole scalar where it is written in another way.
  func region(_ span: SourceSpan) -> TextRegion? {
    if let found = fileSpan(span) { return TextRegion(found, of: document.source) }
    return document.region(at: text.place)
  }

  private func fileSpan(_ span: SourceSpan) -> SourceSpan? {
    guard span.end <= source.bytes.count, let start = offset(span.start),
      let end = offset(span.end), start <= end
    else { return nil }
    return SourceSpan(start, end)
  }

  private func offset(_ offset: Int) -> Int? {
    let position = source.position(at: offset)
    return text.exactPlace(line: position.line, column: position.column)
      .flatMap(document.offset)
  }
}
