public import Findings

extension JUnitReport {
  /// Makes a report of what came of query files.
  public init(_ summary: BatchSummary) {
    self.init(
      "harrier run",
      summary.outcomes.map { outcome in
        Case(
          outcome.path,
          Self.ending(of: outcome),
          notes: outcome.notes,
          nanoseconds: outcome.nanoseconds
        )
      },
      nanoseconds: summary.nanoseconds
    )
  }

  private static func ending(of outcome: FileOutcome) -> Case.Outcome {
    if let first = outcome.problems.first {
      let texts = outcome.problems.map { ProblemText($0).text }
      return .failed(
        type: first.kind.rawValue,
        message: first.message,
        text: texts.joined(separator: "\n")
      )
    }
    return outcome.skipReason.map { .skipped(reason: $0) } ?? .passed
  }
}
