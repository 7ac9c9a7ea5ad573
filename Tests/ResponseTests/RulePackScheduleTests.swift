import Alerts
import AttackGeneration
import Columnar
import DetectionRules
import Detections
import FileAccess
import Hunting
import StructuredText
import Testing

@testable import Response

/// N35: the rules of packs on their own schedules, whose windows are short, over several attacks.
struct RulePackScheduleTests {
  private static let end = DateTime(ticks: 639_036_432_000_000_000)

  /// The tables of a scenario in memory.
  private func engine(_ scenario: PackScenario) throws -> HuntingEngine {
    var engine = HuntingEngine()
    for table in scenario.all.tables(of: "t") {
      let rows = scenario.all.rows(of: table, tenant: "t").map { $0 + "\n" }.joined()
      let loader = TableLoader(files: SimulatedFileSystem(texts: ["in.ndjson": rows]))
      let request = LoadRequest(table: table.rawValue, paths: ["in.ndjson"])
      let (loaded, report) = try loader.load(request)
      #expect(report.messages.isEmpty)
      engine.add(loaded, named: table.rawValue)
    }
    return engine
  }

  /// What the rules of a pack raise, by the titles of alerts.
  private func alerts(_ pack: RulePack, _ scenario: PackScenario) throws -> [String: [AlertDraft]] {
    let engine = try engine(scenario)
    var found: [AlertDraft] = []
    for rule in try pack.rules().map(\.rule) {
      let step = try #require(rule.schedule.frequency)
      var simulation = RuleSimulation(rule, tenant: "t")
      var time = scenario.start
      while time < scenario.end {
        time = DateTime(ticks: time.ticks + step.ticks)
        simulation.run(engine, at: time)
      }
      #expect(simulation.failures.isEmpty)
      found += simulation.history.entries.map(\.alert)
    }
    return Dictionary(grouping: found, by: \.title)
  }

  @Test("N35: each click alerts once", arguments: 0..<3 as Range<UInt64>)
  func phishing(seed: UInt64) throws {
    let families: Set<AttackFamily> = [.phishingCredentials, .phishingPayload]
    let scenario = PackScenario(families, seed: seed, until: Self.end)
    let found = try alerts(.phishing, scenario)
    let clicks = try scenario.attackRows(.urlClicks)
    #expect(found.values.flatMap { $0 }.count == clicks.count)
    #expect(Set(found.values.flatMap { $0 }.texts(.account)) == clicks.texts("AccountUpn"))
    #expect(Set(found.values.flatMap { $0 }.texts(.url)) == clicks.texts("Url"))
  }

  @Test(
    "N35: each try is in one alert, and each account that fell has one",
    arguments: 0..<3 as Range<UInt64>
  )
  func spray(seed: UInt64) throws {
    let scenario = PackScenario([.passwordSpray], seed: seed, until: Self.end)
    let found = try alerts(.passwordSpray, scenario)
    let tries = try scenario.attackSignIns(areDone: false)
    let sprays = found["Passwords of many accounts were tried from one address"] ?? []
    #expect(sprays.map(\.eventCount).reduce(0, +) == tries.count)
    #expect(Set(sprays.texts(.account)) == tries.texts("AccountUpn"))
    #expect(Set(sprays.texts(.ip)) == tries.texts("IPAddress"))
    let worked = found["Sign-in from an address that tried passwords of many accounts"] ?? []
    let victims = try scenario.attackSignIns(areDone: true).texts("AccountUpn")
    #expect(Set(worked.texts(.account)) == victims)
    #expect(found.count == 2)
  }

  @Test("N35: each consent and each mailbox that is read alerts", arguments: 0..<3 as Range<UInt64>)
  func consent(seed: UInt64) throws {
    let scenario = PackScenario([.consentGrant], seed: seed, until: Self.end)
    let found = try alerts(.appConsent, scenario)
    let given = found["Access given to a powerful app that nobody vouches for"] ?? []
    let read = found["A powerful app that nobody vouches for reads mail"] ?? []
    let consents = try scenario.attackActivities("Consent to application.")
    #expect(given.texts(.account).sorted() == consents.users.sorted())
    #expect(Set(given.texts(.oAuthApplication)) == consents.texts("OAuthAppId"))
    #expect(Set(read.texts(.mailbox)) == (try scenario.attackActivities("MailItemsAccessed")).users)
    #expect(found.keys.count == 2)
  }

  @Test("N35: nothing alerts where nobody attacks", arguments: RulePack.allCases)
  func quiet(_ pack: RulePack) throws {
    for seed in 20..<22 as Range<UInt64> {
      #expect(try alerts(pack, PackScenario([], seed: seed, until: Self.end)).keys.sorted() == [])
    }
  }
}

extension [AlertDraft] {
  /// The names of entities of a kind.
  fileprivate func texts(_ kind: EntityKind) -> [String] {
    flatMap(\.entities).filter { $0.kind == kind }.compactMap { entity in
      ["FullName", "Url", "Address", "OAuthAppId", "MailboxPrimaryAddress"].lazy
        .compactMap { entity[$0] }.first
    }
  }
}
