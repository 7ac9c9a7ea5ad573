import Columnar

/// Makes all that happens at one tenant.
struct TenantGeneration {
  private(set) var alerts: [GeneratedAlert] = []
  private(set) var rows: [TelemetryRow] = []
  private let world: TenantWorld
  private let seed: UInt64
  private let settings: ScenarioSettings

  init(tenant: String, seed: UInt64, settings: ScenarioSettings) {
    var builder = WorldBuilder(tenant: tenant, seed: seed)
    world = builder.world(
      userCount: settings.peoplePerTenant,
      deviceCount: settings.workstationsPerTenant
    )
    self.seed = seed
    self.settings = settings
  }

  mutating func run() {
    for family in AttackFamily.allCases where settings.families.contains(family) {
      for number in 0..<settings.attacksPerFamily { attack(family, number + 1) }
    }
    for day in 0..<settings.days { background(day: day) }
    if settings.everydayRowsPerDay > 0 { liveEverydayLife() }
  }

  private mutating func attack(_ family: AttackFamily, _ number: Int) {
    let id = world.tenant + "/" + family.rawValue + "-" + String(number)
    var writer = writer("attack " + id) { random in
      // Attacks start early enough to have time to unfold.
      let seconds = Double(settings.days * 86_400) * 0.85
      return settings.start.after(seconds: random.below(Int(exactly: seconds.rounded()) ?? 0))
    }
    let infrastructure = infrastructure(of: family, number, &writer.random)
    family.tell(&writer, infrastructure)
    keep(writer.raised, attackId: id, family)
    rows += writer.rows
    disturb(writer, id)
  }

  /// What the attacker uses; some do so at all tenants that they attack.
  private func infrastructure(
    of family: AttackFamily,
    _ number: Int,
    _ random: inout SeededRandom
  ) -> AttackerInfrastructure {
    let stream = "campaign " + family.rawValue + "-" + String(number)
    var campaign = SeededRandom(seed: seed, stream: stream)
    return campaign.chance(0.3)
      ? AttackerInfrastructure(&campaign) : AttackerInfrastructure(&random)
  }

  /// Benign activities that meet an attack on its devices and people.
  private mutating func disturb(_ attack: StoryWriter, _ id: String) {
    let drafts = attack.raised
    guard let first = drafts.first, let last = drafts.last else { return }
    var random = SeededRandom(seed: seed, stream: "disturbances of " + id)
    let seconds = Int(last.created.since(first.created).ticks / TimeSpan.ticksPerSecond)
    for number in 0..<random.number(0...settings.noisePerAttack) {
      let draft = random.pick(first, drafts)
      let time = first.created.after(seconds: random.below(max(1, seconds)))
      noise("disturbance \(number) of " + id, at: time, scene(of: draft))
    }
  }

  /// The first person and device of an alert, if it has some.
  private func scene(of draft: AlertDraft) -> BenignActivity.Scene {
    let people = world.people.all
    let person = draft.evidence.lazy.compactMap { evidence -> Account? in
      guard case .account(let account) = evidence.entity else { return nil }
      return people.contains(account) ? account : nil
    }.first
    let someone = person ?? world.people.first
    return BenignActivity.Scene(
      person: someone,
      machine: draft.machines.first ?? world.workstation(of: someone)
    )
  }

  private mutating func background(day: Int) {
    var random = SeededRandom(seed: seed, stream: "day \(day) of " + world.tenant)
    for number in 0..<settings.noisePerDay {
      let person = random.pick(world.people)
      let scene = BenignActivity.Scene(person: person, machine: world.workstation(of: person))
      let time = settings.start.after(seconds: day * 86_400 + random.below(86_400))
      noise("noise \(number) of day \(day) of " + world.tenant, at: time, scene)
    }
  }

  private mutating func noise(
    _ stream: String,
    at time: DateTime,
    _ scene: BenignActivity.Scene
  ) {
    var writer = writer(stream) { _ in time }
    let activity = writer.random.pick(.unwantedSoftware, Array(BenignActivity.allCases.dropFirst()))
    activity.tell(at: scene, &writer)
    keep(writer.drafts)
  }

  private mutating func liveEverydayLife() {
    for day in 0..<settings.days {
      var writer = writer("everyday life of day \(day) of " + world.tenant) { _ in
        settings.start.after(seconds: day * 86_400)
      }
      EverydayLife.tell(rowCount: settings.everydayRowsPerDay, &writer)
      rows += writer.rows
    }
  }

  private func writer(
    _ stream: String,
    start: (inout SeededRandom) -> DateTime
  ) -> StoryWriter {
    var random = SeededRandom(seed: seed, stream: stream)
    let time = start(&random)
    return StoryWriter(world: world, start: time, end: settings.end, random: random)
  }

  /// Keeps alerts of an attack, or of noise where no attack is named.
  private mutating func keep(
    _ drafts: [AlertDraft],
    attackId: String? = nil,
    _ family: AttackFamily? = nil
  ) {
    for draft in drafts {
      let truth = AlertTruth(
        alertId: draft.id,
        tenant: world.tenant,
        attackId: attackId,
        family: family,
        step: draft.step
      )
      alerts.append(
        GeneratedAlert(
          truth: truth,
          created: draft.created,
          deviceIds: draft.machines.map(\.id),
          json: AlertWriting.text(draft, tenant: world.tenant)
        )
      )
    }
  }
}
