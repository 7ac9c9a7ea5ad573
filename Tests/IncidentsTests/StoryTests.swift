import Columnar
import Execution
import FileAccess
import Hunting
import SourceText
import StructuredText
import Testing

@testable import Incidents

/// What is told of an incident: graph, similar ones, report, hunting query, and saved filters.
struct StoryTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  /// Phishing of a user whose device is taken, and from there another one.
  private func attack(_ prefix: String, day: Int = 10) throws {
    let amy = world.account(("userPrincipalName", "amy@contoso.com"))
    let folder = #"C:\Users\amy"#
    try world.take(
      prefix + "1",
      day: day,
      minute: 0,
      category: "InitialAccess",
      title: "Phish",
      amy
    )
    try world.take(
      prefix + "2",
      day: day,
      minute: 1,
      title: "Payload",
      amy,
      world.device("d1"),
      world.file("a", in: folder)
    )
    try world.take(
      prefix + "3",
      day: day,
      minute: 2,
      category: "LateralMovement",
      title: "Second device",
      world.device("d2"),
      world.file("a", in: folder, verdict: "malicious")
    )
  }

  @Test("N07: the graph leads from the first to the last asset, in order") func graph() throws {
    try attack("a")
    let story = AttackStory(try world.details(1))
    #expect(story.steps.map(\.title) == ["Phish", "Payload", "Second device"])
    #expect(story.steps.map(\.order) == [1, 2, 3])
    #expect(story.nodes.filter { $0.kind == "File" }.map(\.alerts) == [["a2", "a3"]])
    #expect(story.nodes.first { $0.kind == "File" }?.verdict == "malicious")
    var reached: Set<Int> = Set(story.steps[0].nodes)
    for _ in story.edges {
      for edge in story.edges where reached.contains(edge.from) || reached.contains(edge.to) {
        reached.formUnion([edge.from, edge.to])
      }
    }
    #expect(reached.isSuperset(of: story.steps[2].nodes))
    #expect(story.steps[0].links.isEmpty && !story.steps[1].links.isEmpty)
    let json = try TextDocument(Array(story.json.utf8), format: .json).root
    #expect(json["nodes"]?.items?.count == story.nodes.count)
    #expect(json["edges"]?.items?.count == story.edges.count)
  }

  @Test("N07: a mail hangs on who got it and on what it brings, not on the first mailbox")
  func mails() throws {
    func mail(_ name: String) -> String {
      """
      {"@odata.type":"#microsoft.graph.security.analyzedMessageEvidence","subject":"Order",
      "networkMessageId":"m-\(name)","recipientEmailAddress":"\(name)@c.com"}
      """
    }
    func mailbox(_ name: String) -> String {
      """
      {"@odata.type":"#microsoft.graph.security.mailboxEvidence","primaryAddress":"\(name)@c.com"}
      """
    }
    let url = """
      {"@odata.type":"#microsoft.graph.security.urlEvidence","url":"https://x.example/a"}
      """
    func edges(_ number: Int) throws -> [String] {
      let story = AttackStory(try world.details(number))
      return story.edges.map { "\(story.nodes[$0.from].label) - \(story.nodes[$0.to].label)" }
        .sorted()
    }
    try world.take(
      "a1",
      minute: 0,
      mailbox("amy"),
      mailbox("bob"),
      mail("amy"),
      mail("bob"),
      mail("eve"),
      url
    )
    #expect(
      try edges(1) == [
        "Order to amy@c.com - https://x.example/a", "Order to bob@c.com - https://x.example/a",
        "Order to eve@c.com - https://x.example/a", "amy@c.com - Order to amy@c.com",
        "amy@c.com - https://x.example/a", "bob@c.com - Order to bob@c.com",
      ]
    )
    // Without what they bring, the first mail stands for the campaign.
    let alone = try AlertWorld()
    try alone.take("a1", minute: 0, mailbox("amy"), mail("amy"), mail("eve"))
    let story = AttackStory(try alone.details(1))
    #expect(
      story.edges.map { "\(story.nodes[$0.from].label) - \(story.nodes[$0.to].label)" } == [
        "amy@c.com - Order to amy@c.com", "Order to amy@c.com - Order to eve@c.com",
      ]
    )
  }

  @Test("hostile names stay texts of the graph and the report") func hostile() throws {
    try world.take(
      "a1",
      minute: 0,
      title: #"x\" ]; n [<script>|*b*\u001b[2J"#,
      world.account(("accountName", #"a\\\"b\n"#), ("userPrincipalName", "<i>&@c.com"))
    )
    let details = try world.details(1)
    let dot = AttackStory(details).graphviz
    #expect(dot.contains(#"label="Account\n<i>&@c.com""#))
    #expect(!dot.unicodeScalars.contains("\u{1B}"))
    let report = IncidentReport(details).document
    #expect(!report.html.contains("<script>") && report.html.contains("&lt;script&gt;"))
    #expect(report.markdown.contains(#"\<script\>\|\*b\*"#))
    #expect(!report.markdown.unicodeScalars.contains("\u{1B}"))
  }

  @Test("similar incidents share what others do not have") func similar() throws {
    try attack("a", day: 2)
    try attack("b", day: 20)
    try world.take("n1", minute: 0, category: "Malware", world.device("d9"))
    let all = try world.incidents
    #expect(all.map(\.alertCount) == [3, 3, 1])
    let found = try world.store.similar(to: all[0])
    #expect(found.map(\.incident.reference.number) == [2])
    #expect((found.first?.score ?? 0) > 0.5)
    #expect(found.first?.shared.contains("title: Payload") == true)
    #expect(found.first?.shared.contains("entity: d1") == true)
    #expect(try world.store.similar(to: all[2]).isEmpty)
  }

  @Test("N30: the report has the timeline, comments, and the times until it was taken up and over")
  func report() throws {
    try attack("a")
    let reference = [IncidentReference(tenant: "t", number: 1)]
    var change = IncidentChange()
    change.assignment = .to("ann")
    world.clock.advance(nanoseconds: 90_000_000_000)
    _ = try world.store.apply(change, to: reference, by: world.analyst)
    change = IncidentChange()
    change.status = .resolved
    change.resolvingComment = "Reset the password"
    change.comment = "Phish from a partner"
    world.clock.advance(nanoseconds: 7_200_000_000_000)
    _ = try world.store.apply(change, to: reference, by: world.analyst)
    let text = IncidentReport(try world.details(1)).document.markdown
    for part in [
      "Time to acknowledge | 1 min 30 s", "Time to resolve | 2 h 1 min", "Reset the password",
      "Phish from a partner", "Payload", "status: active → resolved",
      #"alert status \(a1\): new → resolved"#,
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let now = world.store.now
    let period = try world.store.report(of: ["t", "u"], from: DateTime(ticks: 0), to: now)
    #expect(period.all.made == 1 && period.all.resolved == 1)
    #expect(period.all.toAcknowledge?.ticks == 90 * TimeSpan.ticksPerSecond)
    #expect(period.tenants.map(\.tenant) == ["t", "u"] && period.tenants[1].made == 0)
    #expect(period.document.markdown.contains("| all | 1 | 0 | 1 |"))
  }

  @Test("N26: the hunting query of an incident parses and finds its events") func hunt() throws {
    try world.take(
      "a1",
      minute: 0,
      title: "Quotes",
      world.device(#"d\"1"#),
      world.file("a", in: #"C:\Users"#)
    )
    let hunt = try #require(IncidentHunt(try world.details(1), tables: ["DeviceProcessEvents"]))
    let table = TableSchemas.environment(.hunting).lookup("DeviceProcessEvents")
    var builder = RowBuilder(Schema(try #require(table).columns))
    let start = try world.details(1).incident.firstActivity.ticks
    for (minutes, device, file) in [
      (1, "d\"1", "x.exe"), (2, "other", "y.exe"), (2_880, "d\"1", "later.exe"),
    ] as [(Int64, String, String)] {
      builder.append([
        "Timestamp": .datetime(DateTime(ticks: start + minutes * TimeSpan.ticksPerMinute)),
        "DeviceId": .string(ByteString(device)), "FileName": .string(ByteString(file)),
      ])
    }
    var engine = HuntingEngine()
    engine.add(try builder.table, named: "DeviceProcessEvents")
    let query = SourceText(hunt.query + "| project FileName")
    let answer = try engine.run(
      query,
      budget: engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    )
    #expect(answer.tables.map(\.result.rowCount) == [1])
    #expect(IncidentHunt(try world.details(1), tables: ["EmailEvents"]) == nil)
    #expect(!hunt.query.contains("TenantId"))
    let among = IncidentHunt(
      try world.details(1),
      tables: ["DeviceProcessEvents", "DeviceFileEvents"],
      tenantID: #"c0"1"#
    )
    let conditions = among?.query.ranges(of: #"| where TenantId == "c0\"1" |"#)
    #expect(conditions?.count == 2)
  }

  @Test("filters are kept by name for each principal, in their canonical text")
  func filters() throws {
    let store = world.store
    try store.save(
      try IncidentFilter(reading: "severity>=medium assignee=me"),
      as: "mine",
      of: "ann"
    )
    try store.save(try IncidentFilter(reading: "tag=x"), as: "mine", of: "bob")
    #expect(try store.savedFilters(of: "ann").map(\.name) == ["mine"])
    let kept = try store.savedFilter("mine", of: "ann").filter()
    #expect(kept == (try IncidentFilter(reading: kept.text)))
    #expect(throws: IncidentFailure.self) { try store.savedFilter("other", of: "ann") }
    try store.deleteSavedFilter("mine", of: "ann")
    #expect(try store.savedFilters(of: "ann").isEmpty)
    #expect(try store.savedFilters(of: "bob").count == 1)
  }

  @Test("M20: one file of two alerts is one evidence, with the worse verdict") func evidence()
    throws
  {
    try attack("a")
    let files = try world.details(1).evidence.filter { $0.evidence.kind == "File" }
    #expect(files.map(\.alerts) == [["a2", "a3"]])
    #expect(files.map(\.evidence.verdict) == ["malicious"])
  }

  @Test("a tag that an incident does not have, or that is Harrier's, is not taken from it")
  func removedTags() throws {
    try attack("a")
    let reference = [IncidentReference(tenant: "t", number: 1)]
    func remove(_ tag: String) throws -> String? {
      var change = IncidentChange()
      change.removedTags = [tag]
      change.comment = "without \(tag)"
      return try world.store.apply(change, to: reference, by: world.analyst)[0].failure?.description
    }
    #expect(try remove("nothere") == "t/1 has no tag 'nothere'; its tags are: none")
    let incident = try world.details(1).incident
    try world.store.write { writer in
      try writer.addTag("Own", to: incident, isSystem: true)
      try writer.addTag("vip", to: incident, isSystem: false)
    }
    #expect(try remove("nothere") == "t/1 has no tag 'nothere'; its tags are: vip")
    #expect(try remove("Own") == "the tag 'Own' of t/1 is Harrier's own")
    #expect(try world.details(1).comments.isEmpty, "nothing else is changed either")
    #expect(try remove("vip") == nil)
    #expect(try world.details(1).tags == ["Own"])
  }

  @Test("T08: of a change in bulk each item has an outcome, and a foreign one changes nothing")
  func bulk() throws {
    try attack("a")
    var change = IncidentChange()
    change.addedTags = ["bulk"]
    let outcomes = try world.store.apply(
      change,
      to: [
        IncidentReference(tenant: "t", number: 1), IncidentReference(tenant: "u", number: 1),
      ],
      by: world.analyst
    )
    #expect(outcomes.map { $0.failure == nil } == [true, false])
    #expect(outcomes[1].failure?.description.contains("there is no incident 'u/1'") == true)
    #expect(try world.details(1).tags == ["bulk"])
  }
}
