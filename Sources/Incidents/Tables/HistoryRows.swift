import Columnar
import Hunting

/// The history of incidents as rows of IncidentHistory.
enum HistoryRows: RowListing {
  /// `Sequence` counts the entries of a tenant from 1: what was done at one instant has an order.
  static let columns = [
    ColumnSchema("Timestamp", .datetime), ColumnSchema("Sequence", .long),
    ColumnSchema("IncidentNumber", .long),
    ColumnSchema("AlertId", .string), ColumnSchema("Actor", .string),
    ColumnSchema("IsSystem", .bool), ColumnSchema("ActionType", .string),
    ColumnSchema("OldValue", .string), ColumnSchema("NewValue", .string),
    ColumnSchema("Comment", .string),
  ]

  static func row(
    _ entry: HistoryEntry,
    incident: Int64,
    sequence: Int64
  ) -> [String: Scalar] {
    [
      "Timestamp": .datetime(entry.at), "Sequence": .long(sequence),
      "IncidentNumber": .long(incident),
      "AlertId": text(entry.alert ?? ""), "Actor": text(entry.actor),
      "IsSystem": .bool(entry.isSystem), "ActionType": text(entry.action),
      "OldValue": text(entry.old), "NewValue": text(entry.new),
      "Comment": text(entry.comment),
    ]
  }
}
