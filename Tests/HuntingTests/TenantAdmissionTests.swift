import Columnar
import FileAccess
import HarrierTesting
import Hunting
import TableStore
import Tenancy
import Testing

/// Which tenants rows may bring into being.
struct TenantAdmissionTests {
  @Test("O15: rows of a tenant beyond those of a view are refused, and nothing is ingested")
  func refusal() throws {
    let folder = try TemporaryFolder()
    let store = try TableStore.open(folder.path, mode: .readWrite)
    let state = AccessState.withoutSetup
    let most = TenantScope.mostTenants
    func ingest(_ tenants: [String]) throws {
      let lines = tenants.map { #"{"DeviceName":"d","TenantId":"\#($0)"}"# } + ["no event"]
      let files = SimulatedFileSystem(texts: ["in.ndjson": lines.joined(separator: "\n") + "\n"])
      var request = try LoadRequest(specification: "DeviceEvents=in.ndjson")
      request.tenantColumn = "TenantId"
      var present = try store.snapshot().tenantNames
      let admit = { (name: String) in
        if let refusal = state.refusal(ofRowsFor: name, present: present) { throw refusal }
        present.append(name)
      }
      _ = try StoreIngestion(store, files: files, admit: admit)
        .ingest(request, tenant: "default", batch: nil)
    }
    try ingest((0..<most).map { "t\($0)" })
    #expect(try store.snapshot().tenantNames.count == most)
    #expect(try store.deadLetterFiles().map(\.tenant) == ["default"])
    let rows = { try store.snapshot().tenant("t1")?.table("DeviceEvents")?.rowCount }
    #expect(try rows() == 1)
    #expect(throws: AccessFailure.self) { try ingest(["t1", "one-more"]) }
    #expect(try store.snapshot().tenantNames.count == most)
    #expect(try rows() == 1, "a batch is whole or nothing")
    try ingest(["t1"])
    #expect(try rows() == 2)
  }
}
