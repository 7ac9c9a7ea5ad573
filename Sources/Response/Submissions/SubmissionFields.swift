import Columnar
import Execution
import Hunting
import Incidents

extension SubmissionListing {
  /// The columns of submissions that programs read.
  static let fieldColumns =
    texts("Submission", "Tenant") + numbers("Number") + texts("Type") + dynamics("Content")
    + texts("Source", "Category", "Status") + dynamics("Result") + texts("Detail", "SubmittedBy")
    + times("Submitted") + dynamics("ReviewedBy") + times("Reviewed")

  /// Those of a submission that is shown with what followed.
  static let shownColumns = fieldColumns + dynamics("Alert", "Entries", "ListEffect")

  /// What programs read of submissions, by name: of a list, and of one that is shown beside it.
  public static let fieldNames = fieldColumns.map(\.name)
  public static let shownNames = shownColumns.map(\.name)
}

extension Submission {
  /// What programs read of it.
  var fields: Fields {
    [
      ("Submission", .text(reference.description)), ("Tenant", .text(reference.tenant)),
      ("Number", .number(reference.number)), ("Type", .text(contentType.rawValue)),
      ("Content", .fields(content.map { ($0.name, .text($0.value)) })),
      ("Source", .text(source.rawValue)), ("Category", .text(category.rawValue)),
      ("Status", .text(status.rawValue)), ("Result", .text(orNull: result?.rawValue)),
      ("Detail", .text(detail)), ("SubmittedBy", .text(submittedBy)),
      ("Submitted", .time(submitted)), ("ReviewedBy", .text(orNull: reviewedBy)),
      ("Reviewed", .time(reviewed)),
    ]
  }

  /// The same with what followed.
  func fields(
    alert: IncidentAlert?,
    entries: [ListEntry],
    effect: DeliveryFilter.Effect
  ) -> Fields {
    let raised = alert.map { alert in
      FieldValue.fields([("AlertId", .text(alert.id)), ("Title", .text(alert.title))])
    }
    return fields + [
      ("Alert", raised ?? .text(orNull: nil)),
      ("Entries", .list(entries.map { .fields($0.fields) })), ("ListEffect", effect.fields),
    ]
  }
}

extension ListEntry {
  fileprivate var fields: Fields {
    [
      ("Entry", .text(reference.description)), ("Action", .text(action.rawValue)),
      ("Kind", .text(kind.rawValue)), ("Value", .text(value)), ("Created", .time(created)),
      ("Expires", .time(expires)), ("Removed", .time(removed)),
    ]
  }
}

extension DeliveryFilter.Effect {
  fileprivate var fields: FieldValue {
    .fields([
      ("Effect", .text(word)), ("Location", .text(orNull: location?.rawValue)),
      ("Entry", .text(orNull: entry?.reference.description)),
    ])
  }
}
