public import StructuredText

/// Finds comments of YAML, which are no part of what a document says.
public enum CommentSearch {
  /// The line of the first comment outside of scalars, counted from 1; nil where there is none.
  ///
  /// Comments are found by what is left of a line when the scalars on it are taken out.
  public static func firstComment(of document: TextDocument) -> Int? {
    guard document.format == .yaml else { return nil }
    var search = LineSearch(document.text)
    search.leaveOut(document.root)
    return search.firstComment()
  }

  /// The lines of a text and what of them scalars take.
  private struct LineSearch {
    private let lines: [[Unicode.Scalar]]
    /// Whether a line is one of a block or goes on with a scalar of the line before.
    private var covered: Set<Int> = []
    /// Where scalars start, by line.
    private var starts: [Int: [Int]] = [:]

    init(_ text: String) {
      lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        .map(Array.init)
    }

    mutating func leaveOut(_ node: DocumentNode) {
      switch node.content {
      case .sequence(let items): for item in items { leaveOut(item) }
      case .mapping(let members):
        for member in members {
          starts[member.keyPlace.line, default: []].append(member.keyPlace.column)
          leaveOut(member.value)
        }
      case .scalar(let scalar): leaveOut(scalar, at: node.place)
      }
    }

    private mutating func leaveOut(_ scalar: DocumentScalar, at place: DocumentPlace) {
      starts[place.line, default: []].append(place.column)
      guard place.line >= 1, place.line <= lines.count else { return }
      switch scalar.style {
      case .literal, .folded: coverBlock(below: place)
      case .plain, .singleQuoted, .doubleQuoted: coverContinuation(of: scalar, at: place)
      }
    }

    /// Covers the lines of a block: those that are blank or further in than the line it began on.
    private mutating func coverBlock(below place: DocumentPlace) {
      let parent = indent(of: place.line)
      var line = place.line + 1
      while line <= lines.count, isBlank(line) || indent(of: line) > parent {
        covered.insert(line)
        line += 1
      }
    }

    /// Covers the lines of a quoted scalar up to its end.
    private mutating func coverContinuation(of scalar: DocumentScalar, at place: DocumentPlace) {
      guard scalar.style != .plain else { return }
      let quote: Unicode.Scalar = scalar.style == .singleQuoted ? "'" : "\""
      var text = lines[place.line - 1]
      var line = place.line
      var start = place.column - 1
      guard start >= 0, start < text.count, text[start] == quote else { return }
      while end(ofQuotedAt: start, text) == text.count, text.last != quote || text.count < 2 {
        line += 1
        guard line <= lines.count else { return }
        covered.insert(line)
        // The rest of the scalar is read as if it began on this line.
        text = [quote] + lines[line - 1]
        start = 0
      }
    }

    func firstComment() -> Int? {
      lines.indices.map { $0 + 1 }.first { !covered.contains($0) && hasComment($0) }
    }

    /// Whether a line has `#` at its start or behind a blank, outside of quotes.
    private func hasComment(_ line: Int) -> Bool {
      let scalars = lines[line - 1]
      let begins = Set(starts[line] ?? [])
      var index = 0
      while index < scalars.count {
        let scalar = scalars[index]
        if scalar == "\"" || scalar == "'", begins.contains(index + 1) {
          index = end(ofQuotedAt: index, scalars)
          continue
        }
        let isFree = index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\t"
        if scalar == "#", isFree { return true }
        index += 1
      }
      return false
    }

    /// The index behind a quoted scalar, or the end of the line where it goes on.
    private func end(ofQuotedAt start: Int, _ scalars: [Unicode.Scalar]) -> Int {
      let quote = scalars[start]
      var index = start + 1
      while index < scalars.count {
        let isPair = index + 1 < scalars.count && scalars[index + 1] == quote
        if scalars[index] == "\\", quote == "\"" {
          index += 2
        } else if scalars[index] != quote {
          index += 1
        } else if quote == "'", isPair {
          index += 2
        } else {
          return index + 1
        }
      }
      return scalars.count
    }

    private func isBlank(_ line: Int) -> Bool {
      lines[line - 1].allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" }
    }

    private func indent(of line: Int) -> Int { lines[line - 1].prefix { $0 == " " }.count }
  }
}
