import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import SourceText
import TableStore
import Tenancy
import Testing

/// A store in a folder of its own that is gone at the end.
final class StoreFixture {
  private let folder: TemporaryFolder
  let clock = SimulatedClock(wallTicks: 639_000_000_000_000_000)

  init() throws { folder = try TemporaryFolder() }

  /// The path of the store.
  var path: String { folder.path + "/store" }

  /// Opens the store; a writer makes it.
  func open(_ mode: TableStore.Mode) throws -> TableStore {
    try TableStore.open(path, mode: mode, environment: StoreEnvironment(clock: clock))
  }

  /// Ingests a text as one batch.
  @discardableResult
  func ingest(
    _ text: String,
    table: String = "DeviceProcessEvents",
    tenant: String = "default",
    batch: String? = nil
  ) throws -> StoreIngestion.Answer {
    let files = SimulatedFileSystem(texts: ["in.ndjson": text])
    let request = try LoadRequest(specification: table + "=in.ndjson")
    return try StoreIngestion(try open(.readWrite), files: files)
      .ingest(request, tenant: tenant, batch: batch)
  }

  /// The cells of a query's first result.
  func answer(_ query: String, tenant: String = "default") throws -> [[String]] {
    var engine = HuntingEngine()
    try engine.attach(open(.readOnly).snapshot(), tenant: tenant)
    return try Self.answer(query, by: engine)
  }

  static func answer(_ query: String, by engine: HuntingEngine) throws -> [[String]] {
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let result = try engine.run(SourceText(query), budget: budget).tables[0].result
    var rows: [[String]] = []
    try result.forEachRow { rows.append($0.map(Cells.cell)) }
    return rows
  }

  /// Lines of events of processes with numbers in a range.
  static func events(_ range: Range<Int>) -> String {
    range.map { number in
      """
      {"Timestamp":"2026-01-01T00:00:\(10 + number % 50).0Z","DeviceName":"d\(number % 7)",\
      "ProcessId":\(number),"ProcessCommandLine":"tool.exe --run r\(number)","Odd":"x\(number)"}
      """
    }.joined(separator: "\n") + "\n"
  }
}

extension HuntingEngine {
  /// Makes the tables of a tenant readable, as the owner of the store.
  mutating func attach(
    _ snapshot: StoreSnapshot,
    tenant: String,
    cache: SegmentCache = SegmentCache()
  ) throws {
    try attach(snapshot, tenants: [tenant], cache: cache)
  }

  /// The same for several tenants.
  mutating func attach(
    _ snapshot: StoreSnapshot,
    tenants: [String],
    cache: SegmentCache = SegmentCache(),
    state: AccessState = .withoutSetup
  ) throws {
    let selection = try #require(TenantSelection(tenants.joined(separator: ",")))
    let scope = try state.scope(
      of: .owner,
      for: .hunt,
      over: selection,
      present: snapshot.tenants.map(\.name) + tenants,
      at: DateTime(ticks: 0)
    )
    attach(snapshot, scope: scope, cache: cache)
  }
}
