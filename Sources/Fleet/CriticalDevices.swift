public import Columnar
import Execution
import FileAccess
public import Hunting
import OperationalStore
import SourceText
import Synchronization
import TableStore
import Tenancy

/// Which devices of tenants are critical, for whatever belongs to the system; asked anew only where
/// rows of DeviceInfo came or went.
public final class CriticalDevices: Sendable {
  private struct Known {
    let segments: [String]
    let names: Set<String>
  }

  private let path: String
  private let engines: StoredEngines
  private let memoryLimit: Int
  private let timeoutSeconds: Double?
  private let known = Mutex<[String: Known]>([:])

  /// - Parameters:
  ///   - path: the folder of the store.
  ///   - base: an engine without tables of the store.
  public init(
    store path: String,
    engine base: HuntingEngine,
    memoryLimit: Int = 1 << 28,
    timeoutSeconds: Double? = 300
  ) {
    self.path = path
    self.memoryLimit = memoryLimit
    self.timeoutSeconds = timeoutSeconds
    engines = StoredEngines(
      store: path,
      engine: base.forShippedQueries,
      cache: SegmentCache(limitBytes: memoryLimit / 4)
    )
  }

  /// The ids and names of a tenant's critical devices, in small letters; none of one that is
  /// suspended.
  public func names(of tenant: String, at now: DateTime) throws -> Set<String> {
    let view = try engines.view()
    let rows = view.tables(of: tenant).first { $0.name == "DeviceInfo" }?.segments ?? []
    if rows.isEmpty { return [] }
    let segments = rows.map(\.id)
    if let found = known.withLock({ $0[tenant] }), found.segments == segments {
      return found.names
    }
    let access = try AccessStore.open(store: path, access: .readOnly)
    let state = try access?.state() ?? .withoutSetup
    guard let scope = state.systemScope(over: tenant, present: view.tenants, at: now) else {
      return []
    }
    var engine = view.engine(over: scope)
    engine.now = now
    let names = try ask(engine)
    known.withLock { $0[tenant] = Known(segments: segments, names: names) }
    return names
  }

  private func ask(_ engine: HuntingEngine) throws -> Set<String> {
    let answer = try engine.run(
      SourceText(DeviceQueries.critical.text),
      parameters: [:],
      budget: engine.makeBudget(memoryLimit: memoryLimit, timeoutSeconds: timeoutSeconds)
    )
    var names: Set<String> = []
    try answer.tables.last?.result.forEachRow { row in
      for case .string(let text) in row where text.text != "" {
        names.insert(text.text.lowercased())
      }
    }
    return names
  }
}
