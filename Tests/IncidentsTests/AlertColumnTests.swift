import Alerts
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

  @Test("N15: a device has its name in full, whichever of its names an alert knows")
  func deviceNames() throws {
    let host = "\"hostName\":\"sh-1\""
    try take([
      ("deviceEvidence", "\"mdeDeviceId\":\"d1\",\"deviceDnsName\":\"sh-1.c.com\",\(host)"),
      ("deviceEvidence", "\"mdeDeviceId\":\"d2\",\"dnsDomain\":\"c.com\",\(host)"),
      ("deviceEvidence", "\"mdeDeviceId\":\"d3\",\(host)"),
    ])
    let found = try world.ask(
      "AlertEvidence | where EntityType == 'Machine' | order by DeviceId | project DeviceName"
    )
    #expect(found == ["sh-1", "sh-1.c.com", "sh-1.c.com"])
  }

  @Test("N16: a user has the object id of Entra, and a UPN out of its parts")
  func accounts() throws {
    let parts = evidence(
      .account,
      [("AadUserId", "e1"), ("Name", "sue"), ("ObjectGuid", "local"), ("UPNSuffix", "c.com")]
    )
    let cells = EvidenceColumns.cells(of: .account, parts)
    #expect(cells["AccountObjectId"] == .string(ByteString("e1")))
    #expect(cells["AccountUpn"] == .string(ByteString("sue@c.com")))
    try take([
      (
        "userEvidence",
        "\"userAccount\":{\"userPrincipalName\":\"amy@c.com\",\"azureAdUserId\":\"e2\","
          + "\"activeDirectoryObjectGuid\":\"g2\",\"domainName\":\"c\"}"
      )
    ])
    let found = try world.ask(
      """
      AlertEvidence | where AccountObjectId == 'e2'
      | project AccountName, AccountDomain, AccountUpn
      """
    )
    #expect(found == ["amy|c|amy@c.com"])
  }

  @Test("N02: the name of a domain, not of its server, and keys with their hive are in columns")
  func otherNames() throws {
    let known: [(EntityKind, [(String, String)], String, String)] = [
      (
        .dns,
        [
          ("DnsServerIp", "10.0.0.1"), ("DomainName", "evil.example"),
          ("HostIpAddress", "10.0.0.2"),
        ], "RemoteUrl", "evil.example"
      ),
      (.registryKey, [("Hive", "HKEY_USERS"), ("Key", "Run")], "RegistryKey", "HKEY_USERS\\Run"),
      (.account, [("FullName", "C\\abe")], "AccountDomain", "C"),
      (.account, [("FullName", "C\\abe")], "AccountName", "abe"),
      (
        .mailbox, [("MailboxPrimaryAddress", "a@c.com"), ("Upn", "b@c.com")], "AccountUpn",
        "b@c.com"
      ),
    ]
    for (kind, identifiers, column, value) in known {
      let cells = EvidenceColumns.cells(of: kind, evidence(kind, identifiers))
      #expect(cells[column] == .string(ByteString(value)), "\(column) of \(kind)")
    }
  }

  @Test("N19: all that tells an entity is in AdditionalFields, also of kinds without columns")
  func additionalFields() throws {
    try take([
      ("malwareEvidence", #""verdict":"malicious","name":"Emotet","category":"trojan""#),
      ("blobEvidence", #""name":"b1","url":"https://x.example/b1""#),
      (
        "analyzedMessageEvidence",
        #""networkMessageId":"m1","senderIp":"203.0.113.9","p1Sender":{"emailAddress":"e@x.com"}"#
      ),
    ])
    let found = try world.ask(
      """
      AlertEvidence | extend Entity = parse_json(AdditionalFields)
      | extend Line = strcat_delim(" ", AdditionalFields.Name, Entity.Verdict, Entity.url,
          AdditionalFields.P1Sender, AdditionalFields["SenderIP"])
      | project trim(" ", replace_regex(Line, " +", " "))
      """
    )
    let expected = [
      "Emotet malicious", "unknown https://x.example/b1", "unknown e@x.com 203.0.113.9",
    ]
    #expect(found.sorted() == expected.sorted())
  }

  @Test("N23: sources and techniques are in the words of AlertInfo, those of incidents in Graph's")
  func words() throws {
    try take(
      [("deviceEvidence", #""mdeDeviceId":"d1""#)],
      #""detectionSource":"microsoftDefenderForEndpoint","mitreTechniques":["T1059.001","T9"],"#
    )
    let found = try world.ask("AlertInfo | project DetectionSource, AttackTechniques")
    #expect(found == [#"EDR|["PowerShell (T1059.001)","T9"]"#])
    let alert = try #require(try world.store.alert("a1", of: "t")).alert
    #expect(alert.detectionSource == "microsoftDefenderForEndpoint")
    #expect(alert.techniques == ["T1059.001", "T9"])
    for source in DetectionSource.allCases {
      for word in [source.rawValue, source.title.uppercased()] {
        #expect(DetectionSource(reading: word) == source, "\(word)")
      }
    }
  }

  @Test("N23: a source of rows of AlertInfo is that of Graph's alerts") func ingestedSource() throws
  {
    let world = try TableWorld()
    try world.ingest("AlertInfo", [world.info("a1")])
    try world.ingest("AlertEvidence", [world.device("a1", "d1")])
    try world.take()
    #expect(try world.query("AlertInfo | project DetectionSource") == ["EDR"])
    let alert = try #require(try world.incidents.alert("a1", of: "t")).alert
    #expect(alert.detectionSource == "microsoftDefenderForEndpoint")
    for text in ["detection=EDR", "detection=microsoftDefenderForEndpoint"] {
      let filter = try IncidentFilter(reading: text)
      #expect(try world.incidents.incidents(of: ["t"], filter: filter).total == 1, "\(text)")
    }
  }

  @Test("M28: SecurityAlert has the entities of our own alerts as Sentinel writes them")
  func entities() throws {
    let hash = String(repeating: "a", count: 40)
    try take([
      ("deviceEvidence", #""mdeDeviceId":"d1","deviceDnsName":"sh-1.c.com""#),
      (
        "processEvidence",
        #""processId":7,"processCommandLine":"x \"1\"","userAccount":{"userPrincipalName":"#
          + #""amy@c.com"},"imageFile":{"fileName":"x.exe","sha1":"\#(hash)"}"#
      ),
      ("malwareEvidence", #""name":"Emotet","category":"trojan""#),
      ("blobEvidence", #""name":"b1","Type":"no type of ours""#),
    ])
    let found = try world.ask(
      """
      SecurityAlert | mv-expand Entity = parse_json(Entities)
      | extend Line = strcat_delim(" ", Entity.Type, Entity.HostName, Entity.DnsDomain,
          Entity.MdatpDeviceId, Entity.ImageFile.Name, Entity.Name, Entity.name, Entity.UPNSuffix)
      | project CompromisedEntity, trim(" ", replace_regex(Line, " +", " "))
      """
    )
    let expected = [
      "host sh-1 c.com d1", "process x.exe", "account amy c.com", "malware Emotet",
      "blobEvidence b1",
    ]
    #expect(found == expected.map { "sh-1.c.com|" + $0 })
    let evidence = try world.details(1).evidence.map(\.evidence)
    let node = try TextDocument(
      Array(SentinelEntityText.list(evidence).utf8),
      format: .json
    )
    .root
    let read = SentinelEntities(node).evidence
    #expect(read.map(\.kind) == evidence.map(\.kind))
    for (item, again) in zip(evidence, read) {
      let missing = item.identifiers.filter { again[$0.name] != $0.value && $0.name != "Type" }
      #expect(missing.isEmpty, "\(item.kind)")
    }
  }

  @Test("G18: entries of one instant have an order in IncidentHistory") func sequence() throws {
    try world.take("a1", minute: 1, world.device("d1"))
    var change = IncidentChange()
    change.status = .inProgress
    change.comment = "mine"
    _ = try world.store.apply(change, to: try world.incidents.map(\.reference), by: world.analyst)
    let found = try world.ask(
      """
      IncidentHistory | order by Sequence asc
      | project Sequence, strcat(ActionType, "-", NewValue)
      """
    )
    let history = try world.details(1).history
    #expect(history.count > 2)
    #expect(found == history.enumerated().map { "\($0 + 1)|\($1.action)-\($1.new)" })
  }

  private func evidence(_ kind: EntityKind, _ identifiers: [(String, String)]) -> Evidence {
    Evidence(
      kind: kind.rawValue,
      identifiers: identifiers.map { Entity.Identifier(name: $0, value: $1) },
      isImpacted: true,
      isStrong: true,
      role: "",
      verdict: "unknown",
      remediation: "none"
    )
  }
}
