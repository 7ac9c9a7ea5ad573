import Columnar

/// An object of a stream, and what it says of the table that it belongs to.
struct StreamedEvent {
  /// Where an event goes and which of its members are the row.
  enum Row {
    /// Defender's streaming API: the members of `properties`.
    case properties(TextView, table: String)
    /// Azure Monitor's resource logs: the members of the object and those of `properties`.
    case merged(TextView, table: String)
    /// Log Analytics' export: the members of the object, `Type` among them.
    case whole(table: String)
    case unknown(reason: String)
  }

  /// What the category of a Defender event begins with.
  private static let prefix = "AdvancedHunting-"

  /// The whole object.
  let object: TextView
  /// The value of `properties`, where it is an object.
  let properties: TextView?
  let category: String?
  let type: String?
  /// The value of `tenantId`, where it is a string.
  let tenant: Cell?

  /// Tells the row by the tables that there are.
  func row(_ tables: RoutedTables) -> Row {
    if let category, let properties {
      if category.hasPrefix(Self.prefix) {
        let name = String(category.dropFirst(Self.prefix.count))
        if let table = tables.table(name) { return .properties(properties, table: table) }
      } else if let table = tables.table(category) {
        return .merged(properties, table: table)
      }
      return .unknown(reason: "the category '\(Self.short(category))' names no known table")
    }
    if let type {
      if let table = tables.table(type) { return .whole(table: table) }
      return .unknown(reason: "the Type '\(Self.short(type))' names no known table")
    }
    return .unknown(
      reason: category == nil
        ? "the event names no table: it has neither 'category' and 'properties' nor 'Type'"
        : "the event has a 'category' but no object under 'properties'"
    )
  }

  private static func short(_ name: String) -> String {
    name.utf8.count > 60 ? String(name.prefix(60)) + "…" : name
  }
}
