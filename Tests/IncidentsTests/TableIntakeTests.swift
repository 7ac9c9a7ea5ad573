import Columnar
import DetectionRules
import FileAccess
import HarrierTesting
import OperationalStore
import Testing

@testable import Incidents

/// Rows of AlertInfo and AlertEvidence become alerts of the pipeline.
struct TableIntakeTests {
  @Test("N02: rows of AlertInfo and AlertEvidence become alerts of incidents, and stay rows")
  func take() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1"), world.info("a2", minute: 9)])
    try world.ingest(
      "AlertEvidence",
      [
        world.device("a1", "d1"), world.file("a1", "a"), world.device("a2", "d1", minute: 9),
        world.file("a2", "a"),
      ]
    )
    #expect(try world.query("AlertInfo | sort by AlertId asc | project AlertId") == ["a1", "a2"])
    let outcome = try world.take()
    #expect(outcome.new == 2 && outcome.refused.isEmpty)
    let incident = try #require(try world.all.first)
    #expect(try world.all.count == 1, "they share a device and a file")
    #expect(incident.alertCount == 2 && incident.severity == .high && incident.deviceCount == 1)
    let details = try world.details(incident)
    #expect(details.alerts.map(\.id) == ["a1", "a2"])
    #expect(details.alerts.map(\.threat) == ["Emotet", "Emotet"])
    #expect(details.links["a2"]?.isEmpty == false, "the link says why")
    #expect(try world.query("AlertInfo | sort by AlertId asc | project AlertId") == ["a1", "a2"])
    #expect(try world.query("AlertInfo | distinct AttackTechniques") == ["[\"T1566\"]"])
    #expect(
      try world.query("AlertEvidence | where EntityType == 'File' | project FolderPath")
        == ["C:\\Users\\a", "C:\\Users\\a"]
    )
    #expect(try world.query("AlertEvidence | count") == ["4"])
  }

  @Test("U+0000 in rows becomes U+FFFD, and in an id refuses the row") func nul() throws {
    let world = try TableWorld()
    let nul = "\\u0000"
    try world.ingest("AlertInfo", [world.info("a1", title: "T\(nul)x"), world.info("a2\(nul)z")])
    try world.ingest(
      "AlertEvidence",
      [
        world.device("a1", "d1"), world.device("a1", "d1\(nul)x"), world.device("a2\(nul)z", "d2"),
      ]
    )
    let outcome = try world.take()
    #expect(outcome.new == 1 && outcome.refused.count == 1)
    #expect(outcome.refused.allSatisfy { $0.contains("U+0000") }, "\(outcome.refused)")
    #expect(try world.details(world.all[0]).alerts.map(\.title) == ["T\u{FFFD}x"])
    #expect(try world.details(world.all[0]).evidence.count == 2)
    let again = try world.take()
    #expect(again.isEmpty)
  }

  @Test("N02: the same rows again change nothing, in the store and in KQL") func again() throws {
    let world = try TableWorld()
    for round in 0..<3 {
      try world.ingest("AlertInfo", [world.info("a1")])
      try world.ingest("AlertEvidence", [world.device("a1", "d1"), world.device("a1", "d1")])
      let outcome = try world.take()
      #expect(outcome.new == (round == 0 ? 1 : 0))
      #expect(outcome.unchanged == (round == 0 ? 0 : 1))
      #expect(outcome.updated == 0)
    }
    let idle = try world.take()
    #expect(idle.isEmpty, "nothing came")
    let incident = try #require(try world.all.first)
    #expect(try world.all.count == 1 && world.details(incident).evidence.count == 1)
    #expect(try world.query("AlertInfo | count") == ["1"])
    #expect(try world.query("AlertEvidence | count") == ["1"])
    #expect(try world.query("AlertInfo | where Severity == 'High' | count") == ["1"])
  }

  @Test("M03: an alert waits for its evidence, whichever of the two comes first")
  func order() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1")])
    #expect(try world.take().waiting == 1)
    #expect(try world.all.isEmpty)
    #expect(try world.query("AlertInfo | count") == ["1"])
    try world.ingest("AlertEvidence", [world.device("a1", "d1"), world.device("a2", "d2")])
    let second = try world.take()
    #expect(second.new == 1 && second.evidenceOnly == 1)
    #expect(
      try world.query("AlertEvidence | sort by AlertId asc | project AlertId") == ["a1", "a2"]
    )
    try world.ingest("AlertInfo", [world.info("a2")])
    #expect(try world.take().new == 1)
    #expect(try world.all.map(\.deviceCount) == [1, 1])
    #expect(try world.query("AlertEvidence | count") == ["2"])
    try world.ingest("AlertEvidence", [world.file("a2", "b")])
    #expect(try world.take().updated == 1)
    #expect(try world.details(world.all[1]).evidence.count == 2)
    #expect(try world.query("AlertEvidence | count") == ["3"])
  }

  @Test("M03: an alert that gets no evidence for an hour is taken as it is")
  func patience() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1")])
    #expect(try world.take().waiting == 1)
    world.clock.advance(nanoseconds: 3_599 * 1_000_000_000)
    #expect(try world.take().isEmpty)
    world.clock.advance(nanoseconds: 2 * 1_000_000_000)
    #expect(try world.take().new == 1)
    #expect(try world.all.map(\.name) == ["Title of a1"])
    #expect(try world.take().isEmpty)
  }

  @Test("N02: unknown severities, categories and kinds of things are counted and kept")
  func unknown() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1", severity: "Dire", category: "Sorcery")])
    try world.ingest(
      "AlertEvidence",
      [#"{"AlertId":"a1","EntityType":"Blob","FileName":"b.bin"}"#, world.device("a1", "d")]
    )
    let outcome = try world.take()
    #expect(outcome.unknownSeverities == 1 && outcome.unknownCategories == 1)
    let incident = try #require(try world.all.first)
    #expect(incident.severity == .medium)
    let details = try world.details(incident)
    #expect(details.categories == ["Sorcery"])
    #expect(details.evidence.map(\.evidence.kind) == ["Blob", "Host"])
    #expect(try world.query("AlertInfo | project strcat(Severity, Category)") == ["DireSorcery"])
  }

  @Test("N02: our own alerts that were exported and come back do not double") func own() throws {
    let world = try TableWorld()
    let alerts = AlertWorld(in: world.folder, world.incidents)
    try alerts.take("da1", minute: 1, alerts.device("d1"), alerts.file("c", in: "C:\\\\x"))
    let info = try world.query("AlertInfo | project tostring(pack_all())")
    let evidence = try world.query("AlertEvidence | project tostring(pack_all())")
    #expect(info.count == 1 && evidence.count == 2)
    try world.ingest("AlertInfo", info)
    try world.ingest("AlertEvidence", evidence)
    let outcome = try world.take()
    #expect(outcome.unchanged == 1 && outcome.new + outcome.updated == 0)
    #expect(try world.query("AlertInfo | project tostring(pack_all())") == info)
    #expect(try world.query("AlertEvidence | project tostring(pack_all())") == evidence)
    #expect(try world.all.count == 1)
  }

  @Test("N02: columns that the product does not have, and many alerts, come through")
  func further() throws {
    let world = try TableWorld()
    let ids = (0..<7).map { "b\($0)" }
    try world.ingest(
      "AlertInfo",
      ids.map { world.info($0).replacing("{\"Timestamp\"", with: "{\"Desk\":\"x\",\"Timestamp\"") }
    )
    try world.ingest("AlertEvidence", ids.map { world.device($0, "dev" + $0) })
    #expect(try world.take().new == 7, "steps of two alerts each")
    #expect(try world.query("AlertInfo | where Desk == 'x' | count") == ["7"])
    #expect(try world.query("AlertInfo | summarize dcount(AlertId)") == ["7"])
    #expect(try world.take().isEmpty)
  }

  @Test("N02: what came after the last look is shown until it is taken") func fresh() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1")])
    try world.ingest("AlertEvidence", [world.device("a1", "d1")])
    try world.take()
    try world.ingest("AlertEvidence", [world.file("a1", "b")])
    #expect(try world.query("AlertEvidence | count") == ["2"])
    #expect(
      try world.query("AlertEvidence | where ingestion_time() > ago(1d) | count") != ["0"]
    )
    try world.take()
    #expect(try world.query("AlertEvidence | count") == ["2"])
  }
}
