import GRDB
import StructuredText
import Testing

@testable import Incidents

/// Filters of the queue: which words they take, and what they find.
struct FilterWordTests {
  private let world: AlertWorld

  init() throws {
    world = try AlertWorld()
    try take(
      "a1",
      """
      "investigationState":"pendingApproval","alertPolicyId":"p-1","threatFamilyName":"Emotet",
      "threatDisplayName":"Trojan:Win32/Emotet","actorDisplayName":"Storm-0569",
      """,
      device: ("d1", "Windows 11", "Sales laptops"),
      category: "InitialAccess"
    )
    try take("a2", "", device: ("d2", "Linux", "Servers"), category: "Collection")
    try take("a3", "", device: ("d2", "Linux", "Servers"), category: "Exfiltration", file: true)
    try take("a4", "", device: ("d2", "Linux", "Servers"), category: "Collection", file: true)
  }

  private func take(
    _ id: String,
    _ fields: String,
    device: (id: String, platform: String, group: String),
    category: String,
    file: Bool = false
  ) throws {
    let evidence = """
      {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(device.id)",
      "osPlatform":"\(device.platform)","rbacGroupName":"\(device.group)"}
      """
    let text = """
      {"id":"\(id)","title":"T \(id)","severity":"low","createdDateTime":"2026-01-10T00:00:00Z",
      "category":"\(category)",\(fields)"serviceSource":"microsoftDefenderForEndpoint",
      "detectionSource":"customDetection",
      "evidence":[\(evidence)\(file ? "," + world.file("a", in: "C:") : "")]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.refused.isEmpty)
    _ = try IncidentPipeline(world.store).run()
  }

  private func numbers(_ filter: String, of tenants: [String] = ["t"]) throws -> [Int] {
    try world.store.incidents(
      of: tenants,
      filter: try IncidentFilter(reading: filter),
      order: IncidentOrder(.number, descending: false)
    )
    .incidents.map(\.reference.number)
  }

  @Test(
    "M09: each filter lets some through and holds others",
    arguments: [
      ("os=\"Windows 11\"", [1]), ("os=windows11", [1]), ("os~win", [1]), ("os!=linux", [1]),
      ("device-group=\"sales laptops\"", [1]), ("device-group~server", [2, 3]),
      ("policy=P-1", [1]), ("policy!=p-1", [2, 3]),
      ("threat=emotet", [1]), ("threat=trojan:win32/emotet", [1]), ("threat=\"Storm-0569\"", [1]),
      ("threat~storm", [1]), ("categories>=2", [3]), ("categories<2", [1, 2]),
      ("categories!=1", [3]), ("techniques=0", [1, 2, 3]), ("techniques>0", []),
      ("detections=1 products=0 rules=0 tags=0", [1, 2, 3]), ("alert-severity>=low", [1, 2, 3]),
      ("alert-severity>low", []), ("alert-severity=Low", [1, 2, 3]),
    ]
  )
  func filters(text: String, found: [Int]) throws {
    #expect(try world.incidents.map(\.alertCount) == [1, 1, 2])
    #expect(try numbers(text) == found, "\(text)")
  }

  @Test(
    "N20: Graph's words and those that people see are the same",
    arguments: [
      ("investigation=pendingAction", [1]), ("investigation=pendingApproval", [1]),
      ("investigation=\"Pending action\"", [1]), ("investigation=benign,noThreatsFound", []),
      ("service=microsoftDefenderForEndpoint", [1, 2, 3]),
      ("service=\"Microsoft Defender for Endpoint\"", [1, 2, 3]),
      ("service=microsoftSentinel", []), ("category=\"Initial access\"", [1]),
      ("category=initialAccess", [1]), ("detection=\"Custom detection\"", [1, 2, 3]),
      ("detection!=CUSTOMDETECTION", []), ("status=New", [1, 2, 3]), ("status=\"In progress\"", []),
      ("classification=\"Not set\"", [1, 2, 3]), ("classification=\"True positive\"", []),
      ("determination=\"Multistage attack\"", []), ("determination=notSet", [1, 2, 3]),
      ("service~defender", [1, 2, 3]), ("category~nonsense", []),
    ]
  )
  func words(text: String, found: [Int]) throws {
    #expect(try numbers(text) == found, "\(text)")
  }

  @Test(
    "N20: a word that a key never has is refused with those that it has",
    arguments: [
      ("category=Explosion", "InitialAccess"), ("service!=defender", "microsoftSentinel"),
      ("detection=hearsay", "customDetection"), ("investigation=over", "pendingApproval"),
      ("determination=phish", "phishing"), ("classification=right", "truePositive"),
      ("status=done", "inProgress"), ("severity=worse", "informational"),
      ("alert-severity=worse", "informational"), ("category=Execution,Explosion", "Explosion"),
    ]
  )
  func refused(text: String, told: String) throws {
    let failure = #expect(throws: IncidentFailure.self) { try numbers(text) }
    #expect(failure?.description.contains(told) == true, "\(failure?.description ?? "")")
  }

  @Test("a word that only incidents have is known where one of the tenants has it")
  func own() throws {
    try take("a5", "", device: ("d5", "macOS", "Design"), category: "Vendor category")
    #expect(try numbers("category=\"vendor category\"") == [4])
    #expect(throws: IncidentFailure.self) {
      try numbers("category=\"vendor category\"", of: ["other"])
    }
    let filter = try IncidentFilter(reading: "category=\"vendor category\"")
    try world.store.save(filter, as: "mine", of: "ann", tenants: ["t"])
    let wrong = try IncidentFilter(reading: "category=nowhere")
    #expect(throws: IncidentFailure.self) {
      try world.store.save(wrong, as: "wrong", of: "ann", tenants: ["t"])
    }
    #expect(try world.store.savedFilters(of: "ann").map(\.name) == ["mine"])
  }

  @Test("filters of earlier releases that are refused now are told with the reason, and go away")
  func kept() throws {
    try world.store.write { writer in
      for (name, text) in [("a", "category=nowhere"), ("b", "colour=red"), ("c", "tag=x")] {
        try writer.run("INSERT INTO saved_filters VALUES ('ann', ?, ?)", [name, text])
      }
    }
    let found = try world.store.savedFilters(of: "ann", tenants: ["t"])
    #expect(found.map(\.text) == ["category=nowhere", "colour=red", "tag=x"])
    let told = found.map { $0.refusal?.description ?? "" }
    #expect(told[0].hasPrefix("'category' has no 'nowhere'"))
    #expect(told[1].hasPrefix("'colour=red' is no condition"))
    #expect(told[2].isEmpty)
    let failure = #expect(throws: IncidentFailure.self) { try found[0].filter() }
    #expect(failure?.description.contains("the filter 'a' is refused: 'category' has no") == true)
    try world.store.deleteSavedFilter("b", of: "ann")
    #expect(try world.store.savedFilters(of: "ann", tenants: ["t"]).map(\.name) == ["a", "c"])
  }

  @Test("rule= finds alerts by the id and by the name of their rule") func rules() throws {
    try world.store.write { writer in
      try writer.run(
        """
        INSERT INTO rules (id, name, document, format, version, changed, changed_by)
        VALUES ('R-1', 'Encoded PowerShell', '', 'yaml', 1, 0, 'ann')
        """,
        []
      )
      try writer.run("UPDATE alerts SET rule = 'R-1' WHERE provider_id = 'a1'", [])
      try writer.count(1)
    }
    for text in ["rule=r-1", "rule=\"encoded powershell\"", "rule~encoded", "rule~r-", "rules=1"] {
      #expect(try numbers(text) == [1], "\(text)")
    }
    #expect(try numbers("rule!=\"Encoded PowerShell\"") == [2, 3])
    #expect(try numbers("rule=other").isEmpty)
  }

  @Test("entities are names of devices and no descriptions") func entities() throws {
    #expect(try numbers("entity=d1") == [1])
    #expect(try numbers("entity~linux").isEmpty)
    #expect(try numbers("entity~servers").isEmpty)
  }

  @Test("AlertEvidence has the threat family of imported alerts, also where it is told later")
  func families() throws {
    try take(
      "a2",
      "\"threatFamilyName\":\"Qakbot\",",
      device: ("d2", "Linux", "Servers"),
      category: "Collection"
    )
    let found = try world.ask("AlertEvidence | project L = strcat(AlertId, ':', ThreatFamily, '.')")
    #expect(Set(found) == ["a1:Emotet.", "a2:Qakbot.", "a3:.", "a4:."])
    #expect(try numbers("threat=qakbot") == [2])
  }
}
