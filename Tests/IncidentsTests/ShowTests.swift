import Alerts
import Columnar
import DetectionRules
import Execution
import FileAccess
import Foundation
import GRDB
import Hunting
import OperationalStore
import StructuredText
import Testing

@testable import Incidents

/// What is shown of incidents and alerts, for people and for programs.
struct ShowTests {
  private let world: AlertWorld
  private let one = [IncidentReference(tenant: "t", number: 1)]

  /// A phish with a link, and a payload on a device, of one person.
  init() throws {
    world = try AlertWorld()
    let amy = world.account(("userPrincipalName", "amy@contoso.com"))
    let folder = #"C:\Users\amy"#
    try world.take(
      "a1",
      minute: 0,
      severity: "high",
      category: "InitialAccess",
      amy,
      world.file("a", in: folder)
    )
    try world.take(
      "a2",
      minute: 1,
      amy,
      world.device("d1"),
      world.file("a", in: folder, verdict: "malicious")
    )
  }

  private func fields(_ rows: QueryResult) throws -> [DocumentNode] {
    var bytes: [UInt8] = []
    try ResultWriter(format: .json).write(rows) { bytes += $0 }
    return try TextDocument(bytes, format: .json).root.items ?? []
  }

  private func facts(_ rows: QueryResult) throws -> [String: String] {
    var facts: [String: String] = [:]
    try rows.forEachRow { row in
      guard case .string(let name) = row[0], case .string(let value) = row[1] else { return }
      facts[name.text] = value.text
    }
    return facts
  }

  private func comment(_ text: String, by name: String) throws {
    var change = IncidentChange()
    change.comment = text
    world.clock.advance(nanoseconds: 60_000_000_000)
    _ = try world.store.apply(change, to: one, by: Actor(principal: name))
  }

  @Test("N22: the summary counts evidence by verdict, investigations by state and comments")
  func summary() throws {
    try comment("first", by: "ann")
    try comment("last, \u{1B}[2J", by: "bob")
    try world.store.write { writer in
      for (number, status) in ["remediated", "running", "remediated"].enumerated() {
        try writer.run(
          """
          INSERT INTO investigations (tenant, number, playbook, kind, status, alert, requested_by,
            is_system, created)
          SELECT 't', ?, ?, 'x', ?, id, 'x', 1, 0 FROM alerts WHERE provider_id = 'a1'
          """,
          [number + 1, "p\(number)", status]
        )
      }
    }
    let details = try world.details(1)
    let incident = details.incident
    let listed = IncidentListing.summary(details)
    let facts = try facts(listed.people)
    #expect(facts["Evidence"] == "3: 1 malicious, 2 unknown")
    #expect(facts["Investigations"] == "3: 2 remediated, 1 running")
    #expect(facts["Comments"]?.hasPrefix("2, the last by bob at \(incident.updated.text)") == true)
    #expect(facts["Created"] == incident.created.text)
    #expect(facts["Updated"] == incident.updated.text && incident.updated > incident.created)
    #expect(facts["History"] == "\(details.history.count) entries: --part history")

    let field = try #require(try fields(listed.programs).first)
    #expect(field["Priority"]?.integer == incident.priority)
    #expect(field["Priority"]?.scalar?.style == .plain)
    let points = field["PriorityFactors"]?.items?.compactMap { $0["Points"]?.integer }
    #expect(points?.reduce(0, +) == incident.priority)
    #expect(field["Alerts"]?.integer == 2 && field["Users"]?.integer == 1)
    #expect(field["EvidenceByVerdict"]?["malicious"]?.integer == 1)
    #expect(field["EvidenceByVerdict"]?["suspicious"]?.integer == 0)
    #expect(field["InvestigationsByStatus"]?["remediated"]?.integer == 2)
    #expect(field["Comments"]?.items?.map { $0["Actor"]?.text } == ["ann", "bob"])
    #expect(field["Tactics"]?.items?.compactMap(\.text) == ["InitialAccess", "Execution"])
    #expect(field["AssignedTo"] == nil && field["Determination"]?.text == "unknown")
    #expect(field["Created"]?.text == incident.created.text)
  }

  @Test("N14: alerts have the devices, users and mailboxes that they tell of, in short")
  func entities() throws {
    let details = try world.details(1)
    #expect(details.alertAssets.map(\.text) == ["amy@contoso.com", "d1, amy@contoso.com"])
    #expect(try world.store.assets(of: details.alerts) == details.alertAssets)
    let listed = IncidentListing.alerts(
      details.alerts,
      assets: details.alertAssets,
      places: details.alertPlaces
    )
    let rows = try fields(listed.programs)
    #expect(rows.map { $0["AlertId"]?.text } == ["a1", "a2"])
    #expect(rows[1]["Entities"]?["Devices"]?.items?.compactMap(\.text) == ["d1"])
    #expect(rows[1]["LinkedBy"]?.items?.first?["AlertId"]?.text == "a1")
    #expect(rows[0]["LinkedBy"]?.items?.isEmpty == true)
    #expect(rows.map { $0["Incident"]?.text } == ["t/1", "t/1"])
    // A list of alerts says the same of each.
    let alerts = try world.store.alerts(of: ["t"]).alerts.filter { $0.incident != nil }
    let places = try world.store.places(of: alerts)
    for (alert, place) in zip(alerts, places) {
      let shown = try #require(try world.store.alertDetails(alert.id, of: "t"))
      #expect(shown.links == place.links && shown.incident?.reference == place.incident)
    }
    #expect(places.contains { !$0.links.isEmpty })
    let many = (1...4).map { Evidence(other: "Host", [.init(name: "DeviceId", value: "d\($0)")]) }
    #expect(AlertAssets(many).text == "d1, d2, +2 devices")
  }

  @Test("N14: what links an alert is in its incident by now, or who moved it there") func moved()
    throws
  {
    func reasons() throws -> [String: [String]] {
      let numbers = try world.incidents.map(\.reference.number)
      let all = try numbers.flatMap { try world.details($0).links.map { $0 } }
      return Dictionary(uniqueKeysWithValues: all).mapValues { $0.map(\.reason) }
    }
    let before = try reasons()
    #expect(before["a2"]?.isEmpty == false)
    _ = try world.store.move(
      alerts: ["a2"],
      of: "t",
      to: .new(name: nil),
      comment: "",
      by: world.analyst
    )
    #expect(try reasons()["a2"] == ["moved by ann"])
    #expect(try world.store.alertDetails("a2", of: "t")?.links.map(\.text) == ["moved by ann"])
    _ = try world.store.undoMove(alerts: ["a2"], of: "t", by: world.analyst)
    #expect(try reasons() == before)
    _ = try world.store.move(
      alerts: ["a1"],
      of: "t",
      to: .new(name: nil),
      comment: "",
      by: world.analyst
    )
    // It shares nothing there any more.
    #expect(try reasons() == ["a1": ["moved by ann"], "a2": []])
  }

  @Test("N14: an alert is shown with its facts, evidence, history and comments") func alert() throws
  {
    var change = AlertChange()
    change.assignment = .to("ann")
    change.comment = "odd"
    _ = try world.store.apply(change, toAlerts: [("t", "a2")], by: world.analyst)
    _ = try world.store.move(
      alerts: ["a2"],
      of: "t",
      to: .new(name: nil),
      comment: "",
      by: world.analyst
    )
    let details = try #require(try world.store.alertDetails("a2", of: "t"))
    #expect(try world.store.alertDetails("a2", of: "u") == nil)
    let actions = details.history.map(\.action)
    // What was done in the incident before it was moved is known too, and the move in both.
    #expect(Set(actions).isSuperset(of: ["alert assigned", "alert comment", "alert moved"]))
    #expect(details.comments.map(\.comment) == ["odd"])
    let listed = IncidentListing.alert(details)
    let facts = try facts(listed.people)
    #expect(facts["Title"] == "Title of a2" && facts["AssignedTo"] == "ann")
    #expect(facts["Incident"]?.hasPrefix("t/2, ") == true)
    #expect(facts["ServiceSource"] == "Microsoft Defender for Endpoint")
    #expect(facts["Evidence"]?.hasSuffix("(malicious)") == true)
    let field = try #require(try fields(listed.programs).first)
    #expect(field["Incident"]?.text == "t/2" && field["Resolved"] == nil)
    let evidence = field["Evidence"]?.items ?? []
    #expect(evidence.map { $0["Kind"]?.text } == ["Account", "Host", "File"])
    #expect(evidence.last?["Verdict"]?.text == "malicious")
    #expect(evidence.last?["Identifiers"]?["Directory"]?.text == #"C:\Users\amy"#)
    #expect(evidence.first?["IsImpacted"]?.boolean == true)
    #expect(field["Comments"]?.items?.count == 1)
  }

  @Test("an alert of Graph is shown as it came last, with fields that nothing else reads")
  func document() throws {
    func take(_ more: String) throws -> [DocumentNode] {
      let text = """
        {"id":"g1","title":"T","severity":"low","createdDateTime":"2026-01-10T00:00:00Z",
        "evidence":[\(world.device("d9"))],"number":1.50,"text":"\(more)"}
        """
      let node = try TextDocument(Array(text.utf8), format: .json).root
      #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.refused.isEmpty)
      let alert = try #require(try world.store.alertDetails("g1", of: "t")).alert
      return try fields(IncidentListing.rows(try world.store.rows(of: alert)))
    }
    let rows = try take("one")
    #expect(rows.map { $0["Table"]?.text } == ["alerts_v2"])
    #expect(rows[0]["Row"]?["text"]?.text == "one" && rows[0]["Row"]?["number"]?.text == "1.5")
    #expect(rows[0]["Row"]?["evidence"]?.items?.first?["mdeDeviceId"]?.text == "d9")
    #expect(rows[0]["Time"]?.text != nil)
    #expect(try take("two").map { $0["Row"]?["text"]?.text } == ["two"])
  }

  @Test("of an alert that is larger than what is kept the beginning is shown, as text")
  func largeDocument() throws {
    let long = String(repeating: "ä", count: 40_000)
    let text = """
      {"id":"g1","title":"T","severity":"low","createdDateTime":"2026-01-10T00:00:00Z",
      "evidence":[\(world.device("d9"))],"text":"\(long)"}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(world.store).take([node]) { _ in "t" }.refused.isEmpty)
    let alert = try #require(try world.store.alertDetails("g1", of: "t")).alert
    let row = try #require(try world.store.rows(of: alert).first)
    let whole = JSONDocumentWriter.line(node)
    #expect(row.cutFrom == whole.utf8.count)
    let listed = try fields(IncidentListing.rows([row])).first?["Row"]?.text ?? ""
    #expect(whole.hasPrefix(listed) && (65_535...65_536).contains(listed.utf8.count))
  }

  @Test("the rows that an alert was ingested as are shown as they came") func raw() throws {
    let tables = try TableWorld()
    try tables.ingest(
      "AlertInfo",
      [
        """
        {"Timestamp":"2026-01-10T00:00:00Z","AlertId":"x1","Title":"T","Severity":"High"}
        """
      ]
    )
    try tables.ingest(
      "AlertEvidence",
      [
        """
        {"Timestamp":"2026-01-10T00:00:00Z","AlertId":"x1","EntityType":"Machine","DeviceId":"d1"}
        """
      ]
    )
    try tables.take()
    let store = tables.incidents
    let alert = try #require(try store.alertDetails("x1", of: "t")).alert
    let rows = try fields(IncidentListing.rows(try store.rows(of: alert)))
    #expect(rows.map { $0["Table"]?.text } == ["AlertEvidence", "AlertInfo"])
    #expect(rows[0]["Row"]?["DeviceId"]?.text == "d1")
    #expect(rows[1]["Row"]?["Title"]?.text == "T")
  }

  @Test("the history of an alert is sought, and not found among all of its tenant") func seeks()
    throws
  {
    let plan = try world.store.database.read { database in
      try Row.fetchAll(
        database,
        sql: "EXPLAIN QUERY PLAN " + AlertHistory.query,
        arguments: ["t", "a1"]
      )
      .map { $0["detail"] as String }
    }
    #expect(plan == ["SEARCH history USING INDEX history_of_alert (alert=?)"])
  }

  @Test("G19: entries of the history are chosen by action, actor and time") func history() throws {
    try comment("first", by: "ann")
    let between = world.store.now
    try comment("last", by: "bob")
    let history = try world.details(1).history
    func comments(_ change: (inout HistoryFilter) -> Void) -> [String] {
      var filter = HistoryFilter()
      change(&filter)
      return filter.entries(of: history).filter(\.isComment).map(\.comment)
    }
    #expect(HistoryFilter().isEmpty && comments { _ in } == ["first", "last"])
    #expect(comments { $0.actors = ["BOB"] } == ["last"])
    #expect(comments { $0.actors = ["system"] }.isEmpty)
    #expect(comments { $0.actions = ["alert"] }.isEmpty)
    #expect(comments { $0.from = between } == ["first", "last"])
    // The end is not part of the time.
    #expect(comments { $0.to = between }.isEmpty)
    var filter = HistoryFilter()
    filter.actions = ["alert"]
    #expect(Set(filter.entries(of: history).map(\.action)) == ["alert added"])
    let rows = try fields(IncidentListing.history(history).programs)
    #expect(rows.first?["IsSystem"]?.boolean == true && rows.count == history.count)
  }

  @Test("N15: devices have the risk and exposure that DeviceInfo and alerts give them")
  func devices() throws {
    let risk = DeviceRisk(risk: "High", exposure: "Low", value: "Normal")
    let other = DeviceRisk(risk: "None", exposure: "None", value: "Normal")
    let known = DeviceRisks([
      .init(id: "D1", name: "pc1.contoso.com", risk: risk),
      .init(id: "d2", name: "twin", risk: other), .init(id: "d3", name: "twin", risk: risk),
    ])
    let listed = IncidentListing.devices(try world.details(1).devices, risks: known)
    let row = try #require(try fields(listed.programs).first)
    #expect(row["RiskLevel"]?.text == "High" && row["ExposureLevel"]?.text == "Low")
    #expect(row["Alerts"]?.items?.compactMap(\.text) == ["a2"])
    func named(_ name: String, _ value: String) -> Evidence {
      Evidence(other: "Host", [.init(name: name, value: value)])
    }
    #expect(known[named("FullName", "PC1.contoso.com")] == risk)
    // A name that two devices have tells neither, and one without its domain nothing.
    #expect(known[named("HostName", "twin")] == nil && known[named("HostName", "pc1")] == nil)
    #expect(DeviceNames(named("HostName", "pc1")).names == ["pc1"])
  }

  @Test("M08: README publishes the formula of the priority") func formula() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    for (factor, points) in PriorityScore.formula {
      #expect(text.contains("| \(factor) | \(points) |"), "\(factor)")
    }
    var facts = PriorityScore.Facts()
    (facts.tactics, facts.services, facts.alerts) = (9, 9, 1_000)
    (facts.devices, facts.users, facts.severity) = (9, 9, .high)
    (facts.isRansomware, facts.hasCriticalAsset) = (true, true)
    let score = PriorityScore(facts)
    #expect(score.factors.map(\.name) == PriorityScore.formula.map(\.factor))
    #expect(score.factors.map(\.points) == [65, 16, 6, 8, 8, 10, 10] && score.score == 100)
  }
}
