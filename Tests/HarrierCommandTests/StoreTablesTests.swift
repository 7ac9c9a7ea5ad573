import Columnar
import Detections
import Execution
import FileAccess
import HarrierTesting
import Hunting
import OperationalStore
import SourceText
import TableStore
import Tenancy
import Testing

@testable import HarrierCommand

/// The tables that a store keeps in databases, as the owner queries them.
struct StoreTablesTests {
  private let folder: TemporaryFolder

  /// A store of one tenant with rules and an entry in its audit trail.
  init() throws {
    folder = try TemporaryFolder()
    try TableStore.open(folder.path, mode: .readWrite).addTenants(["t"])
    _ = try DetectionStore.open(store: folder.path, access: .readWrite)
    let access = try #require(try AccessStore.open(store: folder.path, access: .readWrite))
    try access.note("hunt", by: .owner, on: "t", detail: "T | take 1")
  }

  @Test("each has its own columns beside the others") func columns() throws {
    let access = try StoreAccess(folder.path, as: Principal.owner.name)
    var engine = HuntingEngine()
    let cache = SegmentCache(limitBytes: 1 << 20)
    let scope = try access.attach(.tenant("t"), to: &engine, cache: cache)
    #expect(scope.tenants.count == 1)
    let supplied = try access.supplements().flatMap(\.tables).filter { $0.columns != nil }
    #expect(Set(supplied.map(\.name)) == StoreAccess.ownTables)
    #expect(supplied.count == StoreAccess.ownTables.count, "a table has two supplements")
    for table in supplied {
      let columns = try #require(table.columns).map(\.name)
      #expect(try names(in: table.name, engine) == columns, "\(table.name)")
    }
  }

  @Test("without a set-up the owner's AuditLog is there and empty") func noSetup() throws {
    let plain = try TemporaryFolder()
    try TableStore.open(plain.path, mode: .readWrite).addTenants(["t"])
    let access = try StoreAccess(plain.path, as: Principal.owner.name)
    var engine = HuntingEngine()
    _ = try access.attach(.tenant("t"), to: &engine, cache: SegmentCache(limitBytes: 1 << 20))
    #expect(try names(in: "AuditLog", engine).contains("Sequence"))
  }

  @Test("nothing is ingested into those that the store writes") func ingestion() throws {
    #expect(StoreAccess.ownTables.contains("IncidentHistory"))
    #expect(StoreAccess.ownTables.isDisjoint(with: ["AlertInfo", "EmailPostDeliveryEvents"]))
  }

  private func names(in table: String, _ engine: HuntingEngine) throws -> [String] {
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let answer = try engine.run(
      SourceText("\(table) | getschema | project ColumnName"),
      budget: budget
    )
    var names: [String] = []
    try answer.tables[0].result.forEachRow { names += $0.map(Cells.cell) }
    return names
  }
}
