import Columnar
import DetectionRules
import FileAccess
import GRDB
import HarrierTesting
import StructuredText
import Testing

@testable import Incidents

/// What alerts of Graph may say, and with what they are refused.
struct GraphAlertTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  private func take(_ fields: String) throws -> AlertIntake.Outcome {
    let text = """
      {"id":"a1","title":"T",\(fields)"evidence":[\(world.device("d1"))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    return try AlertIntake(world.store).take([node]) { _ in "t" }
  }

  private static let time = "\"createdDateTime\":\"2026-01-10T00:00:00Z\","

  @Test(
    "a word that is none of Graph's, or a time that is none, is refused with its field",
    arguments: [
      ("\"severity\":\"urgent\",", "'severity' as 'urgent'"),
      ("\"severity\":3,", "'severity' as '3'"),
      ("\"severity\":[\"high\"],", "'severity' as something that is no text"),
      ("\"status\":\"done\",", "'status' as 'done'"),
      ("\"serviceSource\":\"microsoftDefender\",", "'serviceSource' as 'microsoftDefender'"),
      ("\"investigationState\":\"over\",", "'investigationState' as 'over'"),
      ("\"classification\":\"right\",", "classification"),
      ("\"lastActivityDateTime\":\"soon\",", "'lastActivityDateTime' as 'soon'"),
      ("\"firstActivityDateTime\":\"\",", "'firstActivityDateTime' as ''"),
    ]
  )
  func refused(fields: String, told: String) throws {
    let outcome = try take(fields + Self.time)
    #expect(outcome.new == 0)
    let reason = try #require(outcome.refused.first).reason
    #expect(reason.contains(told) && reason.contains("'a1'"), "\(reason)")
  }

  @Test("U+0000 in what an alert says becomes U+FFFD, and correlation goes on") func nul() throws {
    try world.take(
      "k1",
      minute: 0,
      title: "a\\u0000b",
      world.account(("userPrincipalName", "u@x.example")),
      world.account(("userPrincipalName", "u@x.example\\u0000b")),
      world.account(("userPrincipalName", "u@x.example\\u0000c"))
    )
    let alert = try #require(try world.store.alert("k1", of: "t")).alert
    #expect(alert.title == "a\u{FFFD}b")
    #expect(try world.incidents.map(\.userCount) == [3])
  }

  @Test("users whose names differ in bytes are two, whatever Unicode holds for equivalent")
  func bytes() throws {
    try world.take(
      "e1",
      minute: 0,
      world.account(("userPrincipalName", "\u{E9}@x.example")),
      world.account(("userPrincipalName", "e\u{301}@x.example"))
    )
    #expect(try world.incidents.map(\.userCount) == [2])
    #expect(try world.details(1).users.count == 2)
    #expect(try world.details(1).distinctEvidence.count == 2)
    for name in ["\u{E9}", "e\u{301}"] {
      let found = try world.store.incidents(
        of: ["t"],
        filter: try IncidentFilter(reading: "entity=\(name)@x.example")
      )
      #expect(found.total == 1, "\(name.unicodeScalars.count)")
    }
  }

  @Test("an id with U+0000 is refused: two ids are never one alert") func nulID() throws {
    let text = """
      {"id":"k1\\u0000z","title":"T",\(Self.time)"evidence":[\(world.device("d1"))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    let outcome = try AlertIntake(world.store).take([node]) { _ in "t" }
    #expect(outcome.new == 0)
    #expect(outcome.refused.map { $0.reason.contains("U+0000") } == [true])
  }

  @Test("a bad createdDateTime is refused also where another time is good") func created() throws {
    let outcome = try take(
      "\"createdDateTime\":\"tomorrow\",\"firstActivityDateTime\":\"2026-01-10T00:00:00Z\","
    )
    #expect(outcome.refused.map { $0.reason.contains("'createdDateTime' as 'tomorrow'") } == [true])
    #expect(try take("").refused.map { $0.reason.contains("neither") } == [true])
  }

  @Test("what Graph does not tell is unknown; such a severity counts as medium and is told")
  func unknown() throws {
    let outcome = try take(
      """
      "severity":"unknownFutureValue","status":"unknown","serviceSource":"unknownFutureValue",
      "investigationState":"unknownFutureValue","classification":"unknownFutureValue",
      "determination":"unknownFutureValue",\(Self.time)
      """
    )
    #expect(outcome.new == 1 && outcome.unknownSeverities == 1)
    let alert = try #require(try world.store.alert("a1", of: "t")).alert
    #expect(alert.severity == .medium && alert.status == .new && alert.serviceSource == "unknown")
    #expect(alert.investigationState == nil && alert.classification == .unknown)
  }

  @Test(
    "the family is told, or is in the name of the threat or of malware",
    arguments: [
      ("\"threatFamilyName\":\"A\",\"threatDisplayName\":\"Trojan:Win32/B.A\",", "", "A"),
      ("\"threatDisplayName\":\"Trojan:Win32/Emotet.AR!ml\",", "", "Emotet"),
      ("\"threatDisplayName\":\"Human-operated ransomware\",", "", ""),
      ("", ",\"name\":\"Ransom:Win32/Conti\"", "Conti"), ("", ",\"name\":\"Conti\"", "Conti"),
    ]
  )
  func family(fields: String, malware: String, family: String) throws {
    let evidence = """
      {"@odata.type":"#microsoft.graph.security.malwareEvidence","category":"x"\(malware)}
      """
    let text = """
      {"id":"a1","title":"T",\(fields)\(Self.time)"evidence":[\(evidence)]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.new == 1)
    #expect(try #require(try world.store.alert("a1", of: "t")).alert.threatFamily == family)
    let found = try world.ask("AlertEvidence | project Family = strcat('f:', ThreatFamily)")
    #expect(found == ["f:" + family])
  }

  @Test("words of Graph in any letter case are kept in its own") func letters() throws {
    let outcome = try take(
      """
      "severity":"High","status":"InProgress","serviceSource":"MicrosoftDefenderForIdentity",
      "investigationState":"PendingAction","threatFamilyName":"F","actorDisplayName":"A",
      \(Self.time)
      """
    )
    #expect(outcome.new == 1 && outcome.unknownSeverities == 0)
    let alert = try #require(try world.store.alert("a1", of: "t")).alert
    #expect(alert.serviceSource == "Microsoft Defender for Identity")
    #expect(alert.status == .inProgress && alert.investigationState == "pendingApproval")
    #expect([alert.threat, alert.threatFamily, alert.threatActor] == ["F", "F", "A"])
  }

  @Test("an alert that its product resolved was resolved when it says")
  func resolved() throws {
    let outcome = try take(
      "\"status\":\"resolved\",\"resolvedDateTime\":\"2026-01-10T00:30:00Z\",\(Self.time)"
    )
    #expect(outcome.new == 1)
    let alert = try #require(try world.store.alert("a1", of: "t")).alert
    #expect(alert.resolved?.text == "2026-01-10T00:30:00.0000000Z")
    #expect(try take("\"resolvedDateTime\":\"soon\",\(Self.time)").refused.count == 1)
  }

  @Test("one that is resolved there since closes its incident at that time") func closed() throws {
    _ = try take(Self.time)
    _ = try IncidentPipeline(world.store).run()
    let then = world.store.now
    world.clock.advance(nanoseconds: 3_600_000_000_000)
    let minute = DateTime(ticks: then.ticks + TimeSpan.ticksPerMinute)
    _ = try take(
      "\"status\":\"resolved\",\"resolvedDateTime\":\"\(minute.text)\",\(Self.time)"
    )
    let incident = try world.details(1).incident
    #expect(incident.status == .resolved && incident.resolved == minute)
    #expect(IncidentTimes(incident).toResolve?.ticks == TimeSpan.ticksPerMinute)
  }

  @Test("an alert that is sent again takes what its product says otherwise, and its incident too")
  func again() throws {
    _ = try take("\"severity\":\"medium\",\(Self.time)")
    _ = try IncidentPipeline(world.store).run()
    let text = """
      {"id":"a1","title":"U","severity":"high","status":"inProgress","assignedTo":"zed",
      "category":"Impact","description":"what it is","classification":"truePositive",
      "determination":"malware","investigationState":"running",\(Self.time)
      "evidence":[\(world.device("d1"))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.updated == 1)
    _ = try IncidentPipeline(world.store).run()
    let alert = try #require(try world.store.alert("a1", of: "t")).alert
    #expect([alert.title, alert.severity.rawValue, alert.category] == ["U", "high", "Impact"])
    #expect(alert.assignedTo == "zed" && alert.status == .inProgress)
    #expect(alert.classification.description == "truePositive/malware")
    #expect(alert.tactics == ["Impact"] && alert.description == "what it is")
    #expect(alert.investigationState == "running")
    let details = try world.details(1)
    #expect(details.incident.severity == .high && details.incident.name.contains("U"))
    let done = details.history.filter { $0.actor == Actor.source.name }.map(\.action)
    #expect(done.contains("alert renamed") && done.contains("alert severity"))
    #expect(details.incident.acknowledged == nil, "nobody here did anything")
    #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.unchanged == 1)
  }

  @Test("what was changed here stays while its product says the same as before") func kept() throws
  {
    let told = "\"assignedTo\":\"zed\",\"status\":\"inProgress\",\(Self.time)"
    _ = try take(told)
    _ = try IncidentPipeline(world.store).run()
    var change = AlertChange()
    change.assignment = .to("ann")
    change.classification = try Classification("falsePositive", nil)
    change.status = .resolved
    _ = try world.store.apply(change, toAlerts: [("t", "a1")], by: world.analyst)
    #expect(try take(told).unchanged == 1)
    #expect(try take("\"description\":\"x\"," + told).updated == 1)
    let alert = try #require(try world.store.alert("a1", of: "t")).alert
    #expect(alert.assignedTo == "ann" && alert.status == .resolved)
    #expect(alert.classification.description == "falsePositive/other")
    #expect(try take("\"assignedTo\":\"kim\",\"status\":\"new\",\(Self.time)").updated == 1)
    let later = try #require(try world.store.alert("a1", of: "t"))
    #expect(later.alert.assignedTo == "kim" && later.alert.status == .new)
    #expect(later.incident?.status == .active, "it is open again")
  }

  @Test("of an alert that came before its state was kept, what was changed here stays")
  func untold() throws {
    _ = try take(Self.time)
    _ = try IncidentPipeline(world.store).run()
    var change = AlertChange()
    change.assignment = .to("ann")
    _ = try world.store.apply(change, toAlerts: [("t", "a1")], by: world.analyst)
    try world.store.write { try $0.run("UPDATE alerts SET told = ''", []) }
    func owner() throws -> String? { try world.store.alert("a1", of: "t")?.alert.assignedTo }
    #expect(try take("\"assignedTo\":\"zed\",\(Self.time)").unchanged == 1)
    #expect(try owner() == "ann")
    #expect(try take("\"assignedTo\":\"kim\",\(Self.time)").updated == 1)
    #expect(try owner() == "kim")
  }
}
