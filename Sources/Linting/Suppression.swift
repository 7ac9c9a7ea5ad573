import KQLSyntax
import SourceText

/// A comment that silences rules: `// harrier-lint: disable=HL003`.
struct Suppression {
  /// Where a comment reaches.
  enum Reach: Equatable {
    /// A line, by index.
    case line(Int)
    case file
  }

  /// A code, name or `all`, with its place.
  struct Target {
    let text: String
    let span: SourceSpan

    var isAll: Bool { text.lowercased() == "all" }
    var rule: LintRule? { LintRule.named(text) }
  }

  let reach: Reach
  let targets: [Target]

  /// Whether the comment covers a finding of a rule by a target.
  func covers(_ diagnostic: Diagnostic, in source: SourceText) -> Bool {
    switch reach {
    case .file: true
    case .line(let line): source.lineIndex(at: diagnostic.span.start) == line
    }
  }

  /// The comments of a text, in order.
  static func all(in tree: SyntaxTree) -> [Suppression] {
    var found: [Suppression] = []
    tree.root.forEachToken { token in
      for comment in comments(token.leadingTrivia, tree.source) {
        if let suppression = Suppression(comment, before: token, tree.source) {
          found.append(suppression)
        }
      }
    }
    return found
  }

  /// The spans of the comments in the trivia of a token.
  private static func comments(_ trivia: SourceSpan, _ source: SourceText) -> [SourceSpan] {
    var found: [SourceSpan] = []
    var offset = trivia.start
    while offset + 1 < trivia.end {
      guard source.bytes[offset] == 0x2F, source.bytes[offset + 1] == 0x2F else {
        offset += 1
        continue
      }
      let end = min(trivia.end, source.lineSpan(source.lineIndex(at: offset)).end)
      found.append(SourceSpan(offset, end))
      offset = end
    }
    return found
  }

  private init?(_ comment: SourceSpan, before token: SyntaxToken, _ source: SourceText) {
    let marks = [("harrier-lint:disable-file=", true), ("harrier-lint:disable=", false)]
    // Spaces mean nothing up to the list, whose items are found by their bytes.
    var reader = CommentReader(source, comment)
    guard let mark = marks.first(where: { reader.take($0.0) }) else { return nil }
    targets = reader.items()
    if targets.isEmpty { return nil }
    if mark.1 {
      reach = .file
    } else {
      let line = source.lineIndex(at: comment.start)
      let before = SourceSpan(source.lineSpan(line).start, comment.start)
      let isAlone = source.bytes[before.range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      reach = .line(isAlone ? source.lineIndex(at: token.span.start) : line)
    }
  }
}

/// Reads a comment byte by byte.
private struct CommentReader {
  private let source: SourceText
  private let end: Int
  private var offset: Int

  init(_ source: SourceText, _ comment: SourceSpan) {
    self.source = source
    end = comment.end
    offset = comment.start
    while offset < end, source.bytes[offset] == 0x2F { offset += 1 }
  }

  /// Takes a text, spaces in between left out; leaves all as it was where it does not follow.
  mutating func take(_ text: String) -> Bool {
    let start = offset
    for byte in text.utf8 {
      skipSpaces()
      guard offset < end, source.bytes[offset] == byte else {
        offset = start
        return false
      }
      offset += 1
    }
    return true
  }

  /// Takes names with commas in between; what follows a space is a remark.
  mutating func items() -> [Suppression.Target] {
    var found: [Suppression.Target] = []
    repeat {
      skipSpaces()
      let start = offset
      while offset < end, Self.isNameByte(source.bytes[offset]) { offset += 1 }
      let span = SourceSpan(start, offset)
      if span.length > 0 { found.append(Suppression.Target(text: source.text(span), span: span)) }
    } while take(",")
    return found
  }

  private mutating func skipSpaces() {
    while offset < end, source.bytes[offset] == 0x20 || source.bytes[offset] == 0x09 {
      offset += 1
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x2D || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }
}
