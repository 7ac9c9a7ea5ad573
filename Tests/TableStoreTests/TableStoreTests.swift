import Columnar
import FileAccess
import HarrierTesting
import OperationalStore
import TableStore
import Testing

/// Holds the store to its promises on a real disk.
struct TableStoreTests {
  private let files = LocalFileSystem()

  private func environment(ticks: Int64 = 1_000) -> StoreEnvironment {
    StoreEnvironment(
      clock: SimulatedClock(wallTicks: ticks),
      randomness: SeededRandomness(seed: 1)
    )
  }

  private func open(
    _ folder: String,
    _ mode: TableStore.Mode = .readWrite,
    ticks: Int64 = 1_000
  ) throws -> TableStore {
    try TableStore.open(folder + "/store", mode: mode, environment: environment(ticks: ticks))
  }

  @discardableResult
  private func ingest(
    _ segments: [SegmentFile],
    as batch: String,
    into store: TableStore,
    table: String = "T",
    tenant: String = "a"
  ) throws -> IngestionOutcome {
    let session = try store.beginIngestion(tenant: tenant, batch: batch)
    for (position, segment) in segments.enumerated() {
      try session.add(segment, to: table, at: position)
    }
    return try session.commit()
  }

  private func rows(_ store: TableStore) throws -> [String: [UInt8]] {
    try VisibleStore(store, files).rowNumbers
  }

  @Test func `a batch lands once, in order, and is there after reopening`() throws {
    try withTemporaryFolder { folder in
      do {
        let store = try open(folder)
        let session = try store.beginIngestion(tenant: "a", batch: "b1")
        try session.add(TestSegments.make(4...6, times: 40...60), to: "T", at: 1)
        try session.add(TestSegments.make(1...3, times: 10...30), to: "T", at: 0)
        #expect(try store.snapshot().tenants.isEmpty)
        let outcome = try session.commit()
        #expect(outcome.isNew && outcome.acceptedRows == 6 && outcome.ingestedTicks == 1_000)
        #expect(throws: StoreFailure.self) { try session.commit() }
      }
      let store = try open(folder, ticks: 2_000)
      let again = try ingest([TestSegments.make(7...8)], as: "b1", into: store)
      #expect(!again.isNew && again.acceptedRows == 6 && again.ingestedTicks == 1_000)
      #expect(try store.findBatch("b1", of: "a") == again)
      #expect(try store.findBatch("b1", of: "b") == nil)
      #expect(try ingest([TestSegments.make(7...8)], as: "b1", into: store, tenant: "b").isNew)
      #expect(try rows(store) == ["a.T": [1, 2, 3, 4, 5, 6], "b.T": [7, 8]])
      let table = try #require(try store.snapshot().tenant("a")?.table("T"))
      #expect(table.nextSequence == 7 && table.times == 10...60)
      #expect(table.segments.map(\.firstSequence) == [1, 4])
      #expect(try store.verify(TestSegments.check).problems == [])
    }
  }

  @Test func `columns are added and types kept`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      try ingest([TestSegments.make(1...1)], as: "1", into: store)
      let wider = Schema([ColumnSchema("More", .long), ColumnSchema("Name", .string)])
      try ingest([TestSegments.make(2...2, schema: wider)], as: "2", into: store)
      let names = try store.snapshot().tenant("a")?.table("T")?.schema.columns
      #expect(
        names == [
          ColumnSchema("Time", .datetime), ColumnSchema("Name", .string),
          ColumnSchema("More", .long),
        ]
      )
      let other = Schema([ColumnSchema("Name", .long)])
      let failure = #expect(throws: StoreFailure.self) {
        try ingest([TestSegments.make(3...3, schema: other)], as: "3", into: store)
      }
      #expect(failure?.reason == .refused("column 'Name' of table 'T' is string, not long"))
      #expect(try rows(store) == ["a.T": [1, 2]])
      #expect(try files.list(folder + "/store/segments/a/T").count == 2)
      #expect(try files.list(folder + "/store/temporary") == [])
    }
  }

  @Test func `an abandoned batch leaves nothing`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      do {
        let session = try store.beginIngestion(tenant: "a", batch: "1")
        try session.add(TestSegments.make(1...3), to: "T", at: 0)
        try session.add(
          DeadLetter(source: "s", offset: 0, line: 1, reason: "r", bytes: [1]),
          of: "T"
        )
        #expect(try files.list(folder + "/store/temporary").count == 2)
      }
      #expect(try files.list(folder + "/store/temporary") == [])
      #expect(try store.findBatch("1", of: "a") == nil)
    }
  }

  @Test func `names lead nowhere else`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      let names = ["../../x", ".", "a/b", "A b", "a%2Fb", "é"]
      for (index, name) in names.enumerated() {
        let segment = TestSegments.make([UInt8(index + 1)])
        try ingest([segment], as: "b", into: store, table: name, tenant: name)
      }
      #expect(try files.list(folder) == ["store"])
      #expect(try files.list(folder + "/store/segments").count == names.count)
      #expect(try rows(store)["../../x.../../x"] == [1])
      let refused = ["", String(repeating: "x", count: 241), String(repeating: "/", count: 81)]
      for name in refused {
        #expect(throws: StoreFailure.self) {
          try ingest([TestSegments.make(9...9)], as: "b", into: store, table: name)
        }
        #expect(throws: StoreFailure.self) { try store.beginIngestion(tenant: name, batch: "b") }
      }
      #expect(throws: StoreFailure.self) { try store.beginIngestion(tenant: "a", batch: "") }
    }
  }

  @Test func `one process writes, others read`() throws {
    try withTemporaryFolder { folder in
      let missing = #expect(throws: StoreFailure.self) { try open(folder, .readOnly) }
      #expect(missing?.reason == .missing)
      let writer = try open(folder)
      try ingest([TestSegments.make(1...2)], as: "1", into: writer)
      let failure = #expect(throws: StoreFailure.self) { try open(folder) }
      guard case .locked(let holder)? = failure?.reason else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(holder.hasPrefix("process "))
      let reader = try open(folder, .readOnly)
      #expect(try rows(reader) == ["a.T": [1, 2]])
      try ingest([TestSegments.make(3...3)], as: "2", into: writer)
      #expect(try rows(reader) == ["a.T": [1, 2, 3]])
      let refused = #expect(throws: StoreFailure.self) {
        try reader.beginIngestion(tenant: "a", batch: "3")
      }
      #expect(refused?.reason == .openedReadOnly)
    }
  }

  @Test func `a snapshot keeps its files until it goes`() throws {
    try withTemporaryFolder { folder in
      let writer = try open(folder)
      let reader = try open(folder, .readOnly)
      for row in UInt8(1)...3 {
        try ingest([TestSegments.make([row])], as: "\(row)", into: writer)
      }
      var held: StoreSnapshot? = try reader.snapshot()
      let old = try #require(held?.tenant("a")?.table("T")?.segments)
      let merged = try writer.stage(TestSegments.make(1...3, copy: 1), tenant: "a", table: "T")
      try writer.replace(old, with: [merged])
      for entry in old { #expect(try files.exists(entry.path)) }
      #expect(try writer.information().removedFiles == 3)
      #expect(try rows(writer) == ["a.T": [1, 2, 3]])
      let newer = try reader.snapshot()
      #expect(newer.tenant("a")?.table("T")?.segments.count == 1)
      #expect(try writer.deleteRemovedFiles() == 0)
      withExtendedLifetime(held) {}
      held = nil
      #expect(try writer.deleteRemovedFiles() == 3)
      for entry in old { #expect(try files.exists(entry.path) == false) }
      #expect(try rows(reader) == ["a.T": [1, 2, 3]])
      withExtendedLifetime(newer) {}
    }
  }

  @Test func `a lost catalogue is not taken for an empty one`() throws {
    try withTemporaryFolder { folder in
      try ingest([TestSegments.make(1...2)], as: "1", into: open(folder))
      for name in try files.list(folder + "/store") where name.hasPrefix("harrier.db") {
        try files.remove(folder + "/store/" + name)
      }
      let failure = #expect(throws: StoreFailure.self) { try open(folder) }
      guard case .corrupt? = failure?.reason else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(try files.list(folder + "/store/segments/a/T").count == 1)
    }
  }
}
