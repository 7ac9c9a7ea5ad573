import DetectionRules
import Findings
import SourceText

/// Makes findings about a file of what was found in one of its rules and its query.
struct FindingWriter {
  private let document: RuleDocument
  private let query: QueryRegion
  private let source: SourceText

  init(_ rule: DetectionRule, _ source: SourceText, in document: RuleDocument) {
    self.document = document
    self.source = source
    query = QueryRegion(rule.query, source: source, in: document)
  }

  /// What parser or binder say of the query.
  func finding(_ diagnostic: Diagnostic) -> Finding {
    var finding = Finding(
      diagnostic.code,
      diagnostic.severity,
      diagnostic.message,
      file: document.path,
      at: query.region(diagnostic.span)
    )
    finding.help = diagnostic.help
    finding.related = [place(inQuery: diagnostic.span)]
    finding.fixes = diagnostic.fixIts.compactMap { fixIt in
      fix(RuleFix(fixIt.message, .query(fixIt.span, fixIt.replacement)))
    }
    return finding
  }

  /// What a check found.
  func finding(_ match: RuleMatch, of check: RuleCheck) -> Finding {
    let region: TextRegion? =
      switch match.place {
      case .document(let place): document.region(at: place)
      case .query(let span): query.region(span)
      }
    var finding = Finding(
      check.code,
      match.severity ?? check.severity,
      match.message,
      file: document.path,
      at: region
    )
    finding.ruleName = check.name
    finding.help = match.help
    if case .query(let span) = match.place { finding.related = [place(inQuery: span)] }
    finding.related += match.related.map { Finding.Place($0.message, file: $0.path) }
    finding.fixes = match.fix.flatMap(fix).map { [$0] } ?? []
    return finding
  }

  /// The place in the query, counted from the query's start.
  private func place(inQuery span: SourceSpan) -> Finding.Place {
    let position = source.position(at: span.start)
    return Finding.Place(
      "line \(position.line), column \(position.column) of the query",
      file: document.path,
      at: query.region(span)
    )
  }

  /// The change of the file; nil where the text is written there in another way.
  private func fix(_ fix: RuleFix) -> Finding.Fix? {
    switch fix.change {
    case .query(let span, let text):
      guard !text.contains("\n"), let exact = query.exactSpan(span) else { return nil }
      return Finding.Fix(
        fix.message,
        region: TextRegion(exact, of: document.source),
        replacement: text
      )
    case .scalar(let place, let text):
      guard let span = document.token(at: place), span.length > 0 else { return nil }
      let first = document.source.bytes[span.start]
      let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
      let quote = isQuoted ? String(UnicodeScalar(first)) : ""
      return Finding.Fix(
        fix.message,
        region: TextRegion(span, of: document.source),
        replacement: quote + text + quote
      )
    }
  }
}
