import Findings
import SourceText

/// One directive, where it stands.
struct DirectiveLine: Sendable {
  /// What follows `// harrier:`, or the line of a file of directives, without blanks around it.
  let text: String
  let file: String
  let region: TextRegion

  /// The directives of a query text: lines `// harrier: …` among the comments before its first
  /// token; and those that stand too late to count.
  static func header(of source: SourceText, _ file: String) -> (lines: [Self], late: [Self]) {
    var lines: [Self] = []
    var late: [Self] = []
    var isHeader = true
    for index in source.lineStarts.indices {
      let line = source.text(source.lineSpan(index))
      let isMark = index == 0 && line.unicodeScalars.first == "\u{FEFF}"
      let text = isMark ? String(line.unicodeScalars.dropFirst()) : line
      if let directive = directive(text) {
        let found = Self(directive, at: index, of: source, file)
        if isHeader { lines.append(found) } else { late.append(found) }
      } else {
        let words = text.drop(while: isBlank)
        if !words.isEmpty, !words.hasPrefix("//") { isHeader = false }
      }
    }
    return (lines, late)
  }

  /// The directives of a file that holds nothing else: one a line, `//` or `#` begins a comment
  /// line. The words `// harrier:` may stand in front here too.
  static func all(of source: SourceText, _ file: String) -> [Self] {
    source.lineStarts.indices.compactMap { index in
      let line = source.text(source.lineSpan(index))
      let text = trimmed(line)
      if let directive = directive(line) {
        return Self(directive, at: index, of: source, file)
      }
      if text.isEmpty || text.hasPrefix("//") || text.hasPrefix("#") { return nil }
      return Self(text, at: index, of: source, file)
    }
  }

  private init(_ text: String, at index: Int, of source: SourceText, _ file: String) {
    let line = source.lineSpan(index)
    let blanks = source.text(line).prefix(while: Self.isBlank)
    self.text = text
    self.file = file
    region = TextRegion(SourceSpan(line.start + blanks.utf8.count, line.end), of: source)
  }

  /// What a comment line directs; nil for other comments.
  private static func directive(_ line: String) -> String? {
    let text = line.drop(while: isBlank)
    guard text.hasPrefix("//") else { return nil }
    let words = text.drop { $0 == "/" }.drop(while: isBlank)
    guard words.prefix(mark.count).lowercased() == mark else { return nil }
    return trimmed(String(words.dropFirst(mark.count)))
  }

  private static let mark = "harrier:"

  static func trimmed(_ text: String) -> String {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\r"
  }
}
