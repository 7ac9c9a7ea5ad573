import AttackGeneration
import Columnar
import FileAccess
import Incidents
import StructuredText
import Testing

@testable import Response

/// Investigations of generated attacks.
struct InvestigationAttackTests {
  private let world: InvestigationFixture

  init() throws { world = try InvestigationFixture() }

  /// Brings an attack with its rows into the store, and what alerts of it started.
  private func attack(_ family: AttackFamily, seed: UInt64) throws -> Set<Playbook> {
    var settings = ScenarioSettings(
      tenants: ["t"],
      start: DateTime(ticks: world.now.ticks - 3 * TimeSpan.ticksPerDay),
      days: 2,
      families: [family]
    )
    settings.attacksPerFamily = 2
    settings.noisePerDay = 0
    settings.noisePerAttack = 0
    let scenario = AttackGenerator(seed: seed, settings: settings).scenario()
    for table in scenario.tables(of: "t") {
      try world.ingest(table.rawValue, scenario.rows(of: table, tenant: "t"))
    }
    let alerts = try scenario.alerts.map {
      try TextDocument(Array($0.json.utf8), format: .json).root
    }
    _ = try AlertIntake(world.incidents).take(alerts) { _ in "t" }
    _ = try IncidentPipeline(world.incidents).run()
    try world.run()
    return Set(try world.all().map(\.playbook))
  }

  @Test(
    "N35: phishing, password spray and app consent start their playbooks",
    arguments: [
      (AttackFamily.phishingCredentials, Playbook.clickedURL),
      (.phishingPayload, .clickedURL), (.passwordSpray, .passwordSpray),
      (.consentGrant, .appConsent),
    ]
  ) func families(_ family: AttackFamily, _ playbook: Playbook) throws {
    #expect(try attack(family, seed: 7).contains(playbook))
    // None of an attack is taken for nothing.
    #expect(try world.store.investigations(of: ["t"], statuses: [.noThreatsFound]).isEmpty)
  }

  @Test("a clicked address leads to every mail with it, and to the block of the address")
  func campaign() throws {
    _ = try attack(.phishingCredentials, seed: 7)
    let clicked = try #require(try world.all().first { $0.playbook == .clickedURL })
    let details = try world.store.details(of: clicked)
    #expect(details.actions.filter { $0.kind == "blockUrl" }.count == 1)
    let mails = details.actions.filter { $0.kind == "softDelete" }
    #expect(mails.count >= 4)
    #expect(details.clusters.map(\.mails).reduce(0, +) == mails.count)
  }
}
