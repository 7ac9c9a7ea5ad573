import Columnar
import Hunting

/// A table in which something may be looked for.
struct HuntTable {
  let name: String
  /// What has the time of an event.
  let timeColumn: String
  private let isOwn: Bool
  /// Those of texts, by the names that tables of Defender and Sentinel have for such things.
  private let columns: [String: String]

  /// - Returns: nil for tables that are not known, and for those whose rows are no events.
  init?(named name: String) {
    guard let known = TableSchemas.environment(.hunting).lookup(name),
      !Self.others.contains(where: name.hasPrefix)
    else { return nil }
    self.name = name
    isOwn = false
    timeColumn = EventTime.column(of: name)
    columns = Self.texts(known.columns, suffixes: [""])
  }

  /// A table that no product has, such as a custom log.
  ///
  /// - Returns: nil where no column has the time of an event.
  init?(own name: String, _ schema: Schema) {
    let time = ["Timestamp", "TimeGenerated"].first { column in
      schema.columns.contains { $0.name == column && $0.type == .datetime }
    }
    guard let time else { return nil }
    self.name = name
    isOwn = true
    timeColumn = time
    columns = Self.texts(schema.columns, suffixes: Self.suffixes)
  }

  /// The table as KQL has it: what people call theirs may be a word of the language, or a name of
  /// the query.
  var reference: String { isOwn ? "table(\(IncidentHunt.literal(name)))" : name }

  /// Its column for a name; nil where it has no such text.
  func column(_ name: String) -> String? { columns[name] }

  private static func texts(
    _ columns: [ColumnSchema],
    suffixes: [String]
  ) -> [String: String] {
    var texts: [String: String] = [:]
    for suffix in suffixes {
      for column in columns where column.type == .string && column.name.hasSuffix(suffix) {
        texts[String(column.name.dropLast(suffix.count))] = column.name
      }
    }
    return texts
  }

  /// What Log Analytics puts behind the columns of custom logs, of GUIDs and of texts; later ones
  /// go before.
  private static let suffixes = ["_g", "_s", ""]

  /// What tables of alerts begin with, and of the state of devices and users.
  private static let others = [
    "Alert", "SecurityAlert", "SecurityIncident", "DeviceInfo", "DeviceNetworkInfo", "DeviceTvm",
    "DeviceBaseline", "Exposure", "IdentityInfo", "IdentityAccountInfo",
    "BehaviorEntities", "BehaviorInfo",
  ]
}
