/// Why somebody does not get what was asked for.
///
/// What they may do nothing with reads like what is not there.
public enum AccessFailure: Error, Sendable, Equatable {
  case unknownPrincipal(String)
  /// There is no such tenant, or it is somebody else's.
  case unknownTenant(String)
  /// There is no such group, or none of its tenants is theirs.
  case unknownGroup(String)
  case suspendedTenant(String)
  /// A tenant that is seen, in which what is wanted is not granted.
  case missingRight(Capability, tenant: String)
  /// A group of which tenants are seen, in none of which what is wanted is granted.
  case missingGroupRight(Capability, group: String)
  /// No tenant is theirs for what is wanted.
  case noTenants(Capability)
  /// More tenants than a view holds.
  case tooManyTenants(Int)
  case notPermitted(String)
  /// What was asked makes no sense; the text says why.
  case refused(String)
}

extension AccessFailure: CustomStringConvertible {
  /// A one-line message: what was found, what to do.
  public var description: String {
    switch self {
    case .unknownPrincipal(let name): "there is no principal '\(name)' in this store"
    case .unknownTenant(let name):
      "there is no tenant '\(name)'; 'harrier tenants list' shows yours"
    case .unknownGroup(let name):
      "there is no group '\(name)' of tenants; 'harrier tenants groups' shows yours"
    case .suspendedTenant(let name):
      "the tenant '\(name)' is suspended; 'harrier tenants resume' makes it active again"
    case .missingRight(let capability, let name):
      "you lack the right '\(capability.rawValue)' for the tenant '\(name)'; ask the store's owner "
        + "for a grant"
    case .missingGroupRight(let capability, let name):
      "you lack the right '\(capability.rawValue)' for all tenants of the group '\(name)' that you "
        + "see; ask the store's owner for a grant"
    case .noTenants(let capability):
      "no tenant of this store is yours to \(capability.rawValue); ask its owner for a grant"
    case .tooManyTenants(let count):
      "\(count) tenants are more than a view holds (\(TenantScope.mostTenants)); name fewer, "
        + "or a group of them, with --tenant"
    case .notPermitted(let what): "you may not \(what)"
    case .refused(let why): why
    }
  }
}
