import Columnar
import Execution
import GRDB
import HarrierTesting
import Hunting
import OperationalStore
import SourceText
import TableStore
import Testing

@testable import Incidents

/// Compares what is wanted of the rows of a tenant with all of them.
struct NarrowedRows {
  private let tables: AlertTables
  private let tenant: String

  init(store: String, tenant: String = "t") {
    tables = AlertTables(store: store)
    self.tenant = tenant
  }

  /// - Returns: how many rows there are in all tables.
  @discardableResult
  func check() throws -> Int {
    try tables.tableNames.reduce(0) { try $0 + check($1) }
  }

  private func check(_ table: String) throws -> Int {
    let all = try tables.rows(of: table, tenant: tenant)
    for column in all.schema.columns.map(\.name) {
      let alone = try rows(table, [column], nil)
      #expect(alone.schema.columns.map(\.name) == [column], "\(table)")
      #expect(try cells(alone, column) == cells(all, column), "\(table) \(column)")
    }
    try checkTimes(of: table, all)
    return all.rowCount
  }

  /// Rows with times at, between and beside those of some rows.
  private func checkTimes(of table: String, _ all: ColumnTable) throws {
    let column = EventTime.column(of: table)
    let times = try ticks(all, column)
    let sorted = times.sorted()
    guard let first = sorted.first, let last = sorted.last else { return }
    let middle = sorted[sorted.count / 2]
    for range in [first...last, first...middle, middle...last, middle...middle, last...last + 1] {
      let wanted = try ticks(rows(table, [column], range), column).filter(range.contains)
      #expect(wanted == times.filter(range.contains), "\(table) \(range)")
    }
    for time in [first, first + 1, middle, last + 1] {
      let isBefore = try tables.hasRows(
        of: table,
        tenant: tenant,
        before: time,
        at: ReadMoment()
      )
      #expect(isBefore == nil || isBefore == (first < time), "\(table) before \(time)")
    }
  }

  private func rows(
    _ table: String,
    _ columns: Set<String>,
    _ times: ClosedRange<Int64>?
  ) throws -> ColumnTable {
    let wanted = WantedRows(columns: columns, times: times, moment: ReadMoment())
    return try tables.rows(of: table, tenant: tenant, wanted)
  }

  private func cells(_ table: ColumnTable, _ column: String) throws -> [String] {
    let index = try #require(table.schema.index(of: column))
    return table.chunks.flatMap { chunk in
      (0..<chunk.count).map { "\(chunk.columns[index].scalar(at: $0))" }
    }
  }

  private func ticks(_ table: ColumnTable, _ column: String) throws -> [Int64] {
    let index = try #require(table.schema.index(of: column))
    return table.chunks.flatMap { chunk in
      (0..<chunk.count).compactMap { row -> Int64? in
        guard case .datetime(let time) = chunk.columns[index].scalar(at: row) else { return nil }
        return time.ticks
      }
    }
  }
}

/// What queries want of the tables of alerts and incidents is what they get.
struct NarrowedRowsTests {
  @Test("rows that came as rows are the same, whatever is wanted of them") func ingested() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1"), world.info("a2", minute: 30)])
    try world.ingest(
      "AlertEvidence",
      [world.device("a1", "dev1"), world.file("a1", "a"), world.device("a2", "dev2", minute: 25)]
    )
    try world.take()
    let own = AlertWorld(in: world.folder, world.incidents)
    try own.take("own", minute: 5, own.device("dev1"))
    let rows = try NarrowedRows(store: world.folder.path).check()
    #expect(rows > 12)
    // Narrowed by time they are found by their own times.
    let late = "AlertEvidence | where Timestamp between (datetime(2026-01-10T00:30) .. 2h)"
    #expect(try world.query(late + " | project AlertId") == ["a2"])
  }

  @Test("the scans of one run see one moment") func moment() throws {
    let world = try AlertWorld()
    try world.take("a", minute: 1, world.device("d"))
    let tables = AlertTables(store: world.folder.path)
    func count(_ table: String, _ moment: ReadMoment) throws -> Int {
      let wanted = WantedRows(columns: ["Timestamp"], times: nil, moment: moment)
      return try tables.rows(of: table, tenant: "t", wanted).rowCount
    }
    let moment = ReadMoment()
    #expect(try count("AlertInfo", moment) == 1)
    try world.take("b", minute: 2, world.device("d"))
    #expect(try count("AlertInfo", moment) == 1)
    #expect(try count("AlertEvidence", moment) == 1)
    #expect(try count("AlertEvidence", ReadMoment()) == 2)
  }

  @Test("rows that were ingested are hidden at the moment at which they are alerts") func hidden()
    throws
  {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1")])
    try world.ingest("AlertEvidence", [world.device("a1", "dev1")])
    let tables = AlertTables(store: world.folder.path)
    let snapshot = try TableStore.open(world.folder.path, mode: .readOnly).snapshot()
    let entry = try #require(snapshot.tenant("t")?.table("AlertInfo"))
    let (before, after) = (ReadMoment(), ReadMoment())
    let wanted = WantedRows(columns: nil, times: nil, moment: before)
    #expect(try tables.rows(of: "AlertEvidence", tenant: "t", wanted).rowCount == 0)
    try world.take()
    #expect(try tables.hiddenRows(of: entry, tenant: "t", at: before)?.values == nil)
    #expect(try tables.hiddenRows(of: entry, tenant: "t", at: after)?.values == ["a1"])
    #expect(try world.query("AlertInfo | project AlertId") == ["a1"])
  }

  @Test("a query that has ended holds nothing of the database") func end() throws {
    let world = try TableWorld()
    let own = AlertWorld(in: world.folder, world.incidents)
    try own.take("own", minute: 5, own.device("dev1"))
    let engine = try world.engine()
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: 60)
    for query in ["AlertInfo", "AlertInfo | where Timestamp > ago(30d) | count"] {
      let answer = try engine.run(SourceText(query), budget: budget)
      try own.take("own of \(query)", minute: 6, own.device("dev1"))
      // SQLite cannot cut the log while somebody reads what was before its end.
      let isHeld = try DatabaseQueue(path: world.incidents.database.path)
        .writeWithoutTransaction { database in
          try Bool.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
      #expect(isHeld == false, "\(query)")
      #expect(answer.tables.map(\.result.rowCount) == [1])
    }
  }
}
