/// Reads what follows `expect`.
struct ExpectationReader {
  private var words: [Substring]
  private let text: String

  private static let kinds = ["rows", "result", "snapshot", "error", "diagnostic"]

  init(_ text: String) {
    self.text = text
    words = text.split { $0 == " " || $0 == "\t" }
  }

  /// The expectation that the whole text states.
  mutating func read() throws(DirectiveProblem) -> Expectation {
    let kind = String(next() ?? "")
    let expectation: Expectation
    switch kind {
    case "rows": expectation = .rows(try rows(of: nil))
    case "result": expectation = .rows(try result())
    case "snapshot": expectation = .snapshot
    case "error": expectation = try error()
    case "diagnostic": expectation = .diagnostic(code: try code("expect diagnostic HR012"))
    default: throw DirectiveReader.unknown(kind, among: Self.kinds, "expectation")
    }
    if let word = next() {
      throw DirectiveProblem("nothing can follow here, found '\(word)' in 'expect \(text)'")
    }
    return expectation
  }

  private mutating func next() -> Substring? { words.isEmpty ? nil : words.removeFirst() }

  private mutating func result() throws(DirectiveProblem) -> RowExpectation {
    let word = next() ?? "nothing"
    guard let number = Int(word), number > 0 else {
      throw DirectiveProblem(
        "expected the number of a result, from 1, found \(word); write expect result 2 rows > 3"
      )
    }
    guard next() == "rows" else {
      throw DirectiveProblem("expected 'rows'; write expect result \(number) rows > 3")
    }
    return try rows(of: number)
  }

  /// Reads a comparison and a count, with or without a blank between them.
  private mutating func rows(of result: Int?) throws(DirectiveProblem) -> RowExpectation {
    let rest = words.joined(separator: " ")
    words = []
    let mark = rest.prefix { "=!<>".contains($0) }
    let count = rest.dropFirst(mark.count).drop { $0 == " " }
    guard let comparison = RowExpectation.Comparison(rawValue: String(mark)) else {
      let marks = RowExpectation.Comparison.allCases.map(\.rawValue).joined(separator: " ")
      let found = rest.isEmpty ? "nothing" : "'\(rest)'"
      throw DirectiveProblem("expected one of \(marks), found \(found); write expect rows == 0")
    }
    guard let number = Int(count), number >= 0, count.allSatisfy(\.isNumber) else {
      throw DirectiveProblem("'\(count)' is no count of rows; write expect rows \(mark) 3")
    }
    return RowExpectation(result: result, comparison, number)
  }

  private mutating func error() throws(DirectiveProblem) -> Expectation {
    if words.isEmpty { return .error(code: nil, at: nil) }
    let code = try code("expect error KS204 at 3:9")
    guard let word = next() else { return .error(code: code, at: nil) }
    guard word == "at" else {
      throw DirectiveProblem("expected 'at LINE:COLUMN', found '\(word)'")
    }
    let place = String(next() ?? "")
    let numbers = place.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let line = numbers[0], let column = numbers[1], line > 0, column > 0
    else { throw DirectiveProblem("'\(place)' is no place; write expect error \(code) at 3:9") }
    return .error(code: code, at: TextPosition(line: line, column: column))
  }

  private mutating func code(_ form: String) throws(DirectiveProblem) -> String {
    let word = String(next() ?? "")
    let isCode = word.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    if isCode, word.utf8.count >= 3 { return word }
    throw DirectiveProblem("'\(word)' is no code of a diagnostic; write \(form)")
  }
}
