public import Columnar
import GRDB
import OperationalStore

/// Changes of principals and grants.
extension AccessStore {
  /// Adds a principal; only the owner may.
  public func addPrincipal(_ name: String, by principal: Principal) throws {
    let now = now
    try change("add-principal", by: principal, on: name) { database, state in
      if !principal.isOwner { return .notPermitted("add principals") }
      if let why = Principal.refusal(name) { return .refused(why) }
      if state.principals.contains(name) {
        return .refused("the principal '\(name)' is there already")
      }
      try database.execute(
        sql: "INSERT INTO principals (name, added) VALUES (?, ?)",
        arguments: [name, now.ticks]
      )
      return nil
    }
  }

  /// Removes a principal and all its grants; only the owner may.
  public func removePrincipal(_ name: String, by principal: Principal) throws {
    try change("remove-principal", by: principal, on: name) { database, state in
      if !principal.isOwner { return .notPermitted("remove principals") }
      if !state.principals.contains(name) { return .unknownPrincipal(name) }
      try database.execute(sql: "DELETE FROM principals WHERE name = ?", arguments: [name])
      return nil
    }
  }

  /// Grants capabilities for each of some targets, or none of it; one that is there already gets
  /// the new expiry.
  ///
  /// The owner may grant everything, also for tenants and groups that come later; others what
  /// is theirs, for single tenants that they manage.
  public func grant(
    _ capabilities: [Capability],
    to name: String,
    for targets: [GrantTarget],
    expiresAt: DateTime?,
    by principal: Principal,
    present: [String]
  ) throws {
    let now = now
    let detail = Self.detail(capabilities, targets, expiresAt)
    try change("grant", by: principal, on: name, detail: detail) { database, state in
      for target in targets {
        if let why = state.refusal(of: capabilities, target, to: principal, present, now) {
          return why
        }
      }
      if !state.principals.contains(name) { return .unknownPrincipal(name) }
      if let expiresAt, expiresAt.ticks <= now.ticks {
        return .refused("a grant that expires in the past grants nothing")
      }
      for target in targets {
        for capability in capabilities {
          try database.execute(
            sql: """
              INSERT OR REPLACE INTO grants
                (principal, capability, target, granted_by, granted, expires)
              VALUES (?, ?, ?, ?, ?, ?)
              """,
            arguments: [
              name, capability.rawValue, target.description, principal.name, now.ticks,
              expiresAt?.ticks,
            ]
          )
        }
      }
      return nil
    }
  }

  /// Takes capabilities back; fails where none of them was granted for one of the targets.
  public func revoke(
    _ capabilities: [Capability],
    from name: String,
    for targets: [GrantTarget],
    by principal: Principal,
    present: [String]
  ) throws {
    let now = now
    let detail = Self.detail(capabilities, targets, nil)
    try change("revoke", by: principal, on: name, detail: detail) { database, state in
      for target in targets {
        if let why = state.refusal(of: capabilities, target, to: principal, present, now) {
          return why
        }
      }
      let wanted = Set(capabilities)
      for target in targets {
        let isThere = state.grants.contains {
          $0.principal == name && $0.target == target && wanted.contains($0.capability)
        }
        if !isThere { return .refused("'\(name)' has no such grant for '\(target)'") }
      }
      for target in targets {
        try Self.remove(capabilities, of: name, for: target, database)
      }
      return nil
    }
  }

  private static func remove(
    _ capabilities: [Capability],
    of name: String,
    for target: GrantTarget,
    _ database: Database
  ) throws {
    for capability in capabilities {
      try database.execute(
        sql: "DELETE FROM grants WHERE principal = ? AND capability = ? AND target = ?",
        arguments: [name, capability.rawValue, target.description]
      )
    }
  }

  /// ``AuditedTenants`` reads the targets out of it.
  private static func detail(
    _ capabilities: [Capability],
    _ targets: [GrantTarget],
    _ expiresAt: DateTime?
  ) -> String {
    let target = targets.map(\.description).joined(separator: ",")
    let what = capabilities.map(\.rawValue).joined(separator: ",")
    guard let expiresAt else { return "\(what) for \(target)" }
    return "\(what) for \(target) until \(expiresAt.text)"
  }
}

extension AccessState {
  /// Why a principal may not grant or revoke something; nil where it may.
  fileprivate func refusal(
    of capabilities: [Capability],
    _ target: GrantTarget,
    to principal: Principal,
    _ present: [String],
    _ now: DateTime
  ) -> AccessFailure? {
    if principal.isOwner {
      if case .tenant(let name) = target {
        return AccessName.refusal(name, kind: "tenant").map { .refused($0) }
      }
      return nil
    }
    guard case .tenant(let name) = target else {
      return .notPermitted("grant for more than single tenants")
    }
    func mine(_ capability: Capability) -> Set<String> {
      granted(capability, to: principal, present: present, at: now)
    }
    if let why = self.refusal(
      of: .manageTenants,
      for: name,
      to: principal,
      present: present,
      at: now
    ) {
      return why
    }
    if let other = capabilities.first(where: { !mine($0).contains(name) }) {
      return .notPermitted("grant \(other.rawValue) for '\(name)': it is not yours")
    }
    return nil
  }
}
