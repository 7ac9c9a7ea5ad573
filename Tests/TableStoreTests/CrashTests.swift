import FileAccess
import Glibc
import HarrierTesting
import OperationalStore
import TableStore
import Testing

/// Lets the power go, or an operation fail, at every step of a session, and holds what is found
/// afterwards to what was acknowledged.
struct CrashTests {
  /// Puts the catalogue's commits among the operations of the simulated disk.
  private struct Witness: CommitWitness {
    let disk: SimulatedDisk
    func willCommit() throws { try disk.pass("before commit") }
    func didCommit() throws { try disk.pass("after commit") }
  }

  /// A store whose files are on a simulated disk and whose catalogue is on a real one.
  private final class World {
    let disk = SimulatedDisk(root: "s")
    let folder: TemporaryFolder
    let clock = SimulatedClock(wallTicks: 1_000)
    let randomness = SeededRandomness(seed: 1)
    /// Counts the times that the user asks for all steps; each draws segment ids of its own.
    var attempt = 0
    private(set) var store: TableStore?

    init() throws {
      folder = try TemporaryFolder(in: access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
    }

    deinit { store = nil }

    func open() throws -> TableStore {
      if let store { return store }
      var environment = StoreEnvironment(
        files: disk,
        clock: clock,
        randomness: randomness
      )
      environment.databasePath = folder.path + "/harrier.db"
      environment.witness = Witness(disk: disk)
      let opened = try TableStore.open("s", mode: .readWrite, environment: environment)
      store = opened
      return opened
    }

    func close() { store = nil }

    /// A segment under an id of this attempt.
    func fresh(_ segment: SegmentFile) -> SegmentFile {
      var segment = segment
      segment.id = "\(attempt)" + segment.id.dropFirst()
      return segment
    }

    /// What readers see, looked at without counting or failing operations.
    func visible() throws -> VisibleStore { try VisibleStore(open(), disk) }
  }

  /// One thing that a user asks for; asking twice changes nothing more.
  private typealias Step = @Sendable (World) throws -> Void

  private static func ingest(
    _ batch: String,
    _ segments: [(SegmentFile, String)],
    letters: Int = 0
  ) -> Step {
    { world in
      let session = try world.open().beginIngestion(tenant: "a", batch: batch)
      for (position, (segment, table)) in segments.enumerated() {
        try session.add(world.fresh(segment), to: table, at: position)
      }
      for line in 0..<letters {
        let letter = DeadLetter(
          source: batch,
          offset: Int64(line) * 10,
          line: Int64(line),
          reason: "bad",
          bytes: [UInt8(line)]
        )
        try session.add(letter, of: "T")
      }
      _ = try session.commit()
    }
  }

  /// Merges the two segments of the first batch, if they are still two.
  private static let compact: Step = { world in
    let store = try world.open()
    let table = try store.snapshot().tenant("a")?.table("T")
    let old = (table?.segments ?? []).filter { $0.lastSequence <= 6 }
    if old.count < 2 { return }
    let segment = world.fresh(TestSegments.make(1...6, times: 100...105, copy: 1))
    try store.replace(old, with: [store.stage(segment, tenant: "a", table: "T")])
  }

  private static let steps: [Step] = [
    { _ = try $0.open() },
    ingest(
      "first",
      [
        (TestSegments.make(1...3, times: 100...102), "T"),
        (TestSegments.make(4...6, times: 103...105), "T"),
      ],
      letters: 2
    ),
    ingest(
      "second",
      [
        (TestSegments.make(7...9, times: 200...210), "T"), (TestSegments.make(20...21), "U"),
      ]
    ),
    compact,
    ingest("third", [(TestSegments.make(10...10, times: 300...300), "T")]),
    ingest("first", [(TestSegments.make(1...3, times: 100...102, copy: 2), "T")]),
    { _ = try $0.open().removeSegments(olderThan: 150, tenant: "a", table: "T") },
    ingest("fourth", [(TestSegments.make(11...12), "V")], letters: 1),
    { try $0.open().remove(table: "U", of: "a") },
  ]

  /// What is visible after each step of a session that nothing disturbs, and its operations.
  private static func undisturbed() throws -> (states: [VisibleStore], operations: Int) {
    let world = try World()
    var states: [VisibleStore] = []
    var operations = 0
    for step in steps {
      world.clock.advance(nanoseconds: 100)
      let before = world.disk.operationCount
      try step(world)
      operations += world.disk.operationCount - before
      states.append(try world.visible())
    }
    return (states, operations)
  }

  /// Runs steps until one fails, and returns how many were acknowledged.
  private static func run(_ world: World) -> Int {
    for (index, step) in steps.enumerated() {
      world.clock.advance(nanoseconds: 100)
      do { try step(world) } catch { return index }
    }
    return steps.count
  }

  /// Holds a reopened store to the states before and after the step that was not acknowledged.
  private static func check(
    _ world: World,
    acknowledged: Int,
    _ states: [VisibleStore],
    _ place: String
  ) throws {
    let store = try world.open()
    let found = try world.visible()
    let allowed = states[max(0, acknowledged - 1)...min(acknowledged, states.count - 1)]
    if !allowed.contains(found) {
      Issue.record("\(place) after \(acknowledged) steps: found \(found), not \(allowed)")
    }
    let verification = try store.verify(TestSegments.check)
    if !verification.problems.isEmpty { Issue.record("\(place): \(verification.problems)") }
    let waiting = try store.information().removedFiles
    let live = verification.checkedSegments + (try store.deadLetterFiles().count)
    let onDisk = world.disk.files.keys.filter { $0.hasSuffix(".seg") || $0.hasSuffix(".letters") }
    if onDisk.count != live + waiting { Issue.record("\(place): garbage is left in \(onDisk)") }
    if world.disk.files.keys.contains(where: { $0.hasPrefix("s/temporary/") }) {
      Issue.record("\(place): temporary files are left")
    }
  }

  /// Every so many points the session is also asked for again, which takes as long as all else.
  private static let finishingStride = 3

  /// Asks for every step again, as a client does that heard no answer, and compares the rows.
  private static func finish(
    _ world: World,
    _ states: [VisibleStore],
    _ place: String
  ) throws {
    world.attempt += 1
    for step in steps.dropLast() { try step(world) }
    if try world.visible().rows["a.U"] != nil { try steps.last?(world) }
    let found = try world.visible()
    if found.rowNumbers != states.last?.rowNumbers || found.letters != states.last?.letters {
      Issue.record("\(place), finished: found \(found)")
    }
  }

  @Test(arguments: SimulatedDisk.Loss.allCases)
  func `a crash at any operation loses and doubles nothing`(loss: SimulatedDisk.Loss) throws {
    let (states, operations) = try Self.undisturbed()
    #expect(operations > 80)
    for point in 0..<operations {
      let world = try World()
      world.disk.crash(atOperation: point)
      let acknowledged = Self.run(world)
      world.close()
      world.disk.restart(loss, seed: UInt64(point))
      let place = "\(loss) at operation \(point)"
      try Self.check(world, acknowledged: acknowledged, states, place)
      if point % Self.finishingStride == 0 { try Self.finish(world, states, place) }
    }
  }

  @Test(arguments: SimulatedDisk.Fault.allCases)
  func `a fault at any operation loses and doubles nothing`(fault: SimulatedDisk.Fault) throws {
    let (states, operations) = try Self.undisturbed()
    var stops = 0
    // The other kinds differ in the error's number only.
    let isDistinct = fault == .inputOutput || fault == .shortWrite
    for point in stride(from: 0, to: operations, by: isDistinct ? 1 : 5) {
      let world = try World()
      world.disk.fail(atOperation: point, with: fault)
      let acknowledged = Self.run(world)
      let place = "\(fault) at operation \(point)"
      if world.store?.stopped != nil {
        stops += 1
        let failure = #expect(throws: StoreFailure.self, "\(place)") {
          try world.open().beginIngestion(tenant: "a", batch: "x")
        }
        guard case .stopped? = failure?.reason else {
          Issue.record("\(place): \(String(describing: failure))")
          continue
        }
      }
      if acknowledged < Self.steps.count || world.store?.stopped != nil {
        world.close()
        world.disk.restart(.unsynced)
        try Self.check(world, acknowledged: acknowledged, states, place)
      }
      if point % Self.finishingStride == 0 { try Self.finish(world, states, place) }
    }
    #expect(stops > 3)
  }
}
