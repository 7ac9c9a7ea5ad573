import Columnar
import FileAccess
import Hunting
import SourceText
import Tenancy

/// What is to be said of an answer beside its rows.
struct AnswerNotes {
  private let answer: HuntingAnswer

  init(_ answer: HuntingAnswer) { self.answer = answer }

  /// Tells what is missing from the answer; the exit code where that is more than was asked for.
  func tell(_ console: Console) -> Int32? {
    for failure in answer.failures {
      console.note(
        "error: no rows of the tenant '\(TerminalText(failure.tenant.name).text)': "
          + TerminalText(failure.failure.message).text
      )
    }
    let cut = answer.cutRows.reduce(0, +)
    if cut > 0 {
      console.note(
        "note: \(cut) more rows were left out: \(HuntingEngine.perTenantRowLimit) at most, "
          + "shared by the tenants"
      )
    }
    if let start = answer.hiddenBefore {
      console.note(
        "note: rows before \(start.text) were left out, since the query filters by no time; "
          + "--timespan all reads all"
      )
    }
    if !answer.failures.isEmpty { return ExitCodes.queryError }
    return cut > 0 ? ExitCodes.limit : nil
  }
}
