/// Holds a seeded schedule in which things go wrong to one in which they do not.
///
/// People edit the rule and turn it off and on at the same instants in both.
/// - Crashes and others that run the same rules change no alert: keys, texts, events and counts are
///   those of the calm schedule.
/// - Where hours are lost, the first event of an alert, which names it, may be another, and an edit
///   may come before a run that it came after: then no event is in two alerts, none is found that
///   no text of the rule wants, and each is found that all texts want, but for those that the rule
///   missed while it was off.
public enum ScheduleTrial {
  static let schedules: [(String, Disturbances)] = [
    ("calm", []), ("rough", [.crashes, .overlap]), ("wild", [.crashes, .overlap, .lostTime]),
  ]

  /// What is wrong, nothing where all is well.
  public static func problems(seed: UInt64) throws -> [String] {
    let world = try ScheduleWorld(seed: seed)
    let outcomes = try schedules.map { try outcome(world, seed, $0.1) }
    let (calm, rough, wild) = (outcomes[0], outcomes[1], outcomes[2])
    var problems: [String] = []
    if calm.alerts != rough.alerts {
      problems.append("crashes changed alerts: \(difference(calm, rough))")
    }
    for (name, outcome) in [("calm", calm), ("wild", wild)] {
      for tenant in ScheduleWorld.tenants {
        problems += faults(outcome, tenant, world).map { "\(name) \(tenant): \($0)" }
      }
    }
    return problems.map { "seed \(seed): \($0)" }
  }

  private static func outcome(
    _ world: ScheduleWorld,
    _ seed: UInt64,
    _ disturbances: Disturbances
  ) throws -> ScheduleOutcome {
    var schedule = try SimulatedSchedule(world, seed: seed, disturbances)
    return try schedule.run()
  }

  private static func faults(
    _ outcome: ScheduleOutcome,
    _ tenant: String,
    _ world: ScheduleWorld
  ) -> [String] {
    let found = outcome.events(of: tenant)
    let total = outcome.eventTotal(of: tenant)
    let missed = world.wanted.subtracting(found).sorted()
    let unwanted = world.unwanted.intersection(found).sorted()
    var faults: [String] = []
    if !missed.isEmpty { faults.append("missed the events \(missed)") }
    if !unwanted.isEmpty { faults.append("found the events \(unwanted), which nobody wants") }
    if total != found.count { faults.append("counts \(total) events where \(found.count) are") }
    return faults
  }

  private static func difference(_ calm: ScheduleOutcome, _ rough: ScheduleOutcome) -> String {
    let keys = Set(calm.alerts.keys).union(rough.alerts.keys)
    guard let key = keys.sorted().first(where: { calm.alerts[$0] != rough.alerts[$0] }) else {
      return "none"
    }
    let texts = [calm, rough].map { outcome in outcome.alerts[key].map { "\($0)" } ?? "none" }
    return "\(texts[0]) became \(texts[1])"
  }
}
