import Columnar
import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import Testing

@testable import Tenancy

/// Changes of access are made by whom they are granted to, and all are in the audit trail.
@Suite("The access database") struct AccessStoreTests {
  private let folder: TemporaryFolder
  private let clock = SimulatedClock(wallTicks: 639_000_000_000_000_000)
  private let present = ["alpha", "beta"]

  init() throws { folder = try TemporaryFolder() }

  private func open() throws -> AccessStore {
    try #require(try AccessStore.open(store: folder.path, access: .readWrite, clock: clock))
  }

  private func hunted(_ access: AccessStore, by name: String) throws -> [String] {
    let state = try access.state()
    let principal = try state.principal(named: name)
    let now = DateTime(ticks: clock.wallTicks)
    return state.granted(.hunt, to: principal, present: present, at: now).sorted()
  }

  /// The tenants of a view of all.
  private func viewed(_ access: AccessStore) throws -> [String] {
    let now = DateTime(ticks: clock.wallTicks)
    return try access.state().scope(of: .owner, for: .hunt, present: present, at: now)
      .tenants.map(\.name)
  }

  @Test("A store in which nothing was set up has no access database for readers")
  func withoutSetup() throws {
    #expect(try AccessStore.open(store: folder.path, access: .readOnly) == nil)
  }

  @Test("Grants and revocations take hold, and outlast the process") func grants() throws {
    let access = try open()
    try access.addPrincipal("ana", by: .owner)
    try access.grant(
      [.hunt, .respond],
      to: "ana",
      for: [.tenant("beta")],
      expiresAt: nil,
      by: .owner,
      present: present
    )
    #expect(try hunted(try open(), by: "ana") == ["beta"])
    try access.revoke(
      [.hunt],
      from: "ana",
      for: [.tenant("beta")],
      by: .owner,
      present: present
    )
    #expect(try hunted(access, by: "ana") == [])
    #expect(try access.state().grants.map(\.capability) == [.respond])
    try access.removePrincipal("ana", by: .owner)
    #expect(try access.state().grants.isEmpty)
  }

  /// What principals with each single capability may change for their own, a foreign and a missing
  /// tenant.
  @Test("Who may change what", arguments: Capability.allCases)
  func matrix(_ capability: Capability) throws {
    let access = try open()
    try access.addPrincipal("ana", by: .owner)
    try access.addPrincipal("bob", by: .owner)
    try access.grant(
      [capability],
      to: "ana",
      for: [.tenant("alpha")],
      expiresAt: nil,
      by: .owner,
      present: present
    )
    let ana = try access.state().principal(named: "ana")
    let manages = capability == .manageTenants
    for tenant in ["alpha", "beta", "missing"] {
      let isMine = tenant == "alpha" && manages
      let missing: AccessFailure =
        tenant == "alpha"
        ? .missingRight(.manageTenants, tenant: tenant) : .unknownTenant(tenant)
      expect(isMine ? nil : missing) {
        try access.changeTenant(tenant, .init(displayName: "A"), by: ana, present: present)
      }
      expect(isMine ? nil : missing) {
        try access.grant(
          [capability],
          to: "bob",
          for: [.tenant(tenant)],
          expiresAt: nil,
          by: ana,
          present: present
        )
      }
      expect(isMine ? nil : missing) {
        try access.revoke(
          [capability],
          from: "bob",
          for: [.tenant(tenant)],
          by: ana,
          present: present
        )
      }
    }
    let refusals: [() throws -> Void] = [
      { try access.addTenant("new", .init(), by: ana) },
      { try access.setGroup("g", to: ["alpha"], by: ana) },
      { try access.addPrincipal("eve", by: ana) },
      { try access.removePrincipal("bob", by: ana) },
      {
        try access.grant(
          [capability],
          to: "bob",
          for: [.allTenants],
          expiresAt: nil,
          by: ana,
          present: present
        )
      },
    ]
    for refusal in refusals {
      #expect(throws: AccessFailure.self) { try refusal() }
    }
  }

  private func expect(
    _ failure: AccessFailure?,
    _ body: () throws -> Void,
    at place: SourceLocation = #_sourceLocation
  ) {
    do {
      try body()
      #expect(failure == nil, sourceLocation: place)
    } catch {
      #expect(error as? AccessFailure == failure, sourceLocation: place)
    }
  }

  @Test("Nobody grants what is not theirs") func escalation() throws {
    let access = try open()
    try access.addPrincipal("ana", by: .owner)
    try access.grant(
      [.manageTenants],
      to: "ana",
      for: [.tenant("alpha")],
      expiresAt: nil,
      by: .owner,
      present: present
    )
    let ana = try access.state().principal(named: "ana")
    #expect(throws: AccessFailure.notPermitted("grant hunt for 'alpha': it is not yours")) {
      try access.grant(
        [.hunt],
        to: "ana",
        for: [.tenant("alpha")],
        expiresAt: nil,
        by: ana,
        present: present
      )
    }
    #expect(try hunted(access, by: "ana") == [])
  }

  @Test("Names that mean something else, or nothing, are refused") func names() throws {
    let access = try open()
    for name in [
      "", "all", "group:x", "a,b", "a\u{1B}b", "owner", String(repeating: "x", count: 201),
    ] {
      #expect(throws: AccessFailure.self) { try access.addPrincipal(name, by: .owner) }
    }
    #expect(throws: AccessFailure.self) { try access.addTenant("all", .init(), by: .owner) }
    #expect(try access.state().principals.isEmpty)
  }

  @Test("What tenants are shown as is neither empty nor has control characters")
  func shown() throws {
    let access = try open()
    for text in ["", " ", "a\u{1B}[31mb", "a\nb", "a\u{9B}b", String(repeating: "x", count: 201)] {
      for change in [AccessStore.TenantChange(id: text), .init(displayName: text)] {
        #expect(throws: AccessFailure.self) {
          try access.changeTenant("alpha", change, by: .owner, present: present)
        }
        #expect(throws: AccessFailure.self) { try access.addTenant("new", change, by: .owner) }
      }
    }
    try access.changeTenant("alpha", .init(displayName: "Ä, B"), by: .owner, present: present)
    #expect(try access.state().record("alpha").displayName == "Ä, B")
  }

  @Test("Two tenants have two ids") func tenants() throws {
    let access = try open()
    try access.addTenant("alpha", .init(id: "1", displayName: "A"), by: .owner)
    #expect(throws: AccessFailure.self) {
      try access.changeTenant("beta", .init(id: "1"), by: .owner, present: present)
    }
    // Neither is an id the name of another, so that rows that name it are of one tenant.
    for (name, id) in [("alpha", "beta"), ("new", "beta"), ("new", "1")] {
      #expect(throws: AccessFailure.self) {
        try access.changeTenant(name, .init(id: id), by: .owner, present: present + ["new"])
      }
      #expect(throws: AccessFailure.self) {
        try access.addTenant(name, .init(id: id), by: .owner, present: present)
      }
    }
    #expect(throws: AccessFailure.self) {
      try access.addTenant("1", .init(id: "other"), by: .owner, present: present)
    }
    #expect(try access.state().refusal(ofRowsFor: "1", present: present) != nil)
    #expect(try access.state().name(ofTenant: "1", present: present) == "alpha")
    #expect(try access.state().name(ofTenant: "beta", present: present) == "beta")
    #expect(try access.state().name(ofTenant: "2", present: present) == "2")
    try access.changeTenant("alpha", .init(id: "1"), by: .owner, present: present)
    try access.changeTenant("alpha", .init(status: .suspended), by: .owner, present: present)
    let record = try access.state().record("alpha")
    #expect(record.id == "1")
    #expect(record.displayName == "A")
    #expect(record.status == .suspended)
  }

  @Test("A view holds a hundred tenants; another is refused until one goes") func limit() throws {
    let access = try open()
    let others = (0..<98).map { "t\($0)" }
    for name in others { try access.addTenant(name, .init(), by: .owner, present: present) }
    #expect(throws: AccessFailure.self) {
      try access.addTenant("more", .init(), by: .owner, present: present)
    }
    #expect(try access.state().tenants["more"] == nil)
    try access.addTenant("alpha", .init(), by: .owner, present: present)
    try access.changeTenant("t0", .init(status: .suspended), by: .owner, present: present)
    try access.addTenant("more", .init(), by: .owner, present: present)
    #expect(throws: AccessFailure.self) {
      try access.changeTenant("t0", .init(status: .active), by: .owner, present: present)
    }
  }

  @Test("A tenant that was removed is added again with what was known of it") func again() throws {
    let access = try open()
    try access.changeTenant(
      "alpha",
      .init(id: "1", status: .suspended),
      by: .owner,
      present: present
    )
    #expect(try viewed(access) == ["beta"])
    try access.addTenant("alpha", .init(), by: .owner, present: present)
    #expect(try access.state().record("alpha").id == "1")
    #expect(try viewed(access) == ["alpha", "beta"])
    #expect(throws: AccessFailure.self) {
      try access.addTenant("alpha", .init(), by: .owner, present: present)
    }
  }
}
