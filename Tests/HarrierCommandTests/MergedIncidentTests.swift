import ArgumentParser
import Testing

@testable import HarrierCommand

/// Incidents that were merged into others, in lists.
struct MergedIncidentTests {
  @Test("they are listed where the filter asks for them alone, as the help says") func lists()
    throws
  {
    let store = try CommandStore()
    try store.addAlerts("x1", "x2", of: "t")
    try store.run("incidents merge --store STORE t/1 t/2")
    func numbers(_ filter: String) throws -> Int {
      let words = [
        "incidents", "list", "--store", store.path, "--format", "csv", "--filter", filter,
      ]
      return try store.run(words).output.split(separator: "\n").count - 1
    }
    #expect(try numbers("") == 1)
    #expect(try numbers("status=redirected") == 1)
    #expect(IncidentsListCommand.helpMessage().contains("status=redirected"))
  }
}
