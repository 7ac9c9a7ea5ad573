import Columnar
import DetectionRules
import StructuredText
import Testing

@testable import Incidents

/// What the columns of AlertInfo, AlertEvidence and SecurityAlert say of our own alerts.
struct AlertColumnTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  /// Takes an alert with some evidence of Graph, and other fields.
  private func take(_ evidence: [(type: String, fields: String)], _ further: String = "") throws {
    let items = evidence.map { item in
      "{\"@odata.type\":\"#microsoft.graph.security.\(item.type)\",\(item.fields)}"
    }
    let text = """
      {"id":"a1","title":"Title","severity":"high","status":"new","category":"Execution",
      "serviceSource":"microsoftDefenderForEndpoint","createdDateTime":"2026-01-10T00:10:00Z",
      \(further) "evidence":[\(items.joined(separator: ","))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.refused.isEmpty)
    _ = try IncidentPipeline(world.store).run()
  }

  @Test("N02: AlertInfo and AlertEvidence have their time under both products' names")
  func time() throws {
    try world.take("a1", minute: 1, world.device("d1"))
    for table in ["AlertInfo", "AlertEvidence"] {
      let found = try world.ask(
        """
        \(table) | where TimeGenerated > datetime(2026-01-01) and TimeGenerated == Timestamp
        | project Type, SourceSystem
        """
      )
      #expect(found == ["\(table)|Harrier"])
    }
  }
}
