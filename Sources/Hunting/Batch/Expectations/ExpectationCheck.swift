import Execution
import Findings
import SourceText

/// Holds how a query ended against what was expected.
struct ExpectationCheck {
  private let expectations: [Expectation]
  private let source: SourceText
  private let file: String

  init(_ expectations: [Expectation], source: SourceText, file: String) {
    self.expectations = expectations
    self.source = source
    self.file = file
  }

  /// What is not as expected; errors that nobody expects are among it.
  func problems(of ending: FileRun.Ending) -> [BatchProblem] {
    unexpectedErrors(ending) + expectations.flatMap { problems($0, ending) }
  }

  private func unexpectedErrors(_ ending: FileRun.Ending) -> [BatchProblem] {
    guard ending.isError else { return [] }
    let kind: BatchProblem.Kind = if case .rejection = ending { .query } else { .failure }
    let errors = ending.diagnostics.filter { error in
      error.severity == .error && !expectations.contains { allows($0, error) }
    }
    return errors.map { problem(kind, $0, ending.hasPlace) }
  }

  /// Whether an error is foreseen, be it at another place than it is said to be.
  private func allows(_ expectation: Expectation, _ error: Diagnostic) -> Bool {
    switch expectation {
    case .error(let code, _): code == nil || code == error.code
    case .diagnostic(let code): code == error.code
    case .rows, .snapshot: false
    }
  }

  private func problem(
    _ kind: BatchProblem.Kind,
    _ diagnostic: Diagnostic,
    _ hasPlace: Bool
  ) -> BatchProblem {
    BatchProblem(
      kind,
      diagnostic.message,
      file: file,
      at: hasPlace ? TextRegion(diagnostic.span, of: source) : nil,
      diagnostic: diagnostic
    )
  }

  private func problems(_ expectation: Expectation, _ ending: FileRun.Ending) -> [BatchProblem] {
    let message: String? =
      switch expectation {
      case .rows(let rows): rowsMessage(rows, ending)
      case .snapshot: nil
      case .error(let code, let position): errorMessage(code, position, ending)
      case .diagnostic(let code): diagnosticMessage(code, ending)
      }
    return message.map { [BatchProblem(.expectation, $0, file: file)] } ?? []
  }

  private func rowsMessage(_ rows: RowExpectation, _ ending: FileRun.Ending) -> String? {
    guard case .answer(let answer) = ending else { return "expected \(rows.text), found an error" }
    let counts = answer.tables.map(\.result.rowCount)
    let index = rows.result.map { $0 - 1 } ?? counts.count - 1
    guard counts.indices.contains(index) else {
      return "expected \(rows.text), found \(counts.count) results"
    }
    if rows.comparison.holds(counts[index], rows.count) { return nil }
    return "expected \(rows.text), found \(counts[index])"
  }

  private func errorMessage(
    _ code: String?,
    _ position: TextPosition?,
    _ ending: FileRun.Ending
  ) -> String? {
    let wanted = code.map { "the error \($0)" } ?? "an error"
    guard ending.isError else { return "expected \(wanted), found none" }
    let errors = ending.diagnostics.filter { error in
      error.severity == .error && (code == nil || code == error.code)
    }
    if errors.isEmpty { return "expected \(wanted), found \(Self.codes(ending.diagnostics))" }
    guard let position else { return nil }
    let places = errors.map { error in
      let place = source.position(at: error.span.start)
      return TextPosition(line: place.line, column: place.column)
    }
    if places.contains(position) { return nil }
    let found = places.map { "\($0.line):\($0.column)" }.joined(separator: ", ")
    return "expected \(wanted) at \(position.line):\(position.column), found it at \(found)"
  }

  private func diagnosticMessage(_ code: String, _ ending: FileRun.Ending) -> String? {
    if ending.diagnostics.contains(where: { $0.code == code }) { return nil }
    return "expected the diagnostic \(code), found \(Self.codes(ending.diagnostics))"
  }

  private static func codes(_ diagnostics: [Diagnostic]) -> String {
    let codes = Set(diagnostics.map(\.code)).sorted()
    return codes.isEmpty ? "none" : codes.joined(separator: ", ")
  }
}
