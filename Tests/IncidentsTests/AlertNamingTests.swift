import FileAccess
import HarrierTesting
import StructuredText
import Testing

@testable import Incidents

/// Which alerts people mean, where tenants have the same ids.
struct AlertNamingTests {
  private let world: AlertWorld

  init() throws {
    world = try AlertWorld()
    try take("da1", of: "a")
    try take("da1", of: "b/c")
    try take("x/y", of: "b/c")
  }

  private func take(_ id: String, of tenant: String) throws {
    let text = """
      {"id":"\(id)","title":"T","severity":"low","createdDateTime":"2026-01-10T00:00:00Z",
      "serviceSource":"microsoftDefenderForEndpoint","evidence":[\(world.device("d"))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(world.store).take([node]) { _ in tenant }.new == 1)
    _ = try IncidentPipeline(world.store).run()
  }

  private func named(_ text: String, of tenants: [String]) throws -> String {
    let found = try #require(try world.store.alerts(named: [text], of: tenants).first)
    switch found {
    case .success(let reference): return "\(reference.tenant) \(reference.id)"
    case .failure(let failure): return failure.description
    }
  }

  @Test("T12: an id of several tenants names none; with its tenant it names one")
  func ids() throws {
    let tenants = ["a", "b/c"]
    let refusal = try named("da1", of: tenants)
    #expect(refusal.contains("several tenants, 'a', 'b/c'") && refusal.contains("a/da1"))
    #expect(try named("a/da1", of: tenants) == "a da1")
    #expect(try named("b/c/da1", of: tenants) == "b/c da1")
    #expect(try named("da1", of: ["b/c"]) == "b/c da1")
    #expect(try named("x/y", of: tenants) == "b/c x/y")
    #expect(try named("b/c/x/y", of: tenants) == "b/c x/y")
  }

  @Test("what other tenants have looks as if it were not there") func foreign() throws {
    #expect(try named("b/c/da1", of: ["a"]).hasPrefix("there is no alert 'b/c/da1'"))
    #expect(try named("da1", of: ["a"]) == "a da1")
    #expect(try named("x/y", of: ["a"]).hasPrefix("there is no alert"))
  }

  @Test("outcomes name their items so that commands take them") func outcomes() throws {
    var change = AlertChange()
    change.status = .resolved
    let done = try world.store.apply(change, toAlerts: [("a", "da1")], by: world.analyst)
    #expect(done.map(\.reference) == ["a/da1"])
    var tags = IncidentChange()
    tags.addedTags = ["x"]
    let reference = IncidentReference(tenant: "b/c", number: 1)
    let changed = try world.store.apply(tags, to: [reference], by: world.analyst)
    #expect(changed.map(\.reference) == ["b/c/1"])
    let failure = IncidentFailure("no")
    #expect(ItemOutcome(tenant: "", item: "zz", failure: failure).reference == "zz")
    #expect(try RowLines.of(IncidentListing.outcomes(changed)) == ["b/c|b/c/1|done"])
  }
}
