public import Columnar

/// What principals may see of who may do what.
extension AccessState {
  /// The tenants for which a principal may do something, by name, with what that is.
  public func tenants(
    of principal: Principal,
    present: [String],
    at now: DateTime
  ) -> [(tenant: TenantRecord, capabilities: [Capability])] {
    var found: [String: [Capability]] = [:]
    for capability in Capability.allCases {
      for name in granted(capability, to: principal, present: present, at: now) {
        found[name, default: []].append(capability)
      }
    }
    return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (record($0.key), $0.value) }
  }

  /// The groups that have tenants for which a principal may do something, with these tenants.
  public func groups(
    of principal: Principal,
    present: [String],
    at now: DateTime
  ) -> [(name: String, tenants: [String])] {
    let mine = Set(tenants(of: principal, present: present, at: now).map(\.tenant.name))
    return groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .compactMap { name, members in
        let seen = principal.isOwner ? members : members.intersection(mine)
        return seen.isEmpty ? nil : (name, seen.sorted())
      }
  }

  /// Whether a grant for a target lets anybody reach a tenant by now: there is such a tenant, or
  /// such a group.
  public func isKnown(_ target: GrantTarget, present: [String]) -> Bool {
    switch target {
    case .allTenants: true
    case .tenant(let name): tenants[name] != nil || present.contains(name)
    case .group(let name): groups[name] != nil
    }
  }

  /// What a principal may name to hunt in: `all`, groups as `group:NAME`, and tenants that are not
  /// suspended.
  public func selections(
    of principal: Principal,
    present: [String],
    at now: DateTime
  ) -> [String] {
    let names = granted(.hunt, to: principal, present: present, at: now)
      .filter { record($0).status == .active }
    let reachable = groups.filter { !$0.value.isDisjoint(with: names) }.keys
    let isAny = principal.isOwner || !names.isEmpty
    return (isAny ? ["all"] : [])
      + Self.sorted(reachable.map { TenantSelection.groupPrefix + $0 }) + Self.sorted(names)
  }

  private static func sorted(_ names: some Sequence<String>) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The grants of a principal and those for single tenants that it manages; all for the owner.
  public func grants(
    seenBy principal: Principal,
    present: [String],
    at now: DateTime
  ) -> [Grant] {
    if principal.isOwner { return grants }
    let managed = granted(.manageTenants, to: principal, present: present, at: now)
    return grants.filter { grant in
      if grant.principal == principal.name { return true }
      if case .tenant(let name) = grant.target { return managed.contains(name) }
      return false
    }
  }
}
