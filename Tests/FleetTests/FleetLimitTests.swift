import Columnar
import Execution
import Fleet
import Hunting
import Tenancy
import Testing

/// Limits that one tenant of a view meets.
@Suite("Limits of views of a fleet") struct FleetLimitTests {
  private let store: FleetStoreFixture

  /// Two tenants with few devices and one with many.
  init() throws {
    store = try FleetStoreFixture()
    for (tenant, count) in [("a", 2), ("b", 20_000), ("c", 3)] {
      try store.ingest(
        (0..<count).map { number in
          #"{"Timestamp":\#(store.ago(days: 1)),"DeviceId":"\#(tenant)\#(number)","#
            + #""DeviceName":"a device of \#(tenant) with a long name, \#(number)"}"#
        },
        "DeviceInfo",
        tenant
      )
    }
  }

  /// The most bytes that the view of one tenant holds.
  private func need(of tenant: String) throws -> Int {
    let record = try #require(try store.scope().tenants.first { $0.name == tenant })
    let budget = store.budget(memoryLimit: 1 << 30)
    _ = try store.answer(
      [DeviceQueries.inventory],
      scope: try store.scope().narrowed(to: record),
      budget: budget
    )
    return budget.peakBytes
  }

  @Test("one that needs more memory than there is is told beside the rows of the others")
  func memory() throws {
    let need = try need(of: "b")
    let answer = try store.answer(
      [DeviceQueries.summary, DeviceQueries.inventory],
      budget: store.budget(memoryLimit: need / 3)
    )
    #expect(Set(answer.failures.map(\.tenant.name)) == ["b"])
    #expect(answer.failures.allSatisfy { $0.failure.kind == .memory })
    let devices = try FleetStoreFixture.cells(answer.results[1])
    #expect(devices.map { $0["Tenant"] } == ["a", "a", "c", "c", "c"])
    let summary = try FleetStoreFixture.cells(answer.results[0])
    #expect(summary.map { $0["Tenant"] } == ["a", "b", "c", "all"])
  }

  @Test("where the only tenant meets a limit, the view fails by it") func alone() throws {
    let record = try #require(try store.scope().tenants.first { $0.name == "b" })
    let need = try need(of: "b")
    let failure = #expect(throws: QueryFailure.self) {
      try store.answer(
        [DeviceQueries.inventory],
        scope: try store.scope().narrowed(to: record),
        budget: store.budget(memoryLimit: need / 3)
      )
    }
    #expect(failure?.kind == .memory)
  }
}
