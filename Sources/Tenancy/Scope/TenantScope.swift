/// The tenants that somebody may do something for, and has asked for.
///
/// It is the only way to rows of a tenant, and only `AccessState` makes one, out of grants: code
/// that holds a scope cannot widen it.
public struct TenantScope: Sendable {
  /// The most tenants of a view.
  public static let mostTenants = 100

  /// Whose it is.
  public let principal: Principal
  /// What it is for.
  public let capability: Capability
  /// The tenants in the order in which they were asked for, else in that of their names' bytes.
  public let tenants: [TenantRecord]
  /// Tenants of the principal that were asked for as part of many and are suspended.
  public let suspended: [String]
  /// Tenants that were asked for as part of many and that the principal sees, but for which it
  /// lacks the capability.
  public let lacking: [String]

  init(
    principal: Principal,
    capability: Capability,
    tenants: [TenantRecord],
    suspended: [String],
    lacking: [String] = []
  ) {
    self.principal = principal
    self.capability = capability
    self.tenants = tenants
    self.suspended = suspended
    self.lacking = lacking
  }

  /// The scope of one of the tenants.
  public func narrowed(to tenant: TenantRecord) -> TenantScope {
    TenantScope(
      principal: principal,
      capability: capability,
      tenants: tenants.filter { $0 == tenant },
      suspended: []
    )
  }

  /// The scope without some tenants.
  public func without(_ names: Set<String>) -> TenantScope {
    TenantScope(
      principal: principal,
      capability: capability,
      tenants: tenants.filter { !names.contains($0.name) },
      suspended: suspended,
      lacking: lacking
    )
  }
}
