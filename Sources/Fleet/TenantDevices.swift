public import Columnar
import Execution
import FileAccess
public import Hunting
import OperationalStore
import SourceText
import Synchronization
import TableStore
import Tenancy

/// What DeviceInfo says of tenants' devices that incidents have of them, for whatever belongs to
/// the system; asked anew only where rows came or went.
public final class TenantDevices: Sendable {
  private struct Known {
    let segments: [String]
    let answer: DevicesOfTenant
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

  /// What is known of a tenant's devices; nothing of one that is suspended.
  ///
  /// - Parameter lookback: how old the rows may be that tell what devices are; which are critical
  ///   is told by those of the query's own time.
  public func devices(
    of tenant: String,
    at now: DateTime,
    lookback: TimeSpan
  ) throws -> DevicesOfTenant {
    let view = try engines.view()
    let rows = view.tables(of: tenant).first { $0.name == "DeviceInfo" }?.segments ?? []
    if rows.isEmpty { return DevicesOfTenant() }
    let segments = rows.map(\.id)
    if let found = known.withLock({ $0[tenant] }), found.segments == segments {
      return found.answer.asBefore
    }
    let access = try AccessStore.open(store: path, access: .readOnly)
    let state = try access?.state() ?? .withoutSetup
    guard let scope = state.systemScope(over: tenant, present: view.tenants, at: now) else {
      return DevicesOfTenant()
    }
    var engine = view.engine(over: scope)
    engine.now = now
    let answer = try ask(engine, lookback)
    known.withLock { $0[tenant] = Known(segments: segments, answer: answer) }
    return answer
  }

  private func ask(_ engine: HuntingEngine, _ lookback: TimeSpan) throws -> DevicesOfTenant {
    var answer = DevicesOfTenant()
    try ask(DeviceQueries.critical, [:], engine) { row in
      for case .string(let text) in row where text.text != "" {
        answer.critical.insert(text.text.lowercased())
      }
    }
    answer.isNew = true
    try ask(DeviceQueries.known, ["Lookback": .timespan(lookback)], engine) { row in
      let texts = row.map { cell in
        if case .string(let text) = cell { text.text } else { "" }
      }
      guard texts.count == 3 else { return }
      answer.facts.append(
        DevicesOfTenant.Facts(name: texts[0], osPlatform: texts[1], deviceGroup: texts[2])
      )
    }
    return answer
  }

  private func ask(
    _ query: FleetQuery,
    _ parameters: [String: Scalar],
    _ engine: HuntingEngine,
    _ take: ([Scalar]) throws -> Void
  ) throws {
    let answer = try engine.run(
      SourceText(query.text),
      parameters: parameters,
      budget: engine.makeBudget(memoryLimit: memoryLimit, timeoutSeconds: timeoutSeconds)
    )
    try answer.tables.last?.result.forEachRow(take)
  }
}

/// What DeviceInfo says of the devices of a tenant.
public struct DevicesOfTenant: Sendable {
  /// What a device is, by one of its names.
  public struct Facts: Sendable {
    /// An id or a name, in small letters.
    public let name: String
    /// Empty where it is not known, or devices of the name differ in it.
    public let osPlatform: String
    public let deviceGroup: String
  }

  /// Ids and names of critical devices, in small letters.
  public internal(set) var critical: Set<String> = []
  public internal(set) var facts: [Facts] = []
  /// Whether the same object told none of it before.
  public internal(set) var isNew = false

  fileprivate var asBefore: DevicesOfTenant {
    var same = self
    same.isNew = false
    return same
  }
}
