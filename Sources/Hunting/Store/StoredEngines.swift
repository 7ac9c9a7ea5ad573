public import FileAccess
import Synchronization
public import TableStore
public import Tenancy

/// Makes engines that read the tables of a store, for work that goes on while rows come in.
///
/// Engines of one of it share a cache of columns, and what is opened is opened once.
public final class StoredEngines: Sendable {
  private let path: String
  private let base: HuntingEngine
  private let cache: SegmentCache
  private let supplements: [any TableSupplement]
  private let environment: StoreEnvironment
  private let store = Mutex<TableStore?>(nil)

  /// - Parameters:
  ///   - path: the folder of the store.
  ///   - base: an engine without tables of the store.
  ///   - supplements: where further rows of the tenants' tables are.
  public init(
    store path: String,
    engine base: HuntingEngine,
    cache: SegmentCache,
    supplements: [any TableSupplement] = [],
    clock: any Clock = SystemClock()
  ) {
    self.path = path
    self.base = base
    self.cache = cache
    self.supplements = supplements
    environment = StoreEnvironment(clock: clock)
  }

  /// What is visible now.
  public func view() throws -> StoredView {
    let opened = try store.withLock { store in
      let opened = try store ?? TableStore.open(path, mode: .readOnly, environment: environment)
      store = opened
      return opened
    }
    return StoredView(
      snapshot: try opened.snapshot(),
      base: base,
      cache: cache,
      supplements: supplements
    )
  }
}

/// The tables of a store at one moment.
public struct StoredView: Sendable {
  let snapshot: StoreSnapshot
  let base: HuntingEngine
  let cache: SegmentCache
  let supplements: [any TableSupplement]

  /// A number that changes with the rows.
  public var version: Int64 { snapshot.version }

  /// The names of the tenants that have tables.
  public var tenants: [String] { snapshot.tenantNames }

  /// The tables of a tenant that have rows in segments.
  public func tables(of tenant: String) -> [TableEntry] { snapshot.tenant(tenant)?.tables ?? [] }

  /// The names of the tables that have further rows elsewhere, which may change at any time.
  public var supplementNames: Set<String> { Set(supplements.flatMap(\.tableNames)) }

  /// An engine over the tables of the tenants of a scope.
  public func engine(over scope: TenantScope) -> HuntingEngine {
    var engine = base
    engine.attach(snapshot, scope: scope, cache: cache, supplements: supplements)
    return engine
  }
}
