import Columnar
import DetectionRules
import FileAccess
import HarrierTesting
import OperationalStore
import Testing

@testable import Incidents

/// Incidents of Sentinel come in as rows, and changes on either side reach the other.
struct SentinelMirrorTests {
  /// A row of SecurityIncident that was changed in a minute of an hour.
  private func row(
    _ name: String = "5e0f",
    minute: Int,
    title: String = "Phish in payroll",
    status: String = "New",
    severity: String = "Medium",
    alerts: String = "\"s1\",\"s2\"",
    further: String = ""
  ) -> String {
    """
    {"IncidentName":"\(name)","IncidentNumber":77,"Title":"\(title)","Status":"\(status)",\
    "Severity":"\(severity)","AlertIds":[\(alerts)],"ProviderName":"Azure Sentinel",\
    "ProviderIncidentId":"77","CreatedTime":"2026-01-10T00:20:00Z",\
    "FirstActivityTime":"2026-01-10T00:10:00Z","IncidentUrl":"https://portal.example/77",\
    "TimeGenerated":"2026-01-10T02:\(10 + minute):00Z",\
    "LastModifiedTime":"2026-01-10T02:\(10 + minute):00Z"\(further)}
    """
  }

  /// A row of SecurityAlert on a device.
  private func alert(_ id: String, device: String, vendor: String = "") -> String {
    let entities =
      "[{\\\"$id\\\":\\\"2\\\",\\\"HostName\\\":\\\"\(device)\\\","
      + "\\\"DnsDomain\\\":\\\"contoso.com\\\",\\\"Type\\\":\\\"host\\\"},"
      + "{\\\"$id\\\":\\\"3\\\",\\\"Name\\\":\\\"ann\\\",\\\"UPNSuffix\\\":\\\"contoso.com\\\","
      + "\\\"Type\\\":\\\"account\\\"}]"
    return """
      {"TimeGenerated":"2026-01-10T00:15:00Z","StartTime":"2026-01-10T00:10:00Z",\
      "EndTime":"2026-01-10T00:12:00Z","SystemAlertId":"\(id)","VendorOriginalId":"\(vendor)",\
      "DisplayName":"Alert \(id)","AlertSeverity":"High","Tactics":"InitialAccess, Execution",\
      "Status":"New","ProductName":"Azure Sentinel","Entities":"\(entities)"}
      """
  }

  @Test("M28: rows of SecurityIncident and SecurityAlert become incidents with their alerts")
  func take() throws {
    let world = try TableWorld()
    try world.ingest("SecurityAlert", [alert("s1", device: "a"), alert("s2", device: "b")])
    let further = """
      ,"Owner":{"userPrincipalName":"kim@contoso.com"},"Classification":"TruePositive",\
      "ClassificationReason":"SuspiciousActivity","Description":"payroll",\
      "Labels":[{"labelName":"vip","labelType":"User"}],"Comments":[{"message":"seen",\
      "createdTimeUtc":"2026-01-10T01:00:00Z","author":{"name":"Kim"}}]
      """
    try world.ingest("SecurityIncident", [row(minute: 1, status: "Active", further: further)])
    let outcome = try world.take()
    #expect(outcome.new == 2 && outcome.newIncidents == 1 && outcome.refused.isEmpty)
    let incident = try #require(try world.all.first)
    #expect(try world.all.count == 1)
    #expect(incident.name == "Phish in payroll" && incident.nameOrigin == .imported)
    #expect(incident.status == .inProgress && incident.severity == .medium)
    #expect(incident.assignedTo == "kim@contoso.com" && incident.alertCount == 2)
    #expect(incident.classification.description == "truePositive/other")
    let details = try world.details(incident)
    #expect(details.tags == ["vip"] && details.description == "payroll")
    let comments = details.history.filter { $0.action == "comment" }
    #expect(comments.map(\.comment) == ["seen"] && comments.map(\.actor) == ["Kim"])
    #expect(comments.map(\.at.text) == ["2026-01-10T01:00:00.0000000Z"])
    #expect(details.links["s1"]?.map(\.reason) == ["sourceIncident"])
    #expect(details.alerts.allSatisfy { $0.assignedTo == "kim@contoso.com" })
    #expect(details.alerts.map(\.tactics).first == ["InitialAccess", "Execution"])
    let shown = """
      SecurityIncident | project strcat(IncidentName, "|", Title, "|", Status, "|",
        tostring(Owner.userPrincipalName), "|", array_length(AlertIds), "|", IncidentUrl)
      """
    #expect(
      try world.query(shown)
        == ["5e0f|Phish in payroll|Active|kim@contoso.com|2|https://portal.example/77"]
    )
    #expect(try world.query("SecurityAlert | project SystemAlertId").sorted() == ["s1", "s2"])
  }

  @Test("M28: one that is new there and has an owner is shown as new") func newWithOwner() throws {
    let world = try TableWorld()
    let owner = ",\"Owner\":{\"userPrincipalName\":\"kim@contoso.com\"}"
    try world.ingest("SecurityIncident", [row(minute: 1, further: owner)])
    try world.take()
    let incident = try #require(try world.all.first)
    #expect(incident.status == .active && incident.assignedTo == "kim@contoso.com")
    #expect(try world.query("SecurityIncident | project Status") == ["New"])
    try world.ingest("SecurityIncident", [row(minute: 2, status: "Active", further: owner)])
    try world.take()
    #expect(try world.query("SecurityIncident | project Status") == ["Active"])
  }

  @Test("M28: a later row changes what it says otherwise; what was changed here stays")
  func update() throws {
    let world = try TableWorld()
    try world.ingest("SecurityAlert", [alert("s1", device: "a"), alert("s2", device: "b")])
    try world.ingest("SecurityIncident", [row(minute: 1)])
    try world.take()
    let reference = try #require(try world.all.first).reference
    var change = IncidentChange()
    change.severity = .high
    change.assignment = .to("ann")
    _ = try world.incidents.apply(change, to: [reference], by: Actor(principal: "ann"))
    try world.ingest("SecurityIncident", [row(minute: 1), row(minute: 0, status: "Closed")])
    #expect(try world.take().updatedIncidents == 0, "neither is newer")
    let closed = """
      ,"Classification":"FalsePositive","ClassificationReason":"InaccurateData",\
      "ClassificationComment":"a test","ModifiedBy":"kim"
      """
    try world.ingest(
      "SecurityIncident",
      [row(minute: 3, title: "Test mail", status: "Closed", further: closed)]
    )
    #expect(try world.take().updatedIncidents == 1)
    let incident = try #require(try world.all.first)
    #expect(incident.status == .resolved && incident.activeAlertCount == 0)
    #expect(incident.severity == .high && incident.assignedTo == "ann", "not changed there")
    #expect(incident.name == "Test mail" && incident.nameOrigin == .imported)
    #expect(incident.classification.description == "falsePositive/notEnoughDataToValidate")
    let details = try world.details(incident)
    #expect(details.resolvingComment == "a test")
    #expect(details.history.last { $0.action == "status" }?.actor == "kim")
    #expect(try world.query("SecurityIncident | count") == ["1"])
    #expect(try world.query("SecurityIncident | project Status") == ["Closed"])
  }

  @Test("M28: one that was merged is closed when it was, and says into which") func merged() throws
  {
    let world = try AlertWorld()
    try world.take("a1", minute: 1, world.device("d1"))
    try world.take("a2", minute: 2, world.device("d2"))
    let references = try world.incidents.map(\.reference)
    world.clock.advance(nanoseconds: 3_600_000_000_000)
    var change = IncidentChange()
    change.addedTags = ["vip"]
    _ = try world.store.apply(change, to: references, by: world.analyst)
    _ = try world.store.merge(references, comment: "one attack", by: world.analyst)
    let time = DateTime(ticks: world.clock.wallTicks)
    world.clock.advance(nanoseconds: 3_600_000_000_000)
    let found = try world.ask(
      """
      SecurityIncident | where Status == "Closed"
      | mv-apply Label = Labels on (summarize
          Tags = strcat_array(make_list(strcat(Label.labelName, ":", Label.labelType)), ","))
      | project tostring(ClosedTime), tostring(AdditionalData.mergedIncidentNumber), Tags
      """
    )
    let target = try #require(try world.incidents.first).reference.number
    #expect(found == ["\(time.text)|\(target)|Redirected:AutoAssigned,vip:User"])
    #expect(
      try world.ask("SecurityIncident | where Status != 'Closed' | project ClosedTime") == ["null"]
    )
  }

  @Test("M28: nobody sets the tag of merged incidents") func reservedTag() throws {
    let world = try AlertWorld()
    try world.take("a1", minute: 1, world.device("d1"))
    var change = IncidentChange()
    change.addedTags = ["redirected"]
    let references = try world.incidents.map(\.reference)
    let outcomes = try world.store.apply(change, to: references, by: world.analyst)
    #expect(outcomes.map { $0.failure?.description.contains("merging alone") } == [true])
    #expect(try world.details(1).tags.isEmpty)
  }

  @Test("M28: it is taken up and closed when it was there, and the import is no change of it")
  func times() throws {
    let world = try TableWorld()
    try world.ingest("SecurityAlert", [alert("s1", device: "a")])
    let closed = """
      ,"ClosedTime":"2026-01-10T01:00:00Z","FirstModifiedTime":"2026-01-10T00:30:00Z",\
      "ModifiedBy":"kim","Owner":{"userPrincipalName":"kim@contoso.com"}
      """
    let rows = [
      row(minute: 1, status: "Closed", alerts: "\"s1\"", further: closed),
      row("77aa", minute: 1, alerts: ""),
    ]
    try world.ingest("SecurityIncident", rows)
    try world.take()
    let incident = try #require(try world.all.first)
    #expect(incident.resolved?.text == "2026-01-10T01:00:00.0000000Z")
    #expect(incident.acknowledged?.text == "2026-01-10T00:30:00.0000000Z")
    #expect(try world.details(incident).alerts.map(\.resolved) == [incident.resolved])
    let times = """
      SecurityIncident | where IncidentName == '5e0f'
      | project strcat(ClosedTime, " ", FirstModifiedTime, " ", LastModifiedTime)
      """
    #expect(
      try world.query(times) == [
        "2026-01-10T01:00:00.0000000Z 2026-01-10T00:30:00.0000000Z 2026-01-10T02:11:00.0000000Z"
      ]
    )
    // Nothing is known of when the other was taken up, until a change of it comes.
    #expect(try world.all.last?.acknowledged == nil)
    let active = ",\"ModifiedBy\":\"kim\""
    try world.ingest(
      "SecurityIncident",
      [row("77aa", minute: 5, status: "Active", alerts: "", further: active)]
    )
    try world.take()
    #expect(try world.all.last?.acknowledged?.text == "2026-01-10T02:15:00.0000000Z")
    let last = "SecurityIncident | where IncidentName == '77aa' | project LastModifiedTime"
    #expect(try world.query(last) == ["2026-01-10T02:15:00.0000000Z"])
    var change = IncidentChange()
    change.comment = "seen"
    world.clock.advance(nanoseconds: 60_000_000_000)
    let reference = try #require(try world.all.last).reference
    _ = try world.incidents.apply(change, to: [reference], by: Actor(principal: "ann"))
    #expect(try world.query(last) == [world.incidents.now.text], "changed here")
  }

  @Test("M28: our own rows coming back change nothing; a change to them in Sentinel does")
  func own() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1")])
    try world.ingest("AlertEvidence", [world.device("a1", "d1")])
    try world.take()
    let rows = try world.query("SecurityIncident | project tostring(pack_all())")
    try world.ingest("SecurityIncident", rows)
    #expect(try world.take().isEmpty)
    #expect(try world.query("SecurityIncident | project tostring(pack_all())") == rows)
    // Sentinel gives it a name of its own and keeps where it came from.
    let changed = """
      {"IncidentName":"9c1b","ProviderName":"Harrier","ProviderIncidentId":"1","Title":"x",\
      "Status":"Active","Severity":"High","AlertIds":["a1"],\
      "Owner":{"userPrincipalName":"kim@contoso.com"},"LastModifiedTime":"2027-01-10T00:00:00Z"}
      """
    try world.ingest("SecurityIncident", [changed])
    #expect(try world.take().updatedIncidents == 1)
    let incident = try #require(try world.all.first)
    #expect(try world.all.count == 1)
    #expect(incident.assignedTo == "kim@contoso.com" && incident.status == .inProgress)
    #expect(incident.name == "Title of a1 on one endpoint", "an automatic name stays automatic")
    #expect(try world.query("SecurityIncident | project IncidentName") == ["t/1"])
    try world.ingest("SecurityIncident", [changed])
    #expect(try world.take().updatedIncidents == 0)
  }

  @Test("M28: alerts that come after their incident join it, and move to it from another")
  func late() throws {
    let world = try TableWorld()
    try world.ingest("SecurityIncident", [row(minute: 1, alerts: "\"s1\",\"s2\",\"s3\"")])
    try world.take()
    let empty = try #require(try world.all.first)
    #expect(empty.alertCount == 0 && empty.status == .active, "its alerts are not here")
    #expect(try world.query("SecurityIncident | project array_length(AlertIds)") == ["3"])
    try world.ingest("SecurityAlert", [alert("s1", device: "a"), alert("s9", device: "z")])
    try world.take()
    #expect(try world.all.map(\.alertCount).reduce(0, +) == 2)
    #expect(try world.details(world.all[0]).alerts.contains { $0.id == "s1" })
    // An incident that says later that it has an alert gets it.
    let second = row("77aa", minute: 2, title: "Other", alerts: "\"s9\"")
    try world.ingest("SecurityIncident", [second])
    try world.take()
    let other = try #require(try world.all.first { $0.name == "Other" })
    #expect(try world.details(other).alerts.map(\.id) == ["s9"])
    #expect(other.alertCount == 1)
    #expect(try world.all.filter(\.status.isOpen).allSatisfy { $0.nameOrigin == .imported })
  }

  @Test("M28: an alert that Sentinel and Defender both tell of is one") func vendor() throws {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("da77")])
    try world.ingest("AlertEvidence", [world.device("da77", "d1")])
    try world.take()
    try world.ingest("SecurityAlert", [alert("s1", device: "d1", vendor: "da77")])
    try world.ingest("SecurityIncident", [row(minute: 1, alerts: "\"s1\"")])
    #expect(try world.take().new == 0)
    #expect(try world.query("AlertInfo | project AlertId") == ["da77"])
    let incident = try #require(try world.all.first { $0.nameOrigin == .imported })
    #expect(try world.details(incident).alerts.map(\.id) == ["da77"])
    #expect(try world.query("SecurityIncident | where Status != 'Closed' | count") == ["1"])
  }

  @Test("G06: an imported incident keeps its name when alerts join it and incidents merge")
  func name() throws {
    let world = try TableWorld()
    try world.ingest("SecurityAlert", [alert("s1", device: "a")])
    try world.ingest("SecurityIncident", [row(minute: 1, alerts: "\"s1\"")])
    try world.take()
    let alerts = AlertWorld(in: world.folder, world.incidents)
    let ann = alerts.account(("userPrincipalName", "ann@contoso.com"))
    let device = alerts.device("dev9")
    try alerts.take("x1", minute: 2, severity: "high", ann, device)
    try alerts.take("x2", minute: 3, severity: "high", ann, device)
    try alerts.take("x3", minute: 4, severity: "high", device, ann)
    let joined = try #require(try world.all.first { $0.nameOrigin == .imported })
    #expect(joined.alertCount > 1 && joined.name == "Phish in payroll")
    try alerts.take("y1", day: 20, minute: 1, alerts.device("far"))
    let other = try #require(try world.all.last)
    #expect(other.reference != joined.reference)
    let kept = try world.incidents.merge(
      [other.reference, joined.reference],
      comment: "",
      by: alerts.analyst
    )
    #expect(kept == joined.reference, "the imported one is the one that stays")
    #expect(try world.all.first { $0.reference == kept }?.name == "Phish in payroll")
    var change = IncidentChange()
    change.name = "By hand"
    _ = try world.incidents.apply(change, to: [kept], by: alerts.analyst)
    let renamed = try #require(try world.all.first { $0.reference == kept })
    #expect(renamed.name == "By hand" && renamed.nameOrigin == .manual)
  }
}
