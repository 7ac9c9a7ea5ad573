public import FileAccess

/// Writes what came of cases as what they expect.
public enum RuleTestUpdate {
  /// Writes the files whose cases failed by their alerts only; marks those that were written.
  public static func apply(
    _ summary: inout RuleTestSummary,
    of tests: [RuleTestFile],
    in files: any FileSystem
  ) throws(FileFailure) {
    for test in tests {
      guard let document = test.document else { continue }
      let places = summary.outcomes.indices.filter {
        summary.outcomes[$0].path == test.path && summary.outcomes[$0].replacement != nil
      }
      if places.isEmpty { continue }
      let changes = places.compactMap { place -> ExpectationEdit.Change? in
        let outcome = summary.outcomes[place]
        guard let node = outcome.replacement,
          let item = test.cases.first(where: { $0.place == outcome.place })
        else { return nil }
        return ExpectationEdit.Change(item: item.node, expectation: node)
      }
      let text = ExpectationEdit(document, changes).text()
      if let text { try files.write(Array(text.utf8), to: test.path) }
      for place in places { summary.outcomes[place].note(isWritten: text != nil) }
    }
  }
}

extension RuleTestOutcome {
  fileprivate mutating func note(isWritten: Bool) {
    if isWritten {
      isUpdated = true
      return
    }
    problems.append(
      RuleTestProblem(
        "HT012",
        "the expectation cannot be written here without losing a comment",
        at: place,
        help: "write the case as lines with keys, not in braces"
      )
    )
  }
}
