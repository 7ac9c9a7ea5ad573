import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import Testing

@testable import Incidents
@testable import Tenancy

/// Whose rows of lists are.
struct ListedTenantsTests {
  @Test("T03: lists have the name, the id and the display name of each row's tenant")
  func tenants() throws {
    let world = try AlertWorld()
    try world.take("a1", minute: 0, world.device("d1"))
    let known = ListedTenants([TenantRecord(name: "t", id: "11-22", displayName: "A Corp")])
    let listedIncidents = IncidentListing.incidents(try world.incidents, tenants: known)
    let incidents = listedIncidents.people
    let details = try world.details(1)
    let listed = IncidentListing.alerts(
      details.alerts,
      assets: details.alertAssets,
      places: details.alertPlaces,
      tenants: known
    )
    let alerts = listed.people
    for rows in [incidents, alerts] {
      #expect(rows.schema.columns.map(\.name).suffix(3) == ["Tenant", "TenantId", "TenantName"])
      #expect(try RowLines.of(rows).map { $0.hasSuffix("|t|11-22|A Corp") } == [true])
    }
    #expect(alerts.schema.columns.contains { $0.name == "Updated" })
    for rows in [listed.programs, listedIncidents.programs] {
      #expect(rows.schema.columns.map(\.name).suffix(2) == ["TenantId", "TenantName"])
      #expect(try RowLines.of(rows).map { $0.hasSuffix("|t|11-22|A Corp") } == [true])
    }
    let brief = IncidentListing.incidents(try world.incidents).people
    #expect(brief.schema.columns.last?.name == "Tenant")
    #expect(try RowLines.of(brief).map { $0.hasSuffix("|t") } == [true])
  }
}
