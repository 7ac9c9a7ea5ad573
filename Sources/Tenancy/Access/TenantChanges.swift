import GRDB
import OperationalStore

/// Changes of tenants and groups.
extension AccessStore {
  /// What may be said of a tenant anew; nil leaves it as it is.
  public struct TenantChange: Sendable {
    public var id: String?
    public var displayName: String?
    public var status: TenantRecord.Status?

    public init(
      id: String? = nil,
      displayName: String? = nil,
      status: TenantRecord.Status? = nil
    ) {
      self.id = id
      self.displayName = displayName
      self.status = status
    }

    /// What is wrong with what it says; nil where nothing is.
    fileprivate var refusal: String? {
      id.flatMap { AccessName.refusal(shown: $0, what: "a TenantId") }
        ?? displayName.flatMap { AccessName.refusal(shown: $0, what: "a TenantName") }
    }
  }

  /// Adds a tenant, or takes a suspended one back; only the owner may. More than a view holds are
  /// refused.
  ///
  /// - Parameter present: names of the tenants that have tables.
  public func addTenant(
    _ name: String,
    _ change: TenantChange,
    by principal: Principal,
    present: [String] = []
  ) throws {
    try self.change("add-tenant", by: principal, on: name, detail: change.description) {
      database,
      state in
      if !principal.isOwner { return .notPermitted("add tenants") }
      if let why = AccessName.refusal(name, kind: "tenant") ?? change.refusal {
        return .refused(why)
      }
      if let record = state.tenants[name], record.status == .active {
        return .refused("the tenant '\(name)' is there already")
      }
      if let full = state.refusal(ofOneMore: name, present: present) { return full }
      var change = change
      change.status = .active
      if let clash = state.clash(of: name, id: change.id, present: present) { return clash }
      return try Self.write(name, change, over: state.record(name), database)
    }
  }

  /// Changes what is known of a tenant that is there; needs `manageTenants` for it.
  ///
  /// - Parameter present: names of the tenants that have tables.
  public func changeTenant(
    _ name: String,
    _ change: TenantChange,
    by principal: Principal,
    present: [String]
  ) throws {
    let now = now
    try self.change("change-tenant", by: principal, on: name, detail: change.description) {
      database,
      state in
      if let why = state.refusal(
        of: .manageTenants,
        for: name,
        to: principal,
        present: present,
        at: now
      ) {
        return why
      }
      if let why = change.refusal { return .refused(why) }
      if change.status == .active, let full = state.refusal(ofOneMore: name, present: present) {
        return full
      }
      if let clash = state.clash(of: name, id: change.id, present: present) { return clash }
      return try Self.write(name, change, over: state.record(name), database)
    }
  }

  private static func write(
    _ name: String,
    _ change: TenantChange,
    over record: TenantRecord,
    _ database: Database
  ) throws -> AccessFailure? {
    let id = change.id ?? (record.id == name ? nil : record.id)
    let title = change.displayName ?? (record.displayName == name ? nil : record.displayName)
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO tenant_records (name, tenant_id, display_name, status)
        VALUES (?, ?, ?, ?)
        """,
      arguments: [name, id, title, (change.status ?? record.status).rawValue]
    )
    return nil
  }

  /// Says which tenants a group has; none removes it. Only the owner may.
  public func setGroup(_ name: String, to tenants: [String], by principal: Principal) throws {
    let detail = tenants.joined(separator: ",")
    try change("set-group", by: principal, on: name, detail: detail) { database, _ in
      if !principal.isOwner { return .notPermitted("change groups") }
      if let why = AccessName.refusal(name, kind: "group") { return .refused(why) }
      if let why = tenants.lazy.compactMap({ AccessName.refusal($0, kind: "tenant") }).first {
        return .refused(why)
      }
      try database.execute(sql: "DELETE FROM tenant_groups WHERE name = ?", arguments: [name])
      for tenant in Set(tenants) {
        try database.execute(
          sql: "INSERT INTO tenant_groups (name, tenant) VALUES (?, ?)",
          arguments: [name, tenant]
        )
      }
      return nil
    }
  }
}

extension AccessStore.TenantChange: CustomStringConvertible {
  public var description: String {
    [
      id.map { "id=\($0)" }, displayName.map { "name=\($0)" },
      status.map { "status=\($0.rawValue)" },
    ]
    .compactMap { $0 }.joined(separator: " ")
  }
}

extension AccessState {
  /// Why rows cannot bring a tenant into being; nil where they can, or where it is there already.
  public func refusal(ofRowsFor name: String, present: [String]) -> AccessFailure? {
    if tenants[name] != nil || present.contains(name) { return nil }
    return clash(of: name, id: nil, present: present)
      ?? refusal(ofOneMore: name, present: present)
  }

  /// The name of the tenant that rows name: one of that name, else one with that `TenantId`, else
  /// one that is not there yet.
  public func name(ofTenant named: String, present: [String]) -> String {
    if tenants[named] != nil || present.contains(named) { return named }
    return tenants.values.first { $0.id == named }?.name ?? named
  }

  /// Why a tenant cannot get an id, or come into being: its name and its id lead to no other
  /// tenant, so that no two have one `TenantId` and rows that name either are of one tenant.
  ///
  /// - Parameter id: the id that it is to get; nil leaves it as it is.
  fileprivate func clash(of name: String, id: String?, present: [String]) -> AccessFailure? {
    let isKnown = tenants[name] != nil || present.contains(name)
    if isKnown, id == nil { return nil }
    let own: Set<String> = [name, id ?? record(name).id]
    let others = Set(tenants.keys).union(present).subtracting([name])
    let taken = others.union(others.map { record($0).id }).intersection(own).min()
    return taken.map { .refused("'\($0)' is the name or the TenantId of another tenant") }
  }

  /// Whether a tenant was suspended.
  public func isSuspended(_ name: String) -> Bool { record(name).status != .active }

  /// Why no other tenant can be active beside those that are; nil where one can.
  fileprivate func refusal(ofOneMore name: String, present: [String]) -> AccessFailure? {
    let others = Set(tenants.keys).union(present).subtracting([name])
    let active = others.filter { record($0).status == .active }.count
    if active < TenantScope.mostTenants { return nil }
    return .refused(
      "\(active) tenants are active, and a view holds \(TenantScope.mostTenants); suspend one with "
        + "'harrier tenants suspend' before '\(name)' is added"
    )
  }
}
