/// Names that commands of the shell take as arguments, found when they are asked for.
public protocol CommandNames {
  /// Tables with rows.
  var tables: [String] { get }
  /// What `.use` may name: tenants and groups of tenants of whoever works here.
  var tenantSelections: [String] { get }
  /// What was saved and may be used.
  var saved: [SavedName] { get }
}

/// The name of a saved query or function.
public struct SavedName: Sendable, Equatable {
  public let name: String
  /// What it is, in a word or two.
  public let detail: String
  /// Whether it belongs to whoever works here, and may be removed.
  public let isOwn: Bool

  public init(_ name: String, detail: String, isOwn: Bool) {
    self.name = name
    self.detail = detail
    self.isOwn = isOwn
  }
}
