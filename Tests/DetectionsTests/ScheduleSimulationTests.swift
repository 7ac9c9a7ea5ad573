import Columnar
import DetectionRules
import Detections
import FileAccess
import Foundation
import HarrierTesting
import OperationalStore
import StructuredText
import Testing

/// Schedules over days, with crashes at each side of commits, downtime, late events, clocks that
/// step and rules that are edited: alerts are those of a schedule without any of it.
///
/// `HARRIER_SCHEDULES=10000` runs so many.
struct ScheduleSimulationTests {
  static let count = Int(ProcessInfo.processInfo.environment["HARRIER_SCHEDULES"] ?? "") ?? 20

  @Test("crashes change no alert") func crashes() throws {
    for seed in 0..<Self.count {
      let calm = try Simulation.run(UInt64(seed), crashes: false, downtime: false)
      let rough = try Simulation.run(UInt64(seed), crashes: true, downtime: false)
      #expect(calm.alerts == rough.alerts, "seed \(seed)")
      #expect(calm.events == rough.events, "seed \(seed)")
      #expect(calm.events == calm.expected, "seed \(seed)")
    }
  }

  @Test("downtime and steps of the clock lose no event and double none") func downtime() throws {
    for seed in 0..<Self.count {
      let rough = try Simulation.run(UInt64(seed), crashes: true, downtime: true)
      #expect(rough.events == rough.expected, "seed \(seed)")
      #expect(rough.eventTotal == rough.expected.count, "seed \(seed)")
    }
  }
}

/// One seeded schedule.
private struct Simulation {
  struct Outcome {
    /// Keys of alerts.
    var alerts: Set<String> = []
    /// Reports of the events of all alerts.
    var events: Set<Int64> = []
    /// Events that alerts count.
    var eventTotal = 0
    /// Reports of the events that had to be found.
    var expected: Set<Int64> = []
  }

  private static let start = DateTime(ticks: 639_000_000_000_000_000)
  private static let minute = TimeSpan.ticksPerMinute

  /// What a process of the schedule holds.
  private struct Process {
    let store: DetectionStore
    let witness: CrashingWitness
    let scheduler: Scheduler
  }

  private var process: Process?
  private let folder: TemporaryFolder
  private let clock: SimulatedClock
  private let source: SimulatedEvents
  private let rule: DetectionRule
  private let document: String
  private let crashes: Bool
  private let downtime: Bool
  private let expected: Set<Int64>
  /// Decides of what the world does.
  private let world: SeededRandomness
  /// Decides of crashes, so that a calm world is the same.
  private let fate: SeededRandomness

  init(seed: UInt64, crashes: Bool, downtime: Bool) throws {
    let world = SeededRandomness(seed: seed)
    folder = try TemporaryFolder(in: "/dev/shm")
    clock = SimulatedClock(wallTicks: Self.start.ticks)
    let frequency = [1, 3, 12, 0][world.next(4)]
    document = """
      displayName: R
      queryCondition: {queryText: T}
      schedule: {frequency: PT\(frequency)H}
      detectionAction:
        alertTemplate:
          title: t
          severity: high
          category: Execution
          impactedAssets:
            - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
      """
    let file = RuleFile(Array(document.utf8), format: .yaml)
    guard let rule = file.rules.first else { throw DetectionFailure("no rule") }
    self.rule = rule
    var events: [SimulatedEvents.Event] = []
    for report in 0..<(5 + world.next(40)) {
      let time = Self.start.ticks + Int64(world.next(48 * 60) - 24 * 60) * Self.minute
      // Most come within minutes, some up to days later.
      let lag = Int64(world.next(4) == 0 ? world.next(30 * 60) : world.next(5))
      events.append(
        SimulatedEvents.Event(
          time: DateTime(ticks: time),
          visible: DateTime(ticks: time + lag * Self.minute),
          report: Int64(report),
          device: "d\(world.next(3))"
        )
      )
    }
    expected = Set(events.map(\.report))
    source = SimulatedEvents(events, clock)
    self.world = world
    self.crashes = crashes
    self.downtime = downtime
    fate = SeededRandomness(seed: seed &+ 1_000_003)
  }

  static func run(_ seed: UInt64, crashes: Bool, downtime: Bool) throws -> Outcome {
    var simulation = try Simulation(seed: seed, crashes: crashes, downtime: downtime)
    return try simulation.run()
  }

  private mutating func run() throws -> Outcome {
    let first = try open(nil)
    try first.store.add(rule, document: document, format: .yaml, by: "owner")
    try first.store.assign(rule.id, to: "t", state: .enabled)
    // Two days of looks every 20 minutes, then until the latest events are visible and covered.
    for look in 0..<300 {
      step(look)
      try tick()
    }
    var outcome = try Self.outcome(try open(nil).store)
    outcome.expected = expected
    return outcome
  }

  /// Lets time pass: usually 20 minutes, after downtime more, and the clock may step.
  private mutating func step(_ look: Int) {
    var minutes = Int64(20)
    if downtime, look < 250 {
      if fate.next(20) == 0 { minutes += Int64(fate.next(20 * 60)) }
      if fate.next(25) == 0 { minutes += [60, -60][fate.next(2)] }
    }
    clock.advance(minutes: minutes)
  }

  /// Looks at the rules; after a crash a new process does.
  private mutating func tick() throws {
    while true {
      let moment = crashes && fate.next(3) == 0 ? fate.next(6) : nil
      do {
        let process = try process ?? open(moment)
        self.process = process
        process.witness.arm(moment)
        _ = try process.scheduler.tick()
        return
      } catch let failure as StoreFailure where "\(failure)".contains("Crash") {
        process = nil
      }
    }
  }

  /// Opens the database as a new process does.
  private func open(_ moment: Int?) throws -> Process {
    let witness = CrashingWitness()
    witness.arm(moment)
    let store = try DetectionStore.open(
      store: folder.path,
      access: .readWrite,
      clock: clock,
      witness: witness
    )
    guard let store else { throw DetectionFailure("no store") }
    let runner = RuleRunner(store, source, owner: "schedule")
    return Process(
      store: store,
      witness: witness,
      scheduler: Scheduler(store, runner, threads: 1)
    )
  }

  private static func outcome(_ store: DetectionStore) throws -> Outcome {
    var outcome = Outcome()
    for alert in try store.alerts(of: "t") {
      outcome.alerts.insert(alert.key)
      outcome.eventTotal += alert.eventCount
      for event in try store.events(ofAlert: alert.id) {
        let row = try TextDocument(Array(event.row.utf8), format: .json).root
        if let report = row["ReportId"]?.integer { outcome.events.insert(Int64(report)) }
      }
    }
    return outcome
  }
}

extension SimulatedClock {
  fileprivate func advance(minutes: Int64) {
    if minutes >= 0 {
      advance(nanoseconds: UInt64(minutes) * 60_000_000_000)
    } else {
      stepBack(nanoseconds: UInt64(-minutes) * 60_000_000_000)
    }
  }
}
