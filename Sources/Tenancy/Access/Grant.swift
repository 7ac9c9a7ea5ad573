public import Columnar

/// Which tenants a grant is for.
public enum GrantTarget: Sendable, Hashable {
  /// Every tenant of the store, those that come later too.
  case allTenants
  case tenant(String)
  /// The tenants that are in a group when the grant is used.
  case group(String)

  /// Reads what `description` writes.
  public init(_ text: String) {
    if text == "all" {
      self = .allTenants
    } else if text.hasPrefix(TenantSelection.groupPrefix) {
      self = .group(String(text.dropFirst(TenantSelection.groupPrefix.count)))
    } else {
      self = .tenant(text)
    }
  }
}

extension GrantTarget {
  /// Reads several, with commas between; nil where a name is empty.
  public static func list(_ text: String) -> [GrantTarget]? {
    let targets = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { GrantTarget(String($0)) }
    let hasEmptyName = targets.contains { $0 == .tenant("") || $0 == .group("") }
    return hasEmptyName ? nil : targets
  }
}

extension GrantTarget: CustomStringConvertible {
  /// `all`, the tenant's name, or `group:` and the group's.
  public var description: String {
    switch self {
    case .allTenants: "all"
    case .tenant(let name): name
    case .group(let name): TenantSelection.groupPrefix + name
    }
  }
}

/// That a principal may do something for tenants.
public struct Grant: Sendable, Hashable {
  public let principal: String
  public let capability: Capability
  public let target: GrantTarget
  /// Who granted it.
  public let grantedBy: String
  public let grantedAt: DateTime
  /// From when on it is void; nil for never.
  public let expiresAt: DateTime?

  init(
    principal: String,
    capability: Capability,
    target: GrantTarget,
    grantedBy: String,
    grantedAt: DateTime,
    expiresAt: DateTime?
  ) {
    self.principal = principal
    self.capability = capability
    self.target = target
    self.grantedBy = grantedBy
    self.grantedAt = grantedAt
    self.expiresAt = expiresAt
  }

  /// Whether it holds at a moment.
  func holds(at now: DateTime) -> Bool { expiresAt.map { now.ticks < $0.ticks } ?? true }
}
