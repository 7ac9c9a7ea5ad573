import Columnar
import Execution
public import FileAccess
public import Hunting
import OperationalStore
import Tenancy

/// The tables in which investigations look: those of one tenant at a time.
///
/// Investigations belong to the system, which sees every tenant that is not suspended, and never
/// two of them together.
public struct InvestigationTables: Sendable {
  private let path: String
  private let engines: StoredEngines
  let memoryLimit: Int
  let timeoutSeconds: Double

  /// - Parameters:
  ///   - path: the folder of the store.
  ///   - base: an engine without tables of the store.
  ///   - supplements: where further rows of the tenants' tables are.
  public init(
    store path: String,
    engine base: HuntingEngine,
    supplements: [any TableSupplement] = [],
    clock: any Clock = SystemClock(),
    memoryLimit: Int = 1 << 30,
    timeoutSeconds: Double = 300
  ) {
    self.path = path
    self.memoryLimit = memoryLimit
    self.timeoutSeconds = timeoutSeconds
    engines = StoredEngines(
      store: path,
      engine: base.forShippedQueries,
      cache: SegmentCache(limitBytes: memoryLimit / 2),
      supplements: supplements,
      clock: clock
    )
  }

  /// What is visible at a moment.
  func open() throws -> OpenedTables {
    let access = try AccessStore.open(store: path, access: .readOnly)
    return OpenedTables(
      view: try engines.view(),
      state: try access?.state() ?? .withoutSetup,
      tables: self
    )
  }

  /// The tables of tenants at a moment.
  struct OpenedTables {
    let view: StoredView
    let state: AccessState
    let tables: InvestigationTables

    /// A number that changes with the rows.
    var version: Int64 { view.version }

    /// Runs steps over a tenant's tables; nil where it is suspended.
    func steps(in tenant: String, at now: DateTime) throws -> StepRun? {
      guard let scope = state.systemScope(over: tenant, present: view.tenants, at: now) else {
        return nil
      }
      var engine = view.engine(over: scope)
      engine.now = now
      return StepRun(
        engine: engine,
        memoryLimit: tables.memoryLimit,
        timeoutSeconds: tables.timeoutSeconds
      )
    }
  }
}
