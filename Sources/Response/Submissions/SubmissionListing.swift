import Columnar
import Execution
public import Hunting
public import Incidents

/// Submissions as rows to show.
public enum SubmissionListing: RowListing {
  /// A row for each submission.
  public static func submissions(_ submissions: [Submission]) -> ListedRows {
    let schema = Schema(
      texts("Submission", "Type", "Content", "Source", "Category", "Status", "Result")
        + texts("SubmittedBy") + times("Submitted") + texts("ReviewedBy") + times("Reviewed")
    )
    let people = StoreListing.rows(schema, submissions) { item in
      [
        item.reference.description, item.contentType.rawValue, item.text, item.source.rawValue,
        item.category.rawValue, item.status.rawValue, item.result?.rawValue ?? "",
        item.submittedBy,
      ].map(text)
        + [time(item.submitted), text(item.reviewedBy ?? ""), time(item.reviewed)]
    }
    return ListedRows(
      people: people,
      programs: FieldListing.rows(fieldColumns, submissions, fields: \.fields)
    )
  }

  /// All facts of a submission.
  public static func summary(
    _ item: Submission,
    alert: IncidentAlert?,
    entries: [ListEntry],
    effect: DeliveryFilter.Effect
  ) -> ListedRows {
    ListedRows(
      people: factRows(item, alert, entries, effect),
      programs: FieldListing.rows(shownColumns, [item]) {
        $0.fields(alert: alert, entries: entries, effect: effect)
      }
    )
  }

  /// A row for each fact of a submission.
  private static func factRows(
    _ item: Submission,
    _ alert: IncidentAlert?,
    _ entries: [ListEntry],
    _ effect: DeliveryFilter.Effect
  ) -> QueryResult {
    let made = entries.map(text(of:))
    let rows: [(String, String)] = [
      ("Submission", item.reference.description), ("Type", item.contentType.rawValue),
      ("Content", item.text), ("Source", item.source.rawValue),
      ("Category", item.category.rawValue), ("Status", item.status.rawValue),
      ("Result", item.result?.rawValue ?? ""), ("Detail", item.detail),
      ("SubmittedBy", item.submittedBy), ("Submitted", item.submitted.text),
      ("ReviewedBy", item.reviewedBy ?? ""), ("Reviewed", item.reviewed?.text ?? ""),
      ("Alert", alert.map { "\($0.title) (\($0.id))" } ?? ""),
      ("Entries", made.joined(separator: "; ")), ("ListEffect", text(of: effect)),
    ]
    return facts(rows)
  }

  private static func text(of entry: ListEntry) -> String {
    "\(entry.action.rawValue) \(entry.kind.rawValue) \(entry.value) (\(entry.reference))"
  }

  private static func text(of effect: DeliveryFilter.Effect) -> String {
    effect.entry.map { "\(effect.word), by \(text(of: $0))" } ?? effect.word
  }
}
