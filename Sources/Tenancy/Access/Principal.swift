/// Somebody or something that works with a store: a person, a team, a CI job.
public struct Principal: Sendable, Hashable {
  /// What it is called by; unique in its store.
  public let name: String
  /// Whether it may do everything for every tenant, as whoever owns the store's files.
  public let isOwner: Bool

  init(name: String, isOwner: Bool = false) {
    self.name = name
    self.isOwner = isOwner
  }

  /// Owns the store: who works locally and has set up nothing. It cannot be added or removed.
  public static let owner = Principal(name: "owner", isOwner: true)

  /// Says what is wrong with a name; nil where nothing is.
  static func refusal(_ name: String) -> String? {
    AccessName.refusal(name, kind: "principal")
      ?? (name == owner.name ? "the principal 'owner' is there already" : nil)
  }
}

/// The rules for names of principals, tenants and groups.
enum AccessName {
  /// The most bytes of a name.
  private static let longest = 200

  /// Says what is wrong with a text that people are to read, such as `TenantName`.
  static func refusal(shown text: String, what: String) -> String? {
    if text.allSatisfy(\.isWhitespace) { return "\(what) is empty" }
    if text.utf8.count > longest { return "\(what) has more than \(longest) bytes" }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "\(what) has no control characters"
    }
    return nil
  }

  /// Says what is wrong with a name; nil where nothing is.
  static func refusal(_ name: String, kind: String) -> String? {
    if let why = refusal(shown: name, what: "the name of a \(kind)") { return why }
    if name.contains(",") { return "the name of a \(kind) has no comma" }
    if name == "all" || name.hasPrefix(TenantSelection.groupPrefix) {
      return "'\(name)' has a meaning of its own where tenants are named; take another name"
    }
    return nil
  }
}
