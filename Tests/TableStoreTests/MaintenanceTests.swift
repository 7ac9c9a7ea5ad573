import FileAccess
import HarrierTesting
import OperationalStore
import TableStore
import Testing

/// Holds compaction, retention, removal, checks and backups to their promises on a real disk.
struct MaintenanceTests {
  private let files = LocalFileSystem()

  /// Runs `body` with a store of one table of four rows in two segments.
  private func withStore(_ body: (TableStore, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let environment = StoreEnvironment(
        clock: SimulatedClock(wallTicks: 1_000),
        randomness: SeededRandomness(seed: 1)
      )
      let store = try TableStore.open(
        folder + "/store",
        mode: .readWrite,
        environment: environment
      )
      let session = try store.beginIngestion(tenant: "a", batch: "1")
      try session.add(TestSegments.make(1...2, times: 100...200), to: "T", at: 0)
      try session.add(TestSegments.make(3...4, times: 300...9_000), to: "T", at: 1)
      for letter in Self.letters { try session.add(letter, of: "T") }
      _ = try session.commit()
      try body(store, folder)
    }
  }

  private static let letters = [
    DeadLetter(source: "a b\nc", offset: 7, line: 2, reason: "no JSON: 'é'", bytes: [0, 10, 255]),
    DeadLetter(source: "-", offset: .max, line: .max, reason: "", bytes: []),
  ]

  private func segments(_ store: TableStore) throws -> [SegmentEntry] {
    try store.snapshot().tenant("a")?.table("T")?.segments ?? []
  }

  private func stage(
    _ rows: ClosedRange<UInt8>,
    in store: TableStore,
    copy: Int,
    table: String = "T"
  ) throws -> StagedSegment {
    try store.stage(TestSegments.make(rows, copy: copy), tenant: "a", table: table)
  }

  @Test func `compaction keeps rows, numbers and times`() throws {
    try withStore { store, _ in
      let before = try VisibleStore(store, files)
      let merged = try stage(1...4, in: store, copy: 1)
      try store.replace(segments(store), with: [merged])
      #expect(try segments(store).map(\.rowCount) == [4])
      #expect(try segments(store).first?.runs.count == 1)
      #expect(try VisibleStore(store, files) == before)
      let parts = try [
        stage(1...1, in: store, copy: 2), stage(2...2, in: store, copy: 2),
        stage(3...4, in: store, copy: 2),
      ]
      try store.replace(segments(store), with: parts)
      #expect(try VisibleStore(store, files) == before)
      #expect(try store.verify(TestSegments.check).problems == [])
    }
  }

  @Test func `compaction refuses what would lose or move rows`() throws {
    try withStore { store, _ in
      let session = try store.beginIngestion(tenant: "a", batch: "2")
      try session.add(TestSegments.make(5...6), to: "T", at: 0)
      try session.add(TestSegments.make(7...8), to: "U", at: 0)
      _ = try session.commit()
      let before = try VisibleStore(store, files)
      let live = try segments(store)
      let other = try #require(try store.snapshot().tenant("a")?.table("U")?.segments)
      let cases: [([SegmentEntry], ClosedRange<UInt8>, String, String)] = [
        ([live[0], live[1]], 1...3, "T", "cannot be replaced by 3 rows"),
        ([live[0], live[2]], 1...4, "T", "do not follow"),
        ([live[1], live[0]], 1...4, "T", "do not follow"),
        ([live[2]] + other, 1...4, "T", "two tables"),
        ([live[0]], 1...2, "U", "of another table"),
        ([], 1...2, "T", "no segment"),
      ]
      for (number, (old, rows, table, text)) in cases.enumerated() {
        let staged = try stage(rows, in: store, copy: number + 10, table: table)
        let failure = #expect(throws: StoreFailure.self) {
          try store.replace(old, with: [staged])
        }
        #expect(failure?.description.contains(text) == true, "\(String(describing: failure))")
      }
      #expect(try VisibleStore(store, files) == before)
      let first = try stage(1...2, in: store, copy: 30)
      try store.replace([live[0]], with: [first])
      let second = try stage(1...2, in: store, copy: 31)
      #expect(throws: StoreFailure.self) { try store.replace([live[0]], with: [second]) }
      #expect(try VisibleStore(store, files) == before)
      #expect(try files.list(store.path + "/temporary") == [])
    }
  }

  @Test func `retention drops whole segments by their youngest row`() throws {
    try withStore { store, _ in
      #expect(try store.removeSegments(olderThan: 200, tenant: "a", table: "T") == 0)
      #expect(try store.removeSegments(olderThan: 201, tenant: "a", table: "T") == 1)
      #expect(try VisibleStore(store, files).rowNumbers == ["a.T": [3, 4]])
      // Times in the future count as of the ingestion.
      #expect(try store.removeSegments(olderThan: 1_000, tenant: "a", table: "T") == 0)
      #expect(try store.removeSegments(olderThan: 1_001, tenant: "a", table: "T") == 1)
      #expect(try files.list(store.path + "/segments/a/T") == [])
      #expect(throws: StoreFailure.self) {
        try store.removeSegments(olderThan: 0, tenant: "a", table: "none")
      }
      let again = try store.beginIngestion(tenant: "a", batch: "2")
      try again.add(TestSegments.make(5...5), to: "T", at: 0)
      _ = try again.commit()
      #expect(try segments(store).first?.firstSequence == 5)
    }
  }

  @Test func `retention of a table is kept and applied`() throws {
    try withStore { store, folder in
      try store.setRetention(days: 2, tenant: "a", table: "T")
      #expect(throws: StoreFailure.self) {
        try store.setRetention(days: 0, tenant: "a", table: "T")
      }
      #expect(try store.applyRetention() == 0)
      #expect(try store.information().tables.first?.retentionDays == 2)
    }
  }

  @Test func `a removed table is gone with its dead letters`() throws {
    try withStore { store, _ in
      let id = try store.snapshot().tenant("a")?.table("T")?.id
      try store.remove(table: "T", of: "a")
      #expect(try store.snapshot().tenant("a")?.tables.isEmpty == true)
      #expect(try store.deadLetterFiles() == [])
      #expect(try files.list(store.path + "/segments/a/T") == [])
      #expect(try files.list(store.path + "/dead-letters/a/T") == [])
      let session = try store.beginIngestion(tenant: "a", batch: "2")
      try session.add(TestSegments.make(5...5), to: "T", at: 0)
      _ = try session.commit()
      #expect(try store.snapshot().tenant("a")?.table("T")?.id != id)
    }
  }

  @Test func `who keeps the batches of others is a tenant once it has rows of its own`() throws {
    try withStore { store, _ in
      func land(_ owner: String?, letters: [DeadLetter] = [], as copy: Int) throws {
        let batch = "\(copy)"
        let session = try store.beginIngestion(tenant: "k", isCustodian: true, batch: batch)
        try session.add(TestSegments.make(5...5, copy: copy), to: "T", of: owner, at: 0)
        for letter in letters { try session.add(letter, of: "T") }
        #expect(try session.commit().isNew)
        #expect(try store.findBatch(batch, of: "k")?.acceptedRows == 1)
      }
      try land("b", letters: Self.letters, as: 2)
      #expect(try store.snapshot().tenantNames == ["a", "b"])
      #expect(try store.deadLetterFiles(tenant: "k", table: "T").count == 1)
      try land(nil, as: 3)
      try land("b", as: 4)
      #expect(try store.snapshot().tenantNames == ["a", "b", "k"])
      try store.remove(table: "T", of: "k")
      #expect(try store.snapshot().tenantNames == ["a", "b", "k"])
    }
  }

  @Test func `who keeps the batches of others is a tenant once it is added`() throws {
    try withStore { store, _ in
      let session = try store.beginIngestion(tenant: "k", isCustodian: true, batch: "2")
      for letter in Self.letters { try session.add(letter, of: "T") }
      _ = try session.commit()
      try store.addTenants(["k", "a"])
      #expect(try store.snapshot().tenantNames == ["a", "k"])
    }
  }

  @Test func `dead letters come back byte for byte and are replayed once`() throws {
    try withStore { store, _ in
      let file = try #require(try store.deadLetterFiles(tenant: "a", table: "T").first)
      #expect(file.letterCount == 2 && file.batch == "1")
      #expect(try VisibleStore(store, files).letters == ["a.T": Self.letters])
      #expect(try store.deadLetterFiles(table: "U") == [])
      for batch in ["again", "twice"] {
        let session = try store.beginIngestion(tenant: "a", batch: batch)
        try session.add(TestSegments.make(5...5, copy: batch.count), to: "T", at: 0)
        session.replacesDeadLetters(file.id)
        if batch == "again" {
          #expect(try session.commit().isNew)
        } else {
          #expect(throws: StoreFailure.self) { try session.commit() }
        }
      }
      #expect(try store.deadLetterFiles() == [])
      #expect(try VisibleStore(store, files).rowNumbers == ["a.T": [1, 2, 3, 4, 5]])
      #expect(try files.list(store.path + "/dead-letters/a/T") == [])
      #expect(try store.findBatch("1", of: "a")?.deadLetters == 2)
    }
  }

  @Test func `damage is found in every file`() throws {
    try withStore { store, _ in
      let segment = try #require(try segments(store).first).path
      let letters = store.path + "/dead-letters/a/T/"
      let letterFile = try letters + #require(files.list(letters).first)
      for path in [segment, letterFile] {
        let whole = try files.readAll(path, limitBytes: 1 << 20)
        for place in whole.indices {
          var flipped = whole
          flipped[place] ^= 1
          for bytes in [flipped, Array(whole[..<place])] {
            try files.write(bytes, to: path)
            let problems = try store.verify(TestSegments.check).problems
            #expect(problems.map(\.path) == [path])
          }
        }
        try files.write(whole, to: path)
      }
      #expect(try store.verify(TestSegments.check).problems == [])
      try files.remove(segment)
      #expect(try store.verify(TestSegments.check).problems.map(\.path) == [segment])
    }
  }

  @Test func `a backup is a store of its own`() throws {
    for method in [BackupMethod.copying, .linking] {
      try withStore { store, folder in
        let before = try VisibleStore(store, files)
        try store.backup(to: folder + "/backup", by: method)
        #expect(throws: StoreFailure.self) { try store.backup(to: folder + "/backup") }
        try store.remove(table: "T", of: "a")
        try TableStore.restore(folder + "/backup", to: folder + "/again")
        #expect(try files.list(folder) == ["again", "backup", "store"])
        let restored = try TableStore.open(folder + "/again", mode: .readWrite)
        #expect(try VisibleStore(restored, files) == before)
        #expect(try restored.verify(TestSegments.check).problems == [])
        #expect(throws: StoreFailure.self) {
          try TableStore.restore(folder + "/backup", to: folder + "/again")
        }
      }
    }
  }

  @Test func `a damaged backup is not restored`() throws {
    try withStore { store, folder in
      try store.backup(to: folder + "/backup")
      let segment = try #require(try files.list(folder + "/backup/segments/a/T").first)
      try files.remove(folder + "/backup/segments/a/T/" + segment)
      #expect(throws: StoreFailure.self) {
        try TableStore.restore(folder + "/backup", to: folder + "/again")
      }
      #expect(try files.exists(folder + "/again") == false)
    }
  }

  @Test func `information counts rows, bytes and letters`() throws {
    try withStore { store, _ in
      let table = try #require(try store.information().tables.first)
      #expect(table.rowCount == 4 && table.segmentCount == 2 && table.byteCount == 8)
      #expect(table.times == 100...9_000 && table.deadLetters == 2)
    }
  }
}
