public import StructuredText

/// The query of a rule, and where its characters are in the document.
public struct RuleQuery: Sendable {
  public let text: String
  /// Where the scalar that holds it starts.
  public let place: DocumentPlace
  private let lines: [DocumentPlace]

  /// - Parameter document: the text in which the scalar stands.
  public init(_ scalar: DocumentScalar, at place: DocumentPlace, in document: String) {
    text = scalar.text
    self.place = place
    lines = QueryPlaces.find(scalar, at: place, in: document)
  }

  /// The place in the document of a place in the query; that of the whole query where its text is
  /// folded or escaped so that they do not go together.
  ///
  /// - Parameters:
  ///   - line: counted from 1.
  ///   - column: counted in characters, from 1.
  public func place(line: Int, column: Int) -> DocumentPlace {
    exactPlace(line: line, column: column) ?? place
  }

  /// The place in the document of a place in the query; nil where they do not go together.
  public func exactPlace(line: Int, column: Int) -> DocumentPlace? {
    guard line >= 1, line <= lines.count, column >= 1 else { return nil }
    let start = lines[line - 1]
    return DocumentPlace(line: start.line, column: start.column + column - 1)
  }
}

/// Finds the lines of a query in the lines of a document.
enum QueryPlaces {
  /// The place of each line's first character; empty where the lines are not there as they are.
  static func find(
    _ scalar: DocumentScalar,
    at place: DocumentPlace,
    in document: String
  ) -> [DocumentPlace] {
    // By scalars: "\r\n" is one character, which is not "\n".
    let source = lines(of: document)
    guard place.line >= 1, place.line <= source.count else { return [] }
    let lines = lines(of: scalar.text)
    switch scalar.style {
    case .literal, .folded: return block(lines, below: place.line, source)
    case .plain: return inline(lines, place, source, quote: 0)
    case .singleQuoted, .doubleQuoted: return inline(lines, place, source, quote: 1)
    }
  }

  private typealias Line = Substring.UnicodeScalarView

  private static func lines(of text: String) -> [Line] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Lines of a block, which all start at one column.
  private static func block(
    _ lines: [Line],
    below line: Int,
    _ source: [Line]
  ) -> [DocumentPlace] {
    var found: [DocumentPlace] = []
    var indent: Int?
    for (index, text) in lines.enumerated() {
      let number = line + index
      if number >= source.count {
        // What is left is the end of the block: lines that are not written.
        return text.isEmpty ? found : []
      }
      let written = source[number]
      if text.isEmpty {
        found.append(DocumentPlace(line: number + 1, column: (indent ?? 0) + 1))
        continue
      }
      let expected = written.count - text.count
      let column = indent ?? max(0, written.last == "\r" ? expected - 1 : expected)
      guard written.dropFirst(column).starts(with: text) else { return [] }
      indent = column
      found.append(DocumentPlace(line: number + 1, column: column + 1))
    }
    return found
  }

  private static func inline(
    _ lines: [Line],
    _ place: DocumentPlace,
    _ source: [Line],
    quote: Int
  ) -> [DocumentPlace] {
    guard lines.count == 1 else { return [] }
    let written = source[place.line - 1].dropFirst(place.column - 1 + quote)
    guard written.starts(with: lines[0]) else { return [] }
    return [DocumentPlace(line: place.line, column: place.column + quote)]
  }
}
