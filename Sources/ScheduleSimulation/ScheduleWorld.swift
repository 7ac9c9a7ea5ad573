import Columnar
import DetectionRules
import Detections
import FileAccess

/// What happens over the days of a seeded schedule, whatever goes wrong in it: events, and what
/// people do to the rule.
struct ScheduleWorld {
  /// What somebody does to the rule in all tenants.
  enum Change {
    case edit(RuleVersion)
    case turnOff
    case turnOn
  }

  static let tenants = ["t", "u"]
  static let start = DateTime(ticks: 639_000_000_000_000_000)
  static let minute = TimeSpan.ticksPerMinute
  /// When the last event is visible: a day, and 30 hours that it may come late.
  static let lastVisible = start.advanced(hours: 24 + 30)
  /// When the longest frequency has passed after that, and a lease that nobody ended.
  static let end = lastVisible.advanced(hours: 12 + 2)

  let events: [SimulatedEvents.Event]
  let first: RuleVersion
  /// In the order of their instants.
  let changes: [(at: DateTime, change: Change)]
  let suppresses: Bool

  init(seed: UInt64) throws {
    let world = SeededRandomness(seed: seed)
    events = Self.events(world)
    let isSentinel = world.next(4) == 0
    suppresses = isSentinel && world.next(2) == 0
    let kind: RuleVersion.Kind =
      isSentinel
      ? .sentinel(suppresses: suppresses, isTogether: world.next(2) == 0) : .customDetection
    first = try RuleVersion(kind, number: 0, world)
    changes = try Self.changes(kind, world)
  }

  /// Most come within minutes, some up to days later.
  private static func events(_ world: SeededRandomness) -> [SimulatedEvents.Event] {
    (0..<(5 + world.next(40))).map { report in
      let time = start.ticks + Int64(world.next(48 * 60) - 24 * 60) * minute
      let lag = Int64(world.next(4) == 0 ? world.next(30 * 60) : world.next(5))
      return SimulatedEvents.Event(
        time: DateTime(ticks: time),
        visible: DateTime(ticks: time + lag * minute),
        report: Int64(report),
        device: "d\(world.next(3))"
      )
    }
  }

  private static func changes(
    _ kind: RuleVersion.Kind,
    _ world: SeededRandomness
  ) throws -> [(at: DateTime, change: Change)] {
    let instant = { DateTime(ticks: start.ticks + Int64(world.next(50 * 60)) * minute) }
    var changes: [(at: DateTime, change: Change)] = []
    for number in 0..<world.next(4) {
      changes.append((instant(), .edit(try RuleVersion(kind, number: number + 1, world))))
    }
    let turns = (0..<2 * world.next(3)).map { _ in instant() }.sorted()
    for (number, time) in turns.enumerated() {
      changes.append((time, number % 2 == 0 ? .turnOff : .turnOn))
    }
    return changes.sorted { $0.at < $1.at }
  }

  private var versions: [RuleVersion] {
    [first] + changes.compactMap { if case .edit(let version) = $0.change { version } else { nil } }
  }

  private var lastTurnOn: DateTime? {
    changes.last { if case .turnOn = $0.change { true } else { false } }?.at
  }

  /// The reports of events that no run may find: those of which no text of the rule wants to know.
  var unwanted: Set<Int64> {
    let wanted = versions.reduce(into: Set<String>()) { $0.formUnion($1.devices) }
    return Set(events.filter { !wanted.contains($0.device) }.map(\.report))
  }

  /// The reports of events that have to be found however badly things go: all texts want them, and
  /// no time in which the rule was off hid them. What became visible before it was turned on again
  /// is found by the next run's window only; a continuous rule has none. Where that is the first
  /// run of a rule of Sentinel, which does not look back 30 days, the same is true of what comes
  /// until then, however long nothing runs.
  var wanted: Set<Int64> {
    if suppresses { return [] }
    let devices = versions.reduce(first.devices) { $0.intersection($1.devices) }
    let lookbacks = versions.map { version in
      version.rule.schedule.isContinuous ? 0 : version.rule.schedule.lookback.ticks
    }
    let lookback = lookbacks.min() ?? 0
    let isSentinel = first.rule.kind.isSentinel
    // The first run may come after any edit.
    let firstLookback = isSentinel ? lookback : RuleSchedule.firstLookback.ticks
    return Set(
      events.filter { event in
        let isReached = event.time.ticks >= Self.start.ticks - firstLookback
        let isHidden = lastTurnOn.map { on in
          event.time.ticks < on.ticks - lookback && (event.visible <= on || isSentinel)
        }
        return devices.contains(event.device) && isReached && isHidden != true
      }.map(\.report)
    )
  }
}

extension DateTime {
  fileprivate func advanced(hours: Int64) -> DateTime {
    DateTime(ticks: ticks + hours * TimeSpan.ticksPerHour)
  }
}
