import AttackGeneration
import Columnar
import FileAccess
import StructuredText
import Testing

/// What the seed and the settings decide, and what is true of all scenarios.
struct GeneratorTests {
  private func lines(_ scenario: GeneratedScenario) -> [String] {
    scenario.alerts.map { $0.json + $0.truth.json }
  }

  @Test("a seed makes the same alerts and rows each time, another seed others")
  func determinism() {
    let (one, again) = (Scenarios.scenario(seed: 1), Scenarios.scenario(seed: 1))
    #expect(one.alerts == again.alerts)
    for table in TelemetryTable.allCases {
      let rows = one.rows(of: table, tenant: "contoso")
      #expect(rows == again.rows(of: table, tenant: "contoso"))
    }
    let other = Scenarios.scenario(seed: 2)
    #expect(Set(lines(one)).isDisjoint(with: lines(other)))
  }

  @Test("tenants, families and everyday rows leave what else there is as it was")
  func independence() {
    let all = Scenarios.scenario(seed: 3)
    let alone = Scenarios.scenario(seed: 3, Scenarios.settings(["contoso"]))
    #expect(alone.alerts == all.alerts.filter { $0.tenant == "contoso" })
    var settings = Scenarios.settings()
    settings.everydayRowsPerDay = 20
    let busy = Scenarios.scenario(seed: 3, settings)
    #expect(busy.alerts == all.alerts)
    let table = TelemetryTable.emails
    #expect(
      Set(busy.rows(of: table, tenant: "contoso"))
        .isStrictSuperset(of: all.rows(of: table, tenant: "contoso"))
    )
    let families: Set<AttackFamily> = [.ransomware]
    let few = Scenarios.scenario(seed: 3, Scenarios.settings(families: families))
    #expect(Set(lines(few)).isSubset(of: lines(all)))
  }

  @Test("each alert has its truth, and each attack at least two alerts", arguments: 0..<3 as Range)
  func truth(seed: UInt64) throws {
    let scenario = Scenarios.scenario(seed: seed)
    #expect(Set(scenario.alerts.map(\.id)).count == scenario.alerts.count)
    #expect(scenario.attacks.count == 2 * AttackFamily.allCases.count)
    for alerts in scenario.attacks.values {
      #expect(alerts.count >= 2)
      #expect(Set(alerts.map(\.tenant)).count == 1)
      #expect(Set(alerts.map(\.truth.family)).count == 1)
    }
    for alert in scenario.alerts {
      #expect(try Scenarios.document(alert.json)["id"]?.text == alert.id)
      let truth = try Scenarios.document(alert.truth.json)
      #expect(truth["alertId"]?.text == alert.id)
      #expect(truth["tenant"]?.text == alert.tenant)
      #expect(truth["attackId"]?.text == alert.truth.attackId)
      #expect(truth["family"]?.text == alert.truth.family?.rawValue)
      #expect((alert.truth.attackId == nil) == (alert.truth.step == "noise"))
    }
  }

  @Test("families for tuning and held-out ones share nothing, and come only when asked for")
  func families() {
    let tuning = AttackFamily.families(for: .tuning)
    let heldOut = AttackFamily.families(for: .heldOut)
    #expect(tuning.isDisjoint(with: heldOut))
    #expect(tuning.union(heldOut) == Set(AttackFamily.allCases))
    #expect(heldOut.count >= 3)
    for families in [tuning, heldOut, []] {
      let scenario = Scenarios.scenario(seed: 4, Scenarios.settings(families: families))
      #expect(Set(scenario.alerts.compactMap(\.truth.family)) == families)
    }
  }

  @Test("attacks vary: in the number of alerts, in steps that nobody saw, and in length")
  func variation() {
    var lengths: [Int64] = []
    var counts: Set<Int> = []
    var steps: Set<Set<String>> = []
    for seed in 0..<10 as Range<UInt64> {
      let settings = Scenarios.settings(families: [.phishingPayload])
      for alerts in Scenarios.scenario(seed: seed, settings).attacks.values {
        let times = alerts.map(\.created.ticks)
        lengths.append(((times.max() ?? 0) - (times.min() ?? 0)) / TimeSpan.ticksPerHour)
        counts.insert(alerts.count)
        steps.insert(Set(alerts.map(\.truth.step)))
      }
    }
    #expect(counts.count > 4)
    #expect(steps.count > 4)
    #expect(lengths.contains { $0 < 24 } && lengths.contains { $0 > 72 })
  }

  @Test("texts hold one line for each alert, in the same order")
  func texts() throws {
    let scenario = Scenarios.scenario(seed: 5)
    let (alerts, truth) = (MemoryOutput(), MemoryOutput())
    try scenario.writeAlerts(to: alerts)
    try scenario.writeTruth(to: truth)
    #expect(alerts.text == scenario.alerts.map { $0.json + "\n" }.joined())
    #expect(truth.text == scenario.truth.map { $0.json + "\n" }.joined())
    let rows = MemoryOutput()
    try scenario.writeRows(of: .emails, tenant: "contoso", to: rows)
    let lines = scenario.rows(of: .emails, tenant: "contoso")
    #expect(!lines.isEmpty && rows.text == lines.map { $0 + "\n" }.joined())
  }

  @Test("settings out of range are brought into range")
  func extremes() {
    #expect(Scenarios.scenario(seed: 0, Scenarios.settings([])).alerts.isEmpty)
    var settings = ScenarioSettings(
      tenants: ["", "", "\u{1F980}"],
      start: DateTime(ticks: .max),
      days: -1
    )
    settings.peoplePerTenant = 0
    settings.workstationsPerTenant = -5
    settings.noisePerAttack = -1
    settings.noisePerDay = -1
    settings.attacksPerFamily = 1
    #expect(settings.tenants == ["", "\u{1F980}"])
    let scenario = Scenarios.scenario(seed: 0, settings)
    #expect(scenario.attacks.count == 4)
    #expect(scenario.alerts.allSatisfy { $0.truth.attackId != nil })
    settings.attacksPerFamily = -1
    #expect(Scenarios.scenario(seed: 0, settings).alerts.isEmpty)
  }
}
