/// What is known of a tenant beyond its tables.
public struct TenantRecord: Sendable, Hashable {
  /// Whether a tenant may be worked with.
  public enum Status: String, Sendable {
    case active
    /// Kept, but in nobody's view.
    case suspended
  }

  /// What its tables are kept under.
  public let name: String
  /// The value of `TenantId`; that of the name where none was given.
  public let id: String
  /// The value of `TenantName`; the name where none was given.
  public let displayName: String
  public let status: Status

  init(name: String, id: String? = nil, displayName: String? = nil, status: Status = .active) {
    self.name = name
    self.id = id ?? name
    self.displayName = displayName ?? name
    self.status = status
  }
}
