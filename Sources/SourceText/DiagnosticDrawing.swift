/// Draws diagnostics with the lines that they are about and carets below.
///
/// Control characters of the text are shown as visible symbols.
public struct DiagnosticDrawing: Sendable {
  private let source: SourceText
  /// The most characters of a line that are shown around the span.
  private static let lineLimit = 120

  public init(source: SourceText) { self.source = source }

  /// Draws one diagnostic: place, message, line, carets with label, help, fix-its.
  public func draw(_ diagnostic: Diagnostic) -> String {
    let place = source.position(at: diagnostic.span.start)
    var lines = [
      "\(source.name):\(place.line):\(place.column): \(diagnostic.severity.rawValue) "
        + "\(diagnostic.code): \(Self.visible(diagnostic.message))"
    ]
    if !source.bytes.isEmpty { lines += excerpt(diagnostic, line: place.line) }
    if let help = diagnostic.help { lines.append("  help: \(Self.visible(help))") }
    lines += diagnostic.fixIts.map { "  fix: \(Self.visible($0.message))" }
    return lines.joined(separator: "\n")
  }

  private func excerpt(_ diagnostic: Diagnostic, line: Int) -> [String] {
    let span = source.lineSpan(line - 1)
    let start = min(max(diagnostic.span.start, span.start), span.end)
    let end = min(max(diagnostic.span.end, start), span.end)
    let from = max(span.start, start - Self.lineLimit / 2)
    let to = min(span.end, max(end, from + Self.lineLimit))
    let before = Self.visible(source.text(SourceSpan(from, start)))
    let marked = Self.visible(source.text(SourceSpan(start, min(end, start + Self.lineLimit))))
    let after = Self.visible(source.text(SourceSpan(start, to))).dropFirst(marked.count)
    let number = String(line)
    let gutter = String(repeating: " ", count: number.count)
    let carets = String(repeating: "^", count: max(1, marked.count))
    let label = diagnostic.label.map { " " + Self.visible($0) } ?? ""
    return [
      "  \(number) | \(before)\(marked)\(after)",
      "  \(gutter) | \(String(repeating: " ", count: before.count))\(carets)\(label)",
    ]
  }

  /// The text with control, format and unassigned characters replaced.
  private static func visible(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control: safe.append(scalar == "\t" ? " " : "\u{FFFD}")
      case .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
        safe.append("\u{FFFD}")
      default: safe.append(scalar)
      }
    }
    return String(safe)
  }
}
