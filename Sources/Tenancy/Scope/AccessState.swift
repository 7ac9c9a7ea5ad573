public import Columnar

/// Who may do what for which tenants, at one moment.
public struct AccessState: Sendable {
  /// Tenants by name.
  let tenants: [String: TenantRecord]
  /// The names of the tenants in each group.
  let groups: [String: Set<String>]
  let principals: Set<String>
  let grants: [Grant]

  init(
    tenants: [String: TenantRecord] = [:],
    groups: [String: Set<String>] = [:],
    principals: Set<String> = [],
    grants: [Grant] = []
  ) {
    self.tenants = tenants
    self.groups = groups
    self.principals = principals
    self.grants = grants
  }

  /// A store in which nothing was set up: its owner works with it, nobody else.
  public static let withoutSetup = AccessState()

  /// The principal of a name.
  public func principal(named name: String) throws(AccessFailure) -> Principal {
    if name == Principal.owner.name { return .owner }
    if !principals.contains(name) { throw .unknownPrincipal(name) }
    return Principal(name: name)
  }

  /// What is known of a tenant; tenants need no record to be there.
  func record(_ name: String) -> TenantRecord { tenants[name] ?? TenantRecord(name: name) }

  /// The names of the tenants for which a principal may do something.
  ///
  /// - Parameter present: names of the tenants that have tables.
  func granted(
    _ capability: Capability,
    to principal: Principal,
    present: some Sequence<String>,
    at now: DateTime
  ) -> Set<String> {
    let known = Set(tenants.keys).union(present)
    if principal.isOwner { return known }
    var names: Set<String> = []
    for grant in grants
    where grant.principal == principal.name && grant.capability == capability
      && grant.holds(at: now)
    {
      switch grant.target {
      case .allTenants: names.formUnion(known)
      case .tenant(let name): names.insert(name)
      case .group(let name): names.formUnion(groups[name] ?? [])
      }
    }
    return names.intersection(known)
  }

  /// The names of the tenants for which a principal may do anything.
  func visible(
    to principal: Principal,
    present: some Sequence<String>,
    at now: DateTime
  ) -> Set<String> {
    let known = Set(tenants.keys).union(present)
    if principal.isOwner { return known }
    return Capability.allCases.reduce(into: []) { names, capability in
      names.formUnion(granted(capability, to: principal, present: known, at: now))
    }
  }

  /// Why a principal may not do something for a tenant; nil where it may.
  func refusal(
    of capability: Capability,
    for name: String,
    to principal: Principal,
    present: [String],
    at now: DateTime
  ) -> AccessFailure? {
    if granted(capability, to: principal, present: present, at: now).contains(name) { return nil }
    let isSeen = visible(to: principal, present: present, at: now).contains(name)
    return isSeen ? .missingRight(capability, tenant: name) : .unknownTenant(name)
  }

  /// What the system itself sees of a tenant, which may have no tables; nil where it is suspended.
  public func systemScope(
    over tenant: String,
    present: [String],
    at now: DateTime
  ) -> TenantScope? {
    try? scope(
      of: .owner,
      for: .hunt,
      over: .tenant(tenant),
      present: present + [tenant],
      at: now
    )
  }

  /// The tenants of what a principal asks for, for which it may do something by now. What it may
  /// not reach is left out, so that what runs for long goes on with the others.
  public func reach(
    of principal: Principal,
    for capability: Capability,
    over selection: TenantSelection,
    present: [String],
    at now: DateTime
  ) -> [String] {
    var seen: Set<String> = []
    return selection.parts.flatMap { part -> [String] in
      let scope = try? scope(
        of: principal,
        for: capability,
        over: TenantSelection(of: part),
        present: present,
        at: now
      )
      return (scope?.tenants.map(\.name) ?? []).filter { seen.insert($0).inserted }
    }
  }

  /// Makes the scope of a principal over what it asks for.
  ///
  /// A tenant or group with which the principal may do nothing fails like one that is not there.
  public func scope(
    of principal: Principal,
    for capability: Capability,
    over selection: TenantSelection = .all,
    present: some Sequence<String>,
    at now: DateTime
  ) throws(AccessFailure) -> TenantScope {
    let granted = granted(capability, to: principal, present: present, at: now)
    let visible = visible(to: principal, present: present, at: now)
    var names: [String] = []
    var seen: Set<String> = []
    var suspended: Set<String> = []
    var lacking: Set<String> = []
    func take(_ found: Set<String>) {
      let mine = found.intersection(granted)
      lacking.formUnion(found.subtracting(mine))
      for name in mine.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        if record(name).status == .suspended {
          suspended.insert(name)
        } else if seen.insert(name).inserted {
          names.append(name)
        }
      }
    }
    for part in selection.parts {
      switch part {
      case .all:
        if granted.isEmpty, !principal.isOwner { throw .noTenants(capability) }
        take(visible)
      case .group(let name):
        let found = groups[name]?.intersection(visible) ?? []
        if found.isEmpty { throw .unknownGroup(name) }
        if found.isDisjoint(with: granted) { throw .missingGroupRight(capability, group: name) }
        take(found)
      case .tenant(let name):
        guard visible.contains(name) else { throw .unknownTenant(name) }
        guard granted.contains(name) else { throw .missingRight(capability, tenant: name) }
        if record(name).status == .suspended { throw .suspendedTenant(name) }
        take([name])
      }
    }
    if names.count > TenantScope.mostTenants { throw .tooManyTenants(names.count) }
    return TenantScope(
      principal: principal,
      capability: capability,
      tenants: names.map(record),
      suspended: suspended.sorted(),
      lacking: lacking.sorted()
    )
  }
}
