import Columnar
import Execution
import FileAccess
import Fleet
import HarrierTesting
import Hunting
import OperationalStore
import SourceText
import TableStore
import Tenancy
import Testing

/// A store in a folder of its own, and what views and queries say of it at its clock's time.
final class FleetStoreFixture {
  private let folder: TemporaryFolder
  let clock = SimulatedClock(wallTicks: 639_000_000_000_000_000)

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.path + "/store" }
  var now: DateTime { DateTime(ticks: clock.wallTicks) }

  func advance(days: UInt64) { clock.advance(nanoseconds: days * 86_400 * 1_000_000_000) }

  private func open(_ mode: TableStore.Mode) throws -> TableStore {
    try TableStore.open(path, mode: mode, environment: StoreEnvironment(clock: clock))
  }

  /// A time some days ago, as JSON.
  func ago(days: Int64) -> String {
    var sink = ByteSink()
    sink.append(datetime: DateTime(ticks: now.ticks - days * TimeSpan.ticksPerDay))
    return "\"\(sink.text())\""
  }

  func ingest(_ lines: [String], _ table: String, _ tenant: String) throws {
    let text = lines.joined(separator: "\n") + "\n"
    let request = try LoadRequest(specification: table + "=in.ndjson")
    let files = SimulatedFileSystem(texts: ["in.ndjson": text])
    let answer = try StoreIngestion(try open(.readWrite), files: files)
      .ingest(request, tenant: tenant, batch: nil)
    #expect(answer.reports.flatMap(\.messages).isEmpty)
  }

  /// The tenants that a principal may hunt in.
  func scope(of principal: Principal = .owner, in state: AccessState = .withoutSetup) throws
    -> TenantScope
  {
    let present = try open(.readOnly).snapshot().tenants.map(\.name)
    return try state.scope(of: principal, for: .hunt, present: present, at: now)
  }

  /// What queries of the fleet say.
  func answer(
    _ queries: [FleetQuery],
    _ texts: [String: String] = [:],
    scalars: [String: Scalar] = [:],
    scope: TenantScope? = nil,
    supplements: [any TableSupplement] = [],
    budget: QueryBudget? = nil
  ) throws -> FleetAnswer {
    let store = FleetStore(
      snapshot: try open(.readOnly).snapshot(),
      scope: try scope ?? self.scope(),
      supplements: supplements
    )
    var engine = HuntingEngine(clock: clock)
    engine.now = now
    return try Fleet(
      engine,
      over: store,
      parameters: texts.mapValues { .string(ByteString($0)) }.merging(scalars) { $1 },
      budget: budget ?? engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    ).answer(queries)
  }

  /// A budget for ``answer(_:_:scalars:scope:supplements:budget:)``.
  func budget(memoryLimit: Int) -> QueryBudget {
    HuntingEngine(clock: clock).makeBudget(memoryLimit: memoryLimit, timeoutSeconds: nil)
  }

  /// The rows of a view by the names of columns.
  func rows(
    _ query: FleetQuery,
    _ texts: [String: String] = [:],
    scope: TenantScope? = nil
  ) throws -> [[String: String]] {
    try Self.cells(try #require(try answer([query], texts, scope: scope).results.first))
  }

  /// What a text says of one tenant, or of all.
  func hunt(_ text: String, in tenant: String? = nil) throws -> [[String: String]] {
    let snapshot = try open(.readOnly).snapshot()
    var scope = try scope()
    if let tenant {
      scope = scope.narrowed(to: try #require(scope.tenants.first { $0.name == tenant }))
    }
    var engine = HuntingEngine(clock: clock)
    engine.attach(snapshot, scope: scope)
    engine.allowsMissingTables = true
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    return try Self.cells(engine.run(SourceText(text), budget: budget).tables[0].result)
  }

  /// Paths of the segments of a tenant's table.
  func segments(of table: String, _ tenant: String) throws -> [String] {
    let tables = try open(.readOnly).snapshot().tenant(tenant)?.tables ?? []
    return tables.filter { $0.name == table }.flatMap(\.segments).map(\.path)
  }

  static func cells(_ result: QueryResult) throws -> [[String: String]] {
    var rows: [[String: String]] = []
    try result.forEachRow { row in
      rows.append(
        Dictionary(
          uniqueKeysWithValues: zip(result.schema.columns.map(\.name), row.map(Cells.cell))
        )
      )
    }
    return rows
  }
}

/// Tables of alerts in a database in which no alert is yet.
struct NoAlerts: TableSupplement {
  let tables = [SuppliedTable("AlertEvidence"), SuppliedTable("AlertInfo")]

  func rows(of table: String, tenant: String) -> ColumnTable {
    let known = TableSchemas.environment(.hunting).lookup(table)?.columns ?? []
    return ColumnTable(schema: Schema(known), chunks: [])
  }
}
