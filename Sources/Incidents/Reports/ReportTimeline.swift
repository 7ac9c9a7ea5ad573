import Columnar
import Hunting

/// Something that happened, in the order of time.
struct TimelineEntry {
  enum Kind: String {
    case alert, history, action
  }

  let at: DateTime
  let kind: Kind
  let what: String
  let actor: String

  var fields: FieldValue {
    .fields([
      ("At", .time(at)), ("Kind", .text(kind.rawValue)), ("What", .text(what)),
      ("By", .text(actor)),
    ])
  }
}

extension IncidentReport {
  /// Alerts at their first events, and what was done; actions once, with what became of them.
  var timeline: [TimelineEntry] {
    var entries = details.alerts.map { alert in
      TimelineEntry(
        at: alert.firstTime,
        kind: .alert,
        what: "\(alert.title) (\(alert.id))",
        actor: alert.serviceSource
      )
    }
    let listed = Set(actions.map(\.reference))
    for entry in details.history
    where entry.action != "alert added" && !listed.contains(Self.action(of: entry)) {
      entries.append(
        TimelineEntry(at: entry.at, kind: .history, what: Self.words(entry), actor: entry.actor)
      )
    }
    entries += actions.map {
      TimelineEntry(
        at: $0.at,
        kind: .action,
        what: "\($0.reference) \($0.what) (\($0.status)): \($0.target)",
        actor: $0.actor
      )
    }
    return entries.enumerated().sorted {
      ($0.element.at.ticks, $0.offset) < ($1.element.at.ticks, $1.offset)
    }
    .map(\.element)
  }

  /// By what the response action is known that an entry tells of; empty for any other entry.
  private static func action(of entry: HistoryEntry) -> String {
    entry.action == "response action" ? String(entry.comment.prefix { $0 != " " }) : ""
  }

  /// What was done: to which alert, from what to what, and what was said of it.
  private static func words(_ entry: HistoryEntry) -> String {
    let change = [entry.old, entry.new].filter { !$0.isEmpty }.joined(separator: " → ")
    let action = entry.alert.map { "\(entry.action) (\($0))" } ?? entry.action
    // Comments have a part of their own.
    let comment = entry.isComment ? "" : entry.comment
    return [action, change, comment].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
