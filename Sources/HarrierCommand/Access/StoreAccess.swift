import Columnar
import Detections
import FileAccess
import Fleet
import Hunting
import Incidents
import OperationalStore
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

  /// The names of the tenants that have tables or incidents.
  func present() throws -> [String] {
    try present(TableStore.open(path, mode: .readOnly).snapshot())
  }

  private func present(_ snapshot: StoreSnapshot) throws -> [String] {
    let incidents = try IncidentStore.open(store: path, access: .readOnly)
    let names = Set(snapshot.tenants.map(\.name)).union(try incidents?.tenants() ?? [])
    return names.sorted()
  }

  /// Lets an engine read the tables of what was asked for.
  func attach(
    _ selection: TenantSelection,
    to engine: inout HuntingEngine,
    cache: SegmentCache
  ) throws -> TenantScope {
    let snapshot = try TableStore.open(path, mode: .readOnly).snapshot()
    let scope = try scope(over: selection, in: snapshot)
    engine.attach(snapshot, scope: scope, cache: cache, supplements: try supplements())
    return scope
  }

  /// The tenants of what was asked for, for views of a fleet.
  func fleet(_ selection: TenantSelection, cache: SegmentCache) throws -> FleetStore {
    let snapshot = try TableStore.open(path, mode: .readOnly).snapshot()
    return FleetStore(
      snapshot: snapshot,
      scope: try scope(over: selection, in: snapshot),
      cache: cache,
      supplements: try supplements()
    )
  }

  /// The tenants of what was asked for in which the principal may hunt.
  private func scope(
    over selection: TenantSelection,
    in snapshot: StoreSnapshot
  ) throws -> TenantScope {
    try state.scope(
      of: principal,
      for: .hunt,
      over: selection,
      present: try present(snapshot),
      at: DateTime(ticks: SystemClock().wallTicks)
    )
  }

  /// Where rows of tables are that the store keeps in databases.
  private func supplements() throws -> [any TableSupplement] {
    guard try LocalFileSystem().exists(DetectionStore.path(in: path)) else { return [] }
    return [AlertTables(store: path)]
  }

  /// Keeps in the audit trail who hunts for what, before the query runs.
  func note(hunt text: [UInt8], in scope: TenantScope) throws {
    guard isSetUp else { return }
    let detail = String(decoding: text.prefix(Self.longestText), as: UTF8.self)
    try AccessStore.open(store: path, access: .readWrite)?.note(
      "hunt",
      by: principal,
      on: scope.tenants.map(\.name).joined(separator: ","),
      detail: text.count > Self.longestText ? detail + " …" : detail
    )
  }

  /// Keeps in the audit trail what somebody wanted to hunt in and may not.
  func note(refusal: AccessFailure, of tenants: String) throws {
    guard isSetUp else { return }
    let access = try AccessStore.open(store: path, access: .readWrite)
    try access?.note("hunt", by: principal, on: tenants, detail: "refused: \(refusal)")
  }

  private static let longestText = 1 << 16
}
