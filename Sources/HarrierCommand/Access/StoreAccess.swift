import Columnar
import Detections
import FileAccess
import Fleet
import Hunting
import Incidents
import OperationalStore
import Response
import TableStore
import Tenancy

/// A store as a principal sees it.
struct StoreAccess {
  let path: String
  let state: AccessState
  let principal: Principal
  /// Whether somebody has set up who may do what; then hunts are in the audit trail.
  let isSetUp: Bool

  /// Finds out what a principal may do.
  init(_ path: String, as name: String) throws {
    self.path = path
    let access = try AccessStore.open(store: path, access: .readOnly)
    state = try access?.state() ?? .withoutSetup
    isSetUp = access != nil
    principal = try state.principal(named: name)
  }

  /// The same principal's view of what is set up by now; one that is removed may do nothing.
  func anew() throws -> StoreAccess { try StoreAccess(path, principal) }

  private init(_ path: String, _ principal: Principal) throws {
    self.path = path
    self.principal = principal
    let access = try AccessStore.open(store: path, access: .readOnly)
    state = try access?.state() ?? .withoutSetup
    isSetUp = access != nil
  }

  /// The names of the tenants that the store has.
  func present() throws -> [String] {
    try TableStore.open(path, mode: .readOnly).snapshot().tenantNames
  }

  /// The columns of the tables that a tenant has.
  func tables(of tenant: String) throws -> [String: Schema] {
    let found = try TableStore.open(path, mode: .readOnly).snapshot().tenant(tenant)
    return Dictionary(uniqueKeysWithValues: (found?.tables ?? []).map { ($0.name, $0.schema) })
  }

  /// A tenant of a view, and one of some tables, whose logs have a column; nil where none has.
  func table(
    among tables: Set<String>,
    with column: String,
    in scope: TenantScope
  ) throws -> (tenant: String, table: String)? {
    let snapshot = try TableStore.open(path, mode: .readOnly).snapshot()
    for tenant in scope.tenants {
      let found = snapshot.tenant(tenant.name)?.tables.first { table in
        tables.contains(table.name) && table.schema.columns.contains { $0.name == column }
      }
      if let found { return (tenant.name, found.name) }
    }
    return nil
  }

  /// Lets an engine read the tables of what was asked for.
  func attach(
    _ selection: TenantSelection,
    to engine: inout HuntingEngine,
    cache: SegmentCache
  ) throws -> TenantScope {
    let snapshot = try TableStore.open(path, mode: .readOnly).snapshot()
    let scope = try scope(over: selection, for: .hunt, present: snapshot.tenantNames)
    engine.attach(snapshot, scope: scope, cache: cache, supplements: try supplements())
    return scope
  }

  /// The tenants of what was asked for, for views of a fleet.
  func fleet(_ selection: TenantSelection, cache: SegmentCache) throws -> FleetStore {
    let snapshot = try TableStore.open(path, mode: .readOnly).snapshot()
    return FleetStore(
      snapshot: snapshot,
      scope: try scope(over: selection, for: .hunt, present: snapshot.tenantNames),
      cache: cache,
      supplements: try supplements()
    )
  }

  /// The tenants of what was asked for, for which the principal may do something.
  func scope(over selection: TenantSelection, for capability: Capability) throws -> TenantScope {
    try scope(over: selection, for: capability, present: present())
  }

  /// The names of the tenants of what was asked for, for which the principal may do something;
  /// others are left out.
  func reach(over selection: TenantSelection, for capability: Capability) throws -> [String] {
    try reaches(over: selection, for: [capability]).flatMap(\.self)
  }

  /// The same for each of some capabilities, at one moment.
  func reaches(
    over selection: TenantSelection,
    for capabilities: [Capability]
  ) throws -> [[String]] {
    let (present, now) = (try present(), AccessClock.now)
    return capabilities.map {
      state.reach(of: principal, for: $0, over: selection, present: present, at: now)
    }
  }

  private func scope(
    over selection: TenantSelection,
    for capability: Capability,
    present: [String]
  ) throws -> TenantScope {
    try state.scope(
      of: principal,
      for: capability,
      over: selection,
      present: present,
      at: AccessClock.now
    )
  }

  /// Where rows of tables are that the store keeps in databases.
  func supplements() throws -> [any TableSupplement] {
    let hasDetections = try LocalFileSystem().exists(DetectionStore.path(in: path))
    return Self.allSupplements(store: path).filter { supplement in
      // Who did what is the owner's to see, also where nobody has been noted yet.
      supplement is AuditTable ? principal.isOwner : hasDetections
    }
  }

  private static func allSupplements(store path: String) -> [any TableSupplement] {
    supplements(store: path) + [RuleRunTable(store: path), AuditTable(store: path)]
  }

  /// The names of the tables that only the store itself writes.
  static var ownTables: Set<String> {
    let tables = allSupplements(store: "").flatMap(\.tables)
    return Set(tables.filter { $0.columns != nil }.map(\.name))
  }

  /// The tables of alerts, incidents and what is done about them.
  static func supplements(store path: String) -> [any TableSupplement] {
    [AlertTables(store: path), ActionTables(store: path), AllowBlockTable(store: path)]
  }

  /// Keeps in the audit trail who hunts for what, before the query runs.
  func note(hunt text: [UInt8], in scope: TenantScope) throws {
    let detail = String(decoding: text.prefix(Self.longestText), as: UTF8.self)
    try note(
      "hunt",
      on: scope.tenants.map(\.name).joined(separator: ","),
      detail: text.count > Self.longestText ? detail + " …" : detail
    )
  }

  /// Keeps in the audit trail what somebody wanted to hunt in and may not.
  func note(refusal: AccessFailure, of tenants: String) throws {
    try note("hunt", on: tenants, detail: "refused: \(refusal)")
  }

  /// Writes to the audit trail what was done, where access is set up.
  func note(_ action: String, on tenant: String, detail: String) throws {
    guard isSetUp else { return }
    try AccessStore.open(store: path, access: .readWrite)?
      .note(action, by: principal, on: tenant, detail: detail)
  }

  private static let longestText = 1 << 16
}
