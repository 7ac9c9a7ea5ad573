import Columnar
public import Execution
public import Hunting
public import Incidents

/// Submissions as rows to show.
public enum SubmissionListing: RowListing {
  /// A row for each submission.
  public static func submissions(_ submissions: [Submission]) -> QueryResult {
    let schema = Schema(
      texts("Submission", "Type", "Content", "Source", "Category", "Status", "Result")
        + texts("SubmittedBy") + times("Submitted") + texts("ReviewedBy") + times("Reviewed")
    )
    return StoreListing.rows(schema, submissions) { item in
      [
        item.reference.description, item.contentType.rawValue, item.text, item.source.rawValue,
        item.category.rawValue, item.status.rawValue, item.result?.rawValue ?? "",
        item.submittedBy,
      ].map(text)
        + [time(item.submitted), text(item.reviewedBy ?? ""), time(item.reviewed)]
    }
  }

  /// A row for each fact of a submission.
  public static func summary(
    _ item: Submission,
    alert: IncidentAlert?,
    entries: [ListEntry],
    effect: DeliveryFilter.Effect
  ) -> QueryResult {
    let made = entries.map { "\($0.action.rawValue) \($0.kind.rawValue) \($0.value)" }
    let rows: [(String, String)] = [
      ("Submission", item.reference.description), ("Type", item.contentType.rawValue),
      ("Content", item.text), ("Source", item.source.rawValue),
      ("Category", item.category.rawValue), ("Status", item.status.rawValue),
      ("Result", item.result?.rawValue ?? ""), ("Detail", item.detail),
      ("SubmittedBy", item.submittedBy), ("Submitted", item.submitted.text),
      ("ReviewedBy", item.reviewedBy ?? ""), ("Reviewed", item.reviewed?.text ?? ""),
      ("Alert", alert.map { "\($0.title) (\($0.id))" } ?? ""),
      ("Entries", made.joined(separator: "; ")), ("ListEffect", effect.word),
    ]
    return StoreListing.rows(Schema(texts("Fact", "Value")), rows.filter { !$0.1.isEmpty }) {
      [text($0.0), text($0.1)]
    }
  }
}
