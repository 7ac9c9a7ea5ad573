import Columnar
import Testing

@testable import Tenancy

/// A scope holds what was granted and nothing else, and what is foreign looks missing.
@Suite("Scopes of tenants") struct ScopeTests {
  private let now = DateTime(ticks: 1_000)
  private let present = ["alpha", "beta", "gamma", "delta"]

  private func state(_ grants: [(Capability, GrantTarget, DateTime?)]) -> AccessState {
    AccessState(
      tenants: [
        "beta": TenantRecord(name: "beta", id: "b-id", displayName: "Beta Ltd"),
        "delta": TenantRecord(name: "delta", status: .suspended),
      ],
      groups: ["some": ["alpha", "beta"], "others": ["gamma"], "stopped": ["delta", "alpha"]],
      principals: ["ana"],
      grants: grants.map {
        Grant(
          principal: "ana",
          capability: $0.0,
          target: $0.1,
          grantedBy: "owner",
          grantedAt: DateTime(ticks: 1),
          expiresAt: $0.2
        )
      }
    )
  }

  private func names(_ state: AccessState, _ text: String) throws -> [String] {
    let selection = try #require(TenantSelection(text))
    let principal = try state.principal(named: "ana")
    return try state.scope(of: principal, for: .hunt, over: selection, present: present, at: now)
      .tenants.map(\.name)
  }

  @Test("What may be named is what a scope takes") func selections() throws {
    func selections(_ state: AccessState, _ name: String) throws -> [String] {
      state.selections(of: try state.principal(named: name), present: present, at: now)
    }
    let past = DateTime(ticks: 10)
    #expect(
      try selections(state([(.hunt, .tenant("beta"), nil)]), "ana") == [
        "all", "group:some", "beta",
      ]
    )
    #expect(try selections(state([(.hunt, .tenant("delta"), nil)]), "ana") == [])
    #expect(try selections(state([(.hunt, .tenant("beta"), past)]), "ana") == [])
    #expect(try selections(state([(.manageTenants, .tenant("beta"), nil)]), "ana") == [])
    let all = state([])
    #expect(
      try selections(all, "owner") == [
        "all", "group:others", "group:some", "group:stopped", "alpha", "beta", "gamma",
      ]
    )
    for name in try selections(state([(.hunt, .allTenants, nil)]), "ana") {
      #expect(try !names(state([(.hunt, .allTenants, nil)]), name).isEmpty)
    }
  }

  private func failure(_ state: AccessState, _ text: String) throws -> AccessFailure? {
    do {
      _ = try names(state, text)
      return nil
    } catch let failure as AccessFailure {
      return failure
    }
  }

  @Test("The owner needs no set-up") func owner() throws {
    let scope = try AccessState.withoutSetup
      .scope(of: .owner, for: .respond, present: present, at: now)
    #expect(scope.tenants.map(\.name) == ["alpha", "beta", "delta", "gamma"])
    #expect(scope.tenants.map(\.id) == scope.tenants.map(\.name))
    let empty = try AccessState.withoutSetup
      .scope(of: .owner, for: .hunt, present: [String](), at: now)
    #expect(empty.tenants.isEmpty)
  }

  @Test("Grants are for a tenant, a group or all; other capabilities grant nothing")
  func targets() throws {
    #expect(try names(state([(.hunt, .tenant("beta"), nil)]), "all") == ["beta"])
    #expect(try names(state([(.hunt, .group("some"), nil)]), "all") == ["alpha", "beta"])
    #expect(try names(state([(.hunt, .allTenants, nil)]), "all") == ["alpha", "beta", "gamma"])
    #expect(try failure(state([(.respond, .allTenants, nil)]), "all") == .noTenants(.hunt))
  }

  @Test("What was asked for keeps its order and comes once") func order() throws {
    let all = state([(.hunt, .allTenants, nil)])
    #expect(try names(all, "gamma,alpha,gamma") == ["gamma", "alpha"])
    #expect(try names(all, "gamma,group:some,all") == ["gamma", "alpha", "beta"])
  }

  @Test("A foreign tenant or group fails like one that is not there") func foreign() throws {
    let beta = state([(.hunt, .tenant("beta"), nil)])
    #expect(try failure(beta, "alpha") == .unknownTenant("alpha"))
    #expect(try failure(beta, "nobody") == .unknownTenant("nobody"))
    #expect(try failure(beta, "group:others") == .unknownGroup("others"))
    #expect(try failure(beta, "group:nothing") == .unknownGroup("nothing"))
    // Suspension of a foreign tenant must not show either.
    #expect(try failure(beta, "delta") == .unknownTenant("delta"))
    let messages = ["alpha", "nobody"].map { AccessFailure.unknownTenant($0).description }
    #expect(messages[0] == messages[1].replacing("nobody", with: "alpha"))
    #expect(try names(beta, "group:some") == ["beta"])
  }

  @Test("T08: of a tenant that is seen the right is named that is missing, of others nothing is")
  func missingRights() throws {
    let mixed = state([
      (.hunt, .tenant("beta"), nil), (.readIncidents, .tenant("alpha"), nil),
    ])
    #expect(try failure(mixed, "alpha") == .missingRight(.hunt, tenant: "alpha"))
    #expect(try failure(mixed, "gamma") == .unknownTenant("gamma"))
    #expect(
      "\(AccessFailure.missingRight(.hunt, tenant: "alpha"))"
        == "you lack the right 'hunt' for the tenant 'alpha'; ask the store's owner for a grant"
    )
    let ana = try mixed.principal(named: "ana")
    func lacking(_ state: AccessState, _ text: String) throws -> [String] {
      let selection = try #require(TenantSelection(text))
      return try state.scope(of: ana, for: .hunt, over: selection, present: present, at: now)
        .lacking
    }
    #expect(try lacking(mixed, "all") == ["alpha"])
    #expect(try lacking(mixed, "beta") == [], "which was not asked for")
    #expect(try lacking(mixed, "group:some") == ["alpha"])
    #expect(try names(mixed, "group:some") == ["beta"])
    let reader = state([(.readIncidents, .allTenants, nil)])
    #expect(try failure(reader, "group:some") == .missingGroupRight(.hunt, group: "some"))
    #expect(try failure(reader, "all") == .noTenants(.hunt))
  }

  @Test("A grant ends at its expiry") func expiry() throws {
    let later = state([(.hunt, .tenant("beta"), DateTime(ticks: 1_001))])
    #expect(try names(later, "beta") == ["beta"])
    let over = state([(.hunt, .tenant("beta"), DateTime(ticks: 1_000))])
    #expect(try failure(over, "beta") == .unknownTenant("beta"))
  }

  @Test("Suspended tenants are left out, or refused where they are named") func suspended() throws {
    let all = state([(.hunt, .allTenants, nil)])
    #expect(try failure(all, "delta") == .suspendedTenant("delta"))
    let ana = try all.principal(named: "ana")
    let group = try #require(TenantSelection("group:stopped"))
    let scope = try all.scope(of: ana, for: .hunt, over: group, present: present, at: now)
    #expect(scope.tenants.map(\.name) == ["alpha"])
    #expect(scope.suspended == ["delta"])
  }

  @Test("A view holds 100 tenants") func most() throws {
    let many = (0..<101).map { "t\($0)" }
    #expect(throws: AccessFailure.tooManyTenants(101)) {
      try AccessState.withoutSetup.scope(of: .owner, for: .hunt, present: many, at: now)
    }
    let scope = try AccessState.withoutSetup
      .scope(of: .owner, for: .hunt, present: many.dropLast(), at: now)
    #expect(scope.tenants.count == 100)
  }

  @Test("Unknown principals are refused") func principals() throws {
    #expect(throws: AccessFailure.unknownPrincipal("eve")) {
      try state([]).principal(named: "eve")
    }
    #expect(try state([]).principal(named: "owner").isOwner)
  }

  @Test("A scope can only become smaller") func narrowing() throws {
    let scope = try AccessState.withoutSetup
      .scope(of: .owner, for: .hunt, present: ["a", "b"], at: now)
    #expect(scope.narrowed(to: scope.tenants[1]).tenants.map(\.name) == ["b"])
    #expect(scope.narrowed(to: TenantRecord(name: "c")).tenants.isEmpty)
    #expect(scope.without(["a"]).tenants.map(\.name) == ["b"])
  }
}
