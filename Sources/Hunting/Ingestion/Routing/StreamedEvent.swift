import Columnar

/// An object of a stream, and what it says of the table that it belongs to.
struct StreamedEvent {
  /// Which of an event's members are the row.
  enum Form {
    /// Defender's streaming API: the members of `properties`.
    case properties
    /// Azure Monitor's resource logs: the members of the object and those of `properties`.
    case merged
    /// Log Analytics' export: the members of the object, `Type` among them.
    case whole
  }

  /// Where an event goes.
  enum Route {
    case table(String, Form)
    case unknown(reason: String)
  }

  /// What the category of a Defender event begins with.
  private static let prefix = "AdvancedHunting-"

  /// The whole object.
  let object: TextView
  /// The value of `properties`, where it is an object.
  let properties: TextView?
  let category: TextView?
  let type: TextView?
  /// The value of `tenantId`, where it is a string.
  let tenant: Cell?

  /// The text that names the table, and whether it is the category; events of which both are the
  /// same go the same way.
  var naming: (text: TextView, isCategory: Bool)? {
    if let category, properties != nil { return (category, true) }
    return type.map { ($0, false) }
  }

  /// Tells the way by the tables that there are.
  func route(_ tables: RoutedTables) -> Route {
    if let (text, isCategory) = naming {
      let name = String(decoding: text.buffer, as: UTF8.self)
      if !isCategory {
        if let table = tables.table(name) { return .table(table, .whole) }
        return .unknown(reason: "the Type '\(Self.short(name))' names no known table")
      }
      if name.hasPrefix(Self.prefix) {
        let bare = String(name.utf8.dropFirst(Self.prefix.utf8.count)) ?? ""
        if let table = tables.table(bare) { return .table(table, .properties) }
      } else if let table = tables.table(name) {
        return .table(table, .merged)
      }
      return .unknown(reason: "the category '\(Self.short(name))' names no known table")
    }
    return .unknown(
      reason: category == nil
        ? "the event names no table: it has neither 'category' and 'properties' nor 'Type'"
        : "the event has a 'category' but no object under 'properties'"
    )
  }

  /// A name, cut where it is too long for a message.
  static func short(_ name: String) -> String {
    name.utf8.count > 60 ? String(name.prefix(60)) + "…" : name
  }
}
