import Columnar
import Execution
import Fleet
import HarrierTesting
import Hunting
import SourceText
import Tenancy
import Testing

/// Views of one device, user or mailbox: what they show is what queries over the tables say.
@Suite("One device, user or mailbox") struct EntityViewTests {
  private let store: FleetStoreFixture

  init() throws {
    store = try FleetStoreFixture()
    for tenant in ["a", "b"] { try fill(tenant) }
  }

  /// A row as JSON.
  private func row(_ time: String, _ cells: [String: String]) -> String {
    let members = cells.sorted { $0.key < $1.key }.map { "\"\($0)\":\"\($1)\"" }
    return "{\"Timestamp\":\(time),\(members.joined(separator: ","))}"
  }

  private func fill(_ tenant: String) throws {
    let day = store.ago(days: 1)
    let week = store.ago(days: 7)
    let one = ["DeviceId": "d1", "DeviceName": "pc1.c.com"]
    let old = ["DeviceId": "old", "DeviceName": "pc1.c.com"]
    let two = ["DeviceId": "d2", "DeviceName": "pc10.c.com"]
    func with(_ cells: [String: String], _ more: [String: String]) -> [String: String] {
      cells.merging(more) { $1 }
    }
    try store.ingest(
      [
        row(day, with(one, ["ExposureLevel": "High", "PublicIP": "192.0.2.1"])),
        row(week, with(old, ["MergedToDeviceId": "d1"])), row(day, two),
      ],
      "DeviceInfo",
      tenant
    )
    try store.ingest(
      [
        row(day, with(one, ["ProcessCommandLine": "whoami", "AccountUpn": "ann@c.com"])),
        row(week, with(old, ["FileName": "x.exe", "AccountSid": "S-1"])),
        row(day, with(two, ["ProcessCommandLine": "other"])),
      ],
      "DeviceProcessEvents",
      tenant
    )
    let ann = [
      "AccountUpn": "ann@c.com", "AccountObjectId": "o1", "OnPremSid": "S-1",
      "EmailAddress": "ann@c.com", "Department": "Sales",
    ]
    try store.ingest([row(day, ann)], "IdentityInfo", tenant)
    let received = [
      "NetworkMessageId": "m1", "SenderFromAddress": "eve@e.com",
      "RecipientEmailAddress": "ann@c.com", "Subject": "Hi", "ThreatTypes": "Phish",
    ]
    let sent = [
      "NetworkMessageId": "m2", "SenderFromAddress": "ann@c.com",
      "RecipientEmailAddress": "bob@c.com", "Subject": "Re",
    ]
    try store.ingest([row(day, received), row(week, sent)], "EmailEvents", tenant)
    try fillAlerts(tenant)
  }

  private func fillAlerts(_ tenant: String) throws {
    let day = store.ago(days: 1)
    let alerts = [("x1", "High"), ("x2", "Low"), ("x3", "Medium")]
    try store.ingest(
      alerts.map { row(day, ["AlertId": $0, "Title": "T of \($0)", "Severity": $1]) },
      "AlertInfo",
      tenant
    )
    let evidence = [
      ["AlertId": "x1", "EntityType": "Machine", "DeviceId": "old"],
      ["AlertId": "x1", "EntityType": "User", "AccountSid": "s-1"],
      [
        "AlertId": "x2", "EntityType": "MailMessage", "AccountUpn": "ann@c.com",
        "NetworkMessageId": "m1",
      ],
      ["AlertId": "x3", "EntityType": "Machine", "DeviceId": "d9", "DeviceName": "lost.c.com"],
    ]
    try store.ingest(evidence.map { row(day, $0) }, "AlertEvidence", tenant)
    let incident = """
      {"TimeGenerated":\(day),"Timestamp":\(day),"IncidentName":"\(tenant)/1","Title":"I",\
      "Severity":"High","Status":"New","AlertIds":["x1","x2"],"Owner":{"assignedTo":"ann"},\
      "CreatedTime":\(day),"LastModifiedTime":\(day)}
      """
    try store.ingest([incident], "SecurityIncident", tenant)
  }

  private func answer(
    _ queries: EntityQueries,
    _ entity: String,
    scope: TenantScope? = nil,
    days: Int64 = 30,
    rows: Int64 = 100
  ) throws -> [EntityQueries.Part: [[String: String]]] {
    let parts = EntityQueries.Part.allCases
    let start = DateTime(ticks: store.now.ticks - days * TimeSpan.ticksPerDay)
    let results = try store.answer(
      queries.queries(of: parts),
      scalars: [
        "Entity": .string(ByteString(entity)), "Rows": .long(rows), "Start": .datetime(start),
        "End": .datetime(store.now),
      ],
      scope: scope
    ).results
    return Dictionary(
      uniqueKeysWithValues: try zip(parts, results).map { ($0, try FleetStoreFixture.cells($1)) }
    )
  }

  private func oneTenant() throws -> TenantScope {
    let scope = try store.scope()
    return scope.narrowed(to: try #require(scope.tenants.first { $0.name == "a" }))
  }

  @Test("a device, with what was merged into it, by id or name", arguments: ["pc1", "D1"])
  func device(_ name: String) throws {
    let view = try answer(DeviceQueries.entity, name, scope: try oneTenant())
    let facts = try #require(view[.facts])
    #expect(facts.map { $0["DeviceId"] } == ["d1"])
    #expect(facts[0]["RiskLevel"] == "High" && facts[0]["ExposureLevel"] == "High")
    #expect(facts[0]["PublicIP"] == "192.0.2.1" && facts[0]["KnownFrom"] == "DeviceInfo")
    #expect(view[.alerts]?.map { $0["AlertId"] } == ["x1"])
    #expect(view[.incidents]?.map { $0["Incident"] } == ["a/1"])
    #expect(view[.incidents]?.map { $0["AssignedTo"] } == ["ann"])
    let hunted = try store.hunt(
      "DeviceProcessEvents | where DeviceId in ('d1', 'old') | count",
      in: "a"
    )
    let events = view[.timeline]?.filter { $0["Source"] == "DeviceProcessEvents" }
    #expect(events?.count == hunted.first?["Count"].flatMap(Int.init) && events?.count == 2)
    #expect(view[.timeline]?.count { $0["Source"] == "AlertInfo" } == 1)
    #expect(view[.timeline]?.last?["What"] == "x.exe")
  }

  @Test("the timeline is held to its time and to so many rows, the last ones") func bounds()
    throws
  {
    let scope = try oneTenant()
    let near = try answer(DeviceQueries.entity, "d1", scope: scope, days: 2)
    #expect(near[.timeline]?.map { $0["Source"] } == ["AlertInfo", "DeviceProcessEvents"])
    let few = try answer(DeviceQueries.entity, "d1", scope: scope, rows: 1)
    #expect(few[.timeline]?.count == 1)
    // Facts and alerts are those of all times.
    let none = try answer(DeviceQueries.entity, "d1", scope: scope, days: 0)
    #expect(none[.timeline]?.isEmpty == true && none[.alerts]?.count == 1)
  }

  @Test("a device that only evidence tells of") func told() throws {
    let view = try answer(DeviceQueries.entity, "lost", scope: try oneTenant())
    #expect(view[.facts]?.map { $0["KnownFrom"] } == ["AlertEvidence"])
    #expect(view[.alerts]?.map { $0["AlertId"] } == ["x3"])
  }

  @Test("a user by each name", arguments: ["ann@C.com", "Ann", "o1", "S-1"])
  func user(_ name: String) throws {
    let view = try answer(UserQueries.entity, name, scope: try oneTenant())
    #expect(view[.facts]?.map { $0["Department"] } == ["Sales"])
    // A mail to somebody is no alert about who it is.
    #expect(view[.alerts]?.map { $0["AlertId"] } == ["x1"])
    #expect(view[.incidents]?.count == 1)
    #expect(view[.timeline]?.count { $0["Source"] == "DeviceProcessEvents" } == 2)
  }

  @Test("a mailbox counts its mails") func mailbox() throws {
    let view = try answer(MailboxQueries.entity, "Ann@c.com", scope: try oneTenant())
    let facts = try #require(view[.facts]?.first)
    #expect(facts["Received"] == "1" && facts["Sent"] == "1" && facts["ReceivedThreats"] == "1")
    #expect(facts["AccountUpn"] == "ann@c.com" && facts["Alerts"] == "1")
    #expect(view[.alerts]?.map { $0["AlertId"] } == ["x2"])
    let mails = view[.timeline]?.filter { $0["Source"] == "EmailEvents" }
    #expect(mails?.map { $0["ActionType"] } == ["Received", "Sent"])
    #expect(mails?.first?["What"] == "Hi [Phish] (m1)")
    #expect(try answer(MailboxQueries.entity, "nobody@c.com").values.allSatisfy(\.isEmpty))
  }

  @Test("each visible tenant has rows of its own, and no other has any") func tenants() throws {
    let all = try answer(DeviceQueries.entity, "d1")
    #expect(all[.facts]?.map { $0["Tenant"] } == ["a", "b"])
    #expect(all[.incidents].map { Set($0.map { $0["Incident"] }) } == ["a/1", "b/1"])
    let own = try answer(DeviceQueries.entity, "d1", scope: try oneTenant())
    for rows in own.values { #expect(rows.allSatisfy { $0["Tenant"] == "a" }) }
  }

  @Test(
    "what nobody knows, and names that are queries, find nothing",
    arguments: [
      "zz", "' or 1 == 1 //", "\") | take 1 //", "*", "%",
    ]
  )
  func unknown(_ name: String) throws {
    for queries in [DeviceQueries.entity, UserQueries.entity, MailboxQueries.entity] {
      #expect(try answer(queries, name).values.allSatisfy(\.isEmpty), "\(name)")
    }
  }

  @Test("devices of an incident have risk and exposure by id, merged id or name") func named()
    throws
  {
    let rows = try store.rows(
      DeviceQueries.namedOfAll,
      ["Ids": #"["OLD"]"#, "Names": #"["PC10.c.com"]"#],
      scope: try oneTenant()
    )
    #expect(rows.map { $0["AskedId"] } == ["old", "d2"])
    #expect(rows.map { $0["RiskLevel"] } == ["High", "None"])
    #expect(rows.map { $0["ExposureLevel"] } == ["High", "None"])
  }

  @Test("mails by their ids") func mails() throws {
    let rows = try store.rows(
      MailboxQueries.mailsOfAll,
      ["Mails": #"["m1","none"]"#],
      scope: try oneTenant()
    )
    #expect(rows.map { $0["SenderFromAddress"] } == ["eve@e.com"])
    #expect(rows.map { $0["RecipientEmailAddress"] } == ["ann@c.com"])
  }

  @Test("each shipped query binds by itself over the product's tables") func binds() {
    let all = UserQueries.entity.all + MailboxQueries.all
    for query in all {
      guard case .tenant = query.place else { continue }
      let checked = HuntingEngine().check(SourceText(query.text))
      #expect(checked.diagnostics.isEmpty, "\(query.name): \(checked.diagnostics)")
    }
    #expect(Set(all.map(\.name)).count == all.count)
  }
}
