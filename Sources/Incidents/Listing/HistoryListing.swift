import Columnar
public import Hunting

extension IncidentListing {
  /// A row for each entry, oldest first.
  public static func history(_ entries: [HistoryEntry]) -> ListedRows {
    let schema = Schema(
      times("At") + texts("Actor", "Action", "Alert", "Old", "New", "Comment")
    )
    let people = StoreListing.rows(schema, entries) { entry in
      [time(entry.at)]
        + [
          entry.actor, entry.action, entry.alert ?? "", entry.old, entry.new, entry.comment,
        ].map(text)
    }
    let columns =
      times("At") + texts("Actor") + flags("IsSystem") + texts("Action") + dynamics("AlertId")
      + texts("Old", "New", "Comment")
    return ListedRows(
      people: people,
      programs: FieldListing.rows(columns, entries, fields: \.fields)
    )
  }
}

extension HistoryEntry {
  var fields: Fields {
    [
      ("At", .time(at)), ("Actor", .text(actor)), ("IsSystem", .flag(isSystem)),
      ("Action", .text(action)), ("AlertId", .text(orNull: alert)), ("Old", .text(old)),
      ("New", .text(new)), ("Comment", .text(comment)),
    ]
  }

  /// What was said, when, by whom and of which alert.
  var commentFields: FieldValue {
    .fields([
      ("At", .time(at)), ("Actor", .text(actor)), ("AlertId", .text(orNull: alert)),
      ("Comment", .text(comment)),
    ])
  }
}
