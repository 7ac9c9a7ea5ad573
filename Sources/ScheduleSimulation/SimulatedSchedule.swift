import Columnar
import DetectionRules
import Detections
import FileAccess
import HarrierTesting
import OperationalStore
import StructuredText

/// What goes wrong in a schedule.
struct Disturbances: OptionSet {
  let rawValue: Int

  /// The process dies before or after commits, and the next takes over.
  static let crashes = Disturbances(rawValue: 1)
  /// Somebody else runs the rules in the midst of a run.
  static let overlap = Disturbances(rawValue: 2)
  /// Nothing runs for hours, the clock steps an hour forward or back, and runs take so long that
  /// their leases end.
  static let lostTime = Disturbances(rawValue: 4)
}

/// A seeded schedule from its first look to the last.
struct SimulatedSchedule {
  /// What a process of the schedule holds.
  private struct Process {
    let store: DetectionStore
    let witness: CrashingWitness
    let clock: ProcessClock
    let scheduler: Scheduler
  }

  private var process: Process?
  /// Whoever runs rules beside the schedule.
  private var other: Process?
  private let folder: TemporaryFolder
  private let clock: SimulatedClock
  private let source: SimulatedEvents
  private let world: ScheduleWorld
  private let disturbances: Disturbances
  /// Decides of what goes wrong, so that the world is the same without it.
  private let fate: SeededRandomness
  /// How many of the world's changes were made.
  private var changed = 0
  /// What the schedule knows of the time to come, as `harrier schedule` does; nil where it is to
  /// look in any case.
  private var asleep: (until: DateTime, newest: [String: Int64])?

  init(_ world: ScheduleWorld, seed: UInt64, _ disturbances: Disturbances) throws {
    folder = try TemporaryFolder(in: "/dev/shm")
    let database = DetectionStore.path(in: folder.path)
    try LocalFileSystem().write(try EmptyDatabase.bytes.get(), to: database)
    clock = SimulatedClock(wallTicks: ScheduleWorld.start.ticks)
    source = SimulatedEvents(world.events, clock)
    self.world = world
    self.disturbances = disturbances
    fate = SeededRandomness(seed: seed &+ 1_000_003)
  }

  /// Looks every 20 minutes until the latest events are visible, then until they are covered.
  mutating func run() throws -> ScheduleOutcome {
    let store = try open("owner").store
    let first = world.first
    try store.add(first.rule, document: first.document, format: .yaml, by: "owner")
    for tenant in ScheduleWorld.tenants {
      try store.assign(first.rule.id, to: tenant, state: .enabled)
    }
    while clock.wallTicks < ScheduleWorld.end.ticks {
      try step(store)
      if let asleep, clock.wallTicks < asleep.until.ticks, source.newest == asleep.newest {
        continue
      }
      try tick()
    }
    return try ScheduleOutcome(store)
  }

  /// Lets time pass: usually 20 minutes, after downtime more, and the clock may step.
  private mutating func step(_ store: DetectionStore) throws {
    var minutes = Int64(20)
    if disturbances.contains(.lostTime), clock.wallTicks < ScheduleWorld.lastVisible.ticks {
      if fate.next(20) == 0 { minutes += Int64(fate.next(20 * 60)) }
      if fate.next(25) == 0 { minutes += [60, -60][fate.next(2)] }
    }
    let end = clock.wallTicks + minutes * ScheduleWorld.minute
    // What people do has its time, whether a schedule runs or not.
    while changed < world.changes.count, world.changes[changed].at.ticks <= end {
      clock.set(max(clock.wallTicks, world.changes[changed].at.ticks))
      try make(world.changes[changed].change, store)
      asleep = nil
      changed += 1
    }
    clock.set(end)
  }

  private func make(_ change: ScheduleWorld.Change, _ store: DetectionStore) throws {
    if case .edit(let version) = change {
      try store.add(version.rule, document: version.document, format: .yaml, by: "owner")
      return
    }
    guard let rule = try store.rule(named: "R")?.rule else { return }
    for tenant in ScheduleWorld.tenants {
      if case .turnOn = change {
        try store.turnOn(rule, in: tenant, newest: source.newest)
      } else {
        try store.turnOff(rule.id, in: tenant)
      }
    }
  }

  /// Looks at the rules; after a crash a new process does.
  private mutating func tick() throws {
    while true {
      let crashes = disturbances.contains(.crashes) && fate.next(3) == 0
      let moment = crashes ? fate.next(8) : nil
      do {
        let process = try process ?? open("schedule", moment)
        self.process = process
        process.witness.arm(moment)
        try overlap(process)
        let newest = source.newest
        let tick = try process.scheduler.tick()
        process.clock.interrupt(after: 0, nil)
        try process.clock.check()
        asleep = tick.runs.isEmpty ? tick.next.map { ($0, newest) } : nil
        return
      } catch let failure as StoreFailure where "\(failure)".contains("Crash") {
        process = nil
      }
    }
  }

  /// Has somebody else run the rules in the midst of what a process does, within its lease or,
  /// where time is lost, behind it.
  private mutating func overlap(_ process: Process) throws {
    guard disturbances.contains(.overlap), fate.next(3) == 0 else { return }
    let other = try other ?? open("other")
    self.other = other
    let isSlow = disturbances.contains(.lostTime) && fate.next(2) == 0
    let minutes = isSlow ? 5 + Int64(fate.next(30)) : 0
    process.clock.interrupt(after: fate.next(12)) { [clock] in
      clock.set(clock.wallTicks + minutes * ScheduleWorld.minute)
      _ = try other.scheduler.tick()
    }
  }

  /// Opens the database as a new process does.
  private func open(_ owner: String, _ moment: Int? = nil) throws -> Process {
    let witness = CrashingWitness()
    witness.arm(moment)
    let looks = ProcessClock(clock)
    let store = try DetectionStore.open(
      store: folder.path,
      access: .readWrite,
      clock: looks,
      witness: witness
    )
    guard let store else { throw DetectionFailure("no store") }
    let runner = RuleRunner(store, source, owner: owner)
    return Process(
      store: store,
      witness: witness,
      clock: looks,
      scheduler: Scheduler(store, runner, threads: 1)
    )
  }
}

extension SimulatedClock {
  /// Sets the time of day.
  fileprivate func set(_ ticks: Int64) {
    if ticks >= wallTicks {
      advance(nanoseconds: UInt64(ticks - wallTicks) * 100)
    } else {
      stepBack(nanoseconds: UInt64(wallTicks - ticks) * 100)
    }
  }
}
