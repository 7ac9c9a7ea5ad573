import Columnar
import Hunting

extension IncidentReport {
  /// All of the report, and all of the history, as one JSON object.
  public var json: String {
    let times = IncidentTimes(details.incident)
    let assets = details.alertAssets
    let alerts = zip(zip(details.alerts, assets), details.alertPlaces).map { alert, place in
      FieldValue.fields(AlertItem(alert.0, alert.1, place).fields)
    }
    let summary =
      SummaryFacts(details).fields + [
        ("SecondsToAcknowledge", .seconds(times.toAcknowledge)),
        ("SecondsToResolve", .seconds(times.toResolve)),
      ]
    return FieldListing.document([
      ("Summary", .fields(summary)), ("Timeline", .list(timeline.map(\.fields))),
      ("Alerts", .list(alerts)), ("Assets", .list(self.assets.map { .fields($0.fields) })),
      ("Mails", .list(mails.map { .fields($0.fields) })),
      ("Evidence", .list(details.distinctEvidence.map { .fields($0.fields) })),
      ("Actions", .list(actions.map(\.fields))),
      ("Comments", .list(details.comments.map(\.commentFields))),
      ("History", .list(details.history.map { .fields($0.fields) })),
    ])
  }
}

extension IncidentReport.Action {
  fileprivate var fields: FieldValue {
    .fields([
      ("ActionId", .text(reference)), ("At", .time(at)), ("Action", .text(what)),
      ("Target", .text(target)), ("Status", .text(status)), ("By", .text(actor)),
    ])
  }
}

extension FieldValue {
  /// How long something took, in whole seconds; null where it is not over.
  static func seconds(_ span: TimeSpan?) -> FieldValue {
    span.map { .number(Int($0.ticks / TimeSpan.ticksPerSecond)) } ?? .scalar(.null(.long))
  }
}
