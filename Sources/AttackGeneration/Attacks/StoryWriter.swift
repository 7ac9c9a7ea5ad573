import Columnar

/// Takes down one story of a tenant as it happens: time that passes, alerts, telemetry.
struct StoryWriter {
  /// How long a step lets wait for the next.
  enum Pace {
    case moments, minutes, hours, days
  }

  let world: TenantWorld
  /// No activity is later than this.
  let end: DateTime
  var random: SeededRandom
  private(set) var now: DateTime
  private(set) var drafts: [AlertDraft] = []
  private(set) var rows: [TelemetryRow] = []

  init(world: TenantWorld, start: DateTime, end: DateTime, random: SeededRandom) {
    self.world = world
    self.end = end
    self.random = random
    now = start
  }

  /// Lets time pass, at most half of what is left.
  mutating func wait(_ pace: Pace) {
    let seconds =
      switch pace {
      case .moments: random.number(20...240)
      case .minutes: random.number(180...5_400)
      case .hours: random.number(3_600...43_200)
      case .days: random.number(43_200...259_200)
      }
    let left = Int(max(0, end.since(now).ticks) / TimeSpan.ticksPerSecond)
    pass(seconds: min(seconds, left / 2))
  }

  mutating func pass(seconds: Int) { now = now.after(seconds: seconds) }

  /// Lets time pass at a pace that differs from attack to attack: mostly brisk, at times slow.
  mutating func waitAsAttackersDo() {
    wait(random.pick(.moments, [.minutes, .minutes, .minutes, .hours, .hours, .days]))
  }

  /// Raises an alert about what happens now, unless the product misses it.
  mutating func raise(
    _ kind: AlertKind,
    _ step: String,
    seen chance: Double = 0.7,
    _ evidence: [Evidence]
  ) {
    let last = now.after(seconds: random.number(0...900))
    let isSlow = kind.product != .endpoint && random.chance(0.15)
    let latency = isSlow ? random.number(3_600...18_000) : random.number(30...1_500)
    drafts.append(
      AlertDraft(
        kind: kind,
        providerId: providerId(kind.product),
        step: step,
        firstActivity: now,
        lastActivity: last,
        created: last.after(seconds: latency),
        evidence: evidence,
        isMissed: !random.chance(chance)
      )
    )
  }

  /// Tells of what also happens from now on. Neither time nor chance go on in the story itself,
  /// so that its alerts stay what they were however much is told aside; only rows come of it.
  mutating func tellAside(_ tell: (inout StoryWriter) -> Void) {
    var aside = self
    let seed = aside.random.word()
    aside.random = SeededRandom(seed: seed, stream: "aside behind row \(rows.count)")
    tell(&aside)
    rows = aside.rows
  }

  /// Records a row of telemetry of now; what lies behind the end did not happen yet.
  mutating func log(_ table: TelemetryTable, _ fields: [(String, JSONValue)]) {
    if now > end { return }
    let row = TelemetryRow(
      tenant: world.tenant,
      table: table,
      time: now,
      fields: fields,
      report: random.number(1...9_999_999)
    )
    rows.append(row)
  }

  /// The alerts that came about; at least the first two, so that each attack can be grouped.
  var raised: [AlertDraft] {
    let seen = drafts.filter { !$0.isMissed }
    return seen.count >= 2 ? seen : Array(drafts.prefix(2))
  }

  private mutating func providerId(_ product: Product) -> String {
    guard product == .endpoint || product == .antivirus else { return random.identifier() }
    let ticks = String(now.ticks) + "_" + String(random.number(100_000_000...2_100_000_000))
    return ticks
  }
}
